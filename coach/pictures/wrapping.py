"""A title in lines, as large as its room allows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.pictures.lettering import ELLIPSIS

Width = Callable[[str, float], float]
Fit = tuple[float, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrapped:
    """Lines of words and the size of font they are set in."""

    lines: tuple[str, ...]
    size: float


def wrapped(text: str, *, width: float, fits: Sequence[Fit], width_of: Width) -> Wrapped:
    """The text in the first size that holds it in its number of lines without breaking a word.

    Args:
        text: one or more words; clean.
        width: how wide a line may be, in pixels.
        fits: sizes of font and how many lines each may have, largest size first; in the last one words are broken
            and the text is cut if need be.
        width_of: how wide a line is in a size of font.
    """
    words = text.split()
    for size, most_lines in fits:
        lines = tuple(_lines(words, size, width, width_of))
        if len(lines) <= most_lines and all(width_of(line, size) <= width for line in lines):
            return Wrapped(lines=lines, size=size)
    return _cut_to_fit(words, width, fits[-1], width_of)


def _cut_to_fit(words: Sequence[str], width: float, fit: Fit, width_of: Width) -> Wrapped:
    size, most_lines = fit
    pieces = [piece for word in words for piece in _pieces(word, size, width, width_of)]
    lines = tuple(_lines(pieces, size, width, width_of))
    if len(lines) > most_lines:
        lines = (*lines[: most_lines - 1], _cut(lines[most_lines - 1], size, width, width_of))
    return Wrapped(lines=lines, size=size)


def _lines(words: Sequence[str], size: float, width: float, width_of: Width) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _pieces(word: str, size: float, width: float, width_of: Width) -> Iterator[str]:
    """A word in pieces that each fit a line."""
    piece = ""
    for letter in word:
        if piece and width_of(piece + letter, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _cut(line: str, size: float, width: float, width_of: Width) -> str:
    while line and width_of(line + ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
