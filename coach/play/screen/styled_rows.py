"""Rows of a screen: stretches of characters, each in one ink, that together fill the row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.text.cell_width import cell_width, cut_to_width, fit_to_width


@dataclass(frozen=True, kw_only=True, slots=True)
class TextStyle:
    """What characters are drawn with: a colour by its name in the palette's ``INKS``, and whether they stand out.

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


def row(text: str, width: int, ink: TextStyle = PLAIN) -> ScreenRow:
    """A clean text in a row of its own."""
    return (StyledSpan(text=fit_to_width(text, width), ink=ink),)


def blank(width: int) -> ScreenRow:
    """An empty row."""
    return row("", width)


def two_ends(left: StyledSpan, right: StyledSpan, width: int) -> ScreenRow:
    """One text at the left and one at the right; where there is no room for both, the left one."""
    room = width - cell_width(right.text) - 1
    if cell_width(left.text) > room:
        return row(left.text, width, left.ink)
    return StyledSpan(text=fit_to_width(left.text, room + 1), ink=left.ink), StyledSpan(text=right.text, ink=right.ink)


def indented(rows: Iterable[ScreenRow], margin: int) -> ScreenRows:
    """Rows with so many blanks at both ends."""
    side = StyledSpan(text=" " * margin)
    return tuple((side, *spans, side) for spans in rows)


def filled(rows: Sequence[ScreenRow], width: int, height: int) -> ScreenRows:
    """Exactly so many rows: cut at the foot, or followed by empty ones."""
    return (*rows[:height], *(blank(width) for _ in range(height - len(rows))))


def beside(left: Sequence[ScreenRow], right: Sequence[ScreenRow]) -> ScreenRows:
    """Equally many rows next to each other."""
    return tuple((*one, *other) for one, other in zip(left, right, strict=True))


def coloured(cells: Sequence[tuple[str, TextStyle]]) -> ScreenRow:
    """Cells of one character each, with neighbours of the very same ink joined."""
    spans: list[StyledSpan] = []
    start = 0
    for index in range(1, len(cells) + 1):
        if index == len(cells) or cells[index][1] is not cells[start][1]:
            spans.append(
                StyledSpan(text="".join(character for character, _ in cells[start:index]), ink=cells[start][1])
            )
            start = index
    return tuple(spans)


def text_of(spans: ScreenRow) -> str:
    """A row's characters."""
    return "".join(span.text for span in spans)


def shortened(text: str, width: int, ink: TextStyle = PLAIN) -> StyledSpan:
    """A clean text that is at most so wide."""
    return StyledSpan(text=cut_to_width(text, width), ink=ink)
