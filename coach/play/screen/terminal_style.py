"""Terminal style: rows of styled text, and how their colours look on this terminal (NO_COLOR, TERM, encoding)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.style import Style

from coach.charts.palette import INKS
from coach.text.cell_width import cut_to_width, fit_to_width, measure_width
from coach.text.sanitize import strip_accent


@dataclass(frozen=True, kw_only=True, slots=True)
class TextStyle:
    """The style of characters: a colour by its name in the palette's ``INKS``, and whether it is bold or reversed.

    The ink of a kind of block is subdued unless it is bold.
    """

    name: str = "ink"
    bold: bool = False
    reverse: bool = False


PLAIN = TextStyle()
BOLD = TextStyle(bold=True)
MUTED = TextStyle(name="muted")
HAIR = TextStyle(name="hair")
NOTICE = TextStyle(name="bell", bold=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class StyledSpan:
    """Clean characters in one ink."""

    text: str
    ink: TextStyle = PLAIN


ScreenRow = tuple[StyledSpan, ...]

ScreenRows = tuple[ScreenRow, ...]


def make_row(text: str, width: int, ink: TextStyle = PLAIN) -> ScreenRow:
    """Make a row with one cleaned text."""
    return (StyledSpan(text=fit_to_width(text, width), ink=ink),)


def make_blank_row(width: int) -> ScreenRow:
    """Make an empty row."""
    return make_row("", width)


def justify(left: StyledSpan, right: StyledSpan, width: int) -> ScreenRow:
    """Put one text at the left and one at the right; only the left one where there is no room for both."""
    room = width - measure_width(right.text) - 1
    if measure_width(left.text) > room:
        return make_row(left.text, width, left.ink)
    return StyledSpan(text=fit_to_width(left.text, room + 1), ink=left.ink), StyledSpan(text=right.text, ink=right.ink)


def indent(rows: Iterable[ScreenRow], margin: int) -> ScreenRows:
    """Give rows a margin of spaces at both ends."""
    side = StyledSpan(text=" " * margin)
    return tuple((side, *spans, side) for spans in rows)


def fill_rows(rows: Sequence[ScreenRow], width: int, height: int) -> ScreenRows:
    """Make exactly ``height`` rows: cut at the bottom, or followed by empty ones."""
    return (*rows[:height], *(make_blank_row(width) for _ in range(height - len(rows))))


def join_columns(left: Sequence[ScreenRow], right: Sequence[ScreenRow]) -> ScreenRows:
    """Put two columns with equally many rows next to each other."""
    return tuple((*one, *other) for one, other in zip(left, right, strict=True))


def join_cells(cells: Sequence[tuple[str, TextStyle]]) -> ScreenRow:
    """Join neighbouring cells of the same ink; each cell is one character."""
    spans: list[StyledSpan] = []
    start = 0
    for index in range(1, len(cells) + 1):
        if index == len(cells) or cells[index][1] is not cells[start][1]:
            spans.append(
                StyledSpan(text="".join(character for character, _ in cells[start:index]), ink=cells[start][1])
            )
            start = index
    return tuple(spans)


def join_row_text(spans: ScreenRow) -> str:
    """Join the text of a row."""
    return "".join(span.text for span in spans)


def shorten_span(text: str, width: int, ink: TextStyle = PLAIN) -> StyledSpan:
    """Clean a text and cut it to at most that width."""
    return StyledSpan(text=cut_to_width(text, width), ink=ink)


INKS_OF_KINDS = {name for name in INKS if name.startswith("kind-")}
COLOURLESS_TERMINALS = ("dumb", "vt")
COLOURLESS_ENDINGS = ("-mono", "-m")

ASCII = str.maketrans({
    **dict.fromkeys("█", "#"), **dict.fromkeys("▀", '"'), **dict.fromkeys("▄", "m"),
    **dict.fromkeys("▁▂", "."), **dict.fromkeys("▃▅", ":"), **dict.fromkeys("▆▇", "|"),
    "·": ".", "─": "-", "▲": "^", "»": ">", "…": "~", "←": "<", "→": ">", "↑": "^", "↓": "v",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class TerminalStyle:
    """Whether there are colours, and whether only ASCII can be shown."""

    colour: bool = True
    ascii_only: bool = False

    def find_style(self, ink: TextStyle) -> Style:
        """Convert a text style to one that this terminal shows, in the colours of dark mode."""
        if not self.colour:
            return Style(bold=ink.bold, reverse=ink.reverse)
        front, paper = INKS[ink.name].night, INKS["paper"].night
        if ink.bold and ink.name in INKS_OF_KINDS:
            front = INKS[ink.name].day
        front, paper = (paper, front) if ink.reverse else (front, paper)
        return Style(color=front, bgcolor=paper, bold=ink.bold)

    def render_text(self, text: str) -> str:
        """Convert a text to characters that this terminal can show, at the same width."""
        return "".join(map(_to_ascii, text)) if self.ascii_only else text


def detect_style(environment: Mapping[str, str], encoding: str) -> TerminalStyle:
    """Detect the style of a terminal by its environment (NO_COLOR, TERM) and encoding."""
    terminal = environment.get("TERM", "")
    colourless = terminal.startswith(COLOURLESS_TERMINALS) or terminal.endswith(COLOURLESS_ENDINGS)
    return TerminalStyle(
        colour=not (environment.get("NO_COLOR") or colourless),
        ascii_only=encoding.lower().replace("-", "") not in {"utf8", "utf8sig", "utf16", "utf16le"},
    )


def _to_ascii(character: str) -> str:
    drawn = character.translate(ASCII)
    if drawn.isascii():
        return drawn
    return _to_plain_letter(character) or "?" * measure_width(character)


def _to_plain_letter(character: str) -> str:
    base = strip_accent(character)
    return base if base.isascii() and measure_width(character) == 1 else ""
