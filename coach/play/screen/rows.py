"""Rows of a screen: stretches of characters, each in one ink, that together fill the row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.play.screen.cells import cut, fitted, width_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """What characters are drawn with: a colour by its name in the palette's ``INKS``, and whether they stand out.

    The ink of a kind of block is subdued unless it is bold.
    """

    name: str = "ink"
    bold: bool = False
    reverse: bool = False


PLAIN = Ink()
BOLD = Ink(bold=True)
MUTED = Ink(name="muted")
HAIR = Ink(name="hair")
NOTICE = Ink(name="bell", bold=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Clean characters in one ink."""

    text: str
    ink: Ink = PLAIN


Row = tuple[Span, ...]
Rows = tuple[Row, ...]


def row(text: str, width: int, ink: Ink = PLAIN) -> Row:
    """A clean text in a row of its own."""
    return (Span(text=fitted(text, width), ink=ink),)


def blank(width: int) -> Row:
    """An empty row."""
    return row("", width)


def two_ends(left: Span, right: Span, width: int) -> Row:
    """One text at the left and one at the right; where there is no room for both, the left one."""
    room = width - width_of(right.text) - 1
    if width_of(left.text) > room:
        return row(left.text, width, left.ink)
    return Span(text=fitted(left.text, room + 1), ink=left.ink), Span(text=right.text, ink=right.ink)


def indented(rows: Iterable[Row], margin: int) -> Rows:
    """Rows with so many blanks at both ends."""
    side = Span(text=" " * margin)
    return tuple((side, *spans, side) for spans in rows)


def filled(rows: Sequence[Row], width: int, height: int) -> Rows:
    """Exactly so many rows: cut at the foot, or followed by empty ones."""
    return (*rows[:height], *(blank(width) for _ in range(height - len(rows))))


def beside(left: Sequence[Row], right: Sequence[Row]) -> Rows:
    """Equally many rows next to each other."""
    return tuple((*one, *other) for one, other in zip(left, right, strict=True))


def coloured(cells: Sequence[tuple[str, Ink]]) -> Row:
    """Cells of one character each, with neighbours of the very same ink joined."""
    spans: list[Span] = []
    start = 0
    for index in range(1, len(cells) + 1):
        if index == len(cells) or cells[index][1] is not cells[start][1]:
            spans.append(Span(text="".join(character for character, _ in cells[start:index]), ink=cells[start][1]))
            start = index
    return tuple(spans)


def text_of(spans: Row) -> str:
    """A row's characters."""
    return "".join(span.text for span in spans)


def shortened(text: str, width: int, ink: Ink = PLAIN) -> Span:
    """A clean text that is at most so wide."""
    return Span(text=cut(text, width), ink=ink)
