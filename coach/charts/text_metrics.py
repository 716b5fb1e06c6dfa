"""Text metrics for pictures: the estimated width of a line in pixels, shortening, and wrapping of titles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coach.text.cell_width import measure_character_width

ELLIPSIS = "…"
BOLD_WIDENS = 1.07

# Shares of the font's size, on the wide side of the sans-serif fonts a browser may pick.
NARROW, SLIM, USUAL, CAPITAL, WIDE, FULL = 0.32, 0.42, 0.6, 0.72, 0.96, 1.3
CLASSES = {"ijl.,:;'|!I\u2018\u2019": NARROW, 'ftr()[]-/ "“”': SLIM, "mwMW@%—…": WIDE}
WIDTHS = {letter: share for letters, share in CLASSES.items() for letter in letters}


def estimate_text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of a line of text in pixels; slightly too wide, as each browser has its own font."""
    return sum(map(_estimate_letter_width, text)) * size * (BOLD_WIDENS if bold else 1.0)


@cache
def _estimate_letter_width(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    cells = measure_character_width(letter)
    if cells != 1:
        return FULL if cells else 0.0
    if ord(letter) > 0x24F:  # noqa: PLR2004 - past the Latin letters, no width is known
        return WIDE
    return CAPITAL if letter.isupper() else USUAL


def shorten_label(text: str, fits: Callable[[str], bool]) -> str:
    """Return the whole text if it fits, else as many words, or letters, as fit with an ellipsis; "" if none."""
    return next((tried for tried in _list_shorter_texts(text) if fits(tried)), "")


def _list_shorter_texts(text: str) -> Iterator[str]:
    yield text
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count]).rstrip(" ,;:.?!-") + ELLIPSIS
    for count in range(len(words[0]) - 1, 0, -1):
        yield words[0][:count] + ELLIPSIS


Width = Callable[[str, float], float]

Fit = tuple[float, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class WrappedTitle:
    """Lines of text and their font size."""

    lines: tuple[str, ...]
    size: float


def wrap_title(text: str, *, width: float, fits: Sequence[Fit], width_of: Width) -> WrappedTitle:
    """Wrap a text in the first font size that holds it in its number of lines without breaking a word.

    ``fits`` holds font sizes with the number of lines for each, largest size first; in the last one words are broken
    and the text is cut if need be. ``width_of`` returns the width of a line in a font size, in pixels as ``width``.
    """
    words = text.split()
    for size, most_lines in fits:
        lines = tuple(_fill_lines(words, size, width, width_of))
        if len(lines) <= most_lines and all(width_of(line, size) <= width for line in lines):
            return WrappedTitle(lines=lines, size=size)
    return _cut_to_fit(words, width, fits[-1], width_of)


def _cut_to_fit(words: Sequence[str], width: float, fit: Fit, width_of: Width) -> WrappedTitle:
    size, most_lines = fit
    pieces = [piece for word in words for piece in _split_word(word, size, width, width_of)]
    lines = tuple(_fill_lines(pieces, size, width, width_of))
    if len(lines) > most_lines:
        lines = (*lines[: most_lines - 1], _cut(lines[most_lines - 1], size, width, width_of))
    return WrappedTitle(lines=lines, size=size)


def _fill_lines(words: Sequence[str], size: float, width: float, width_of: Width) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _split_word(word: str, size: float, width: float, width_of: Width) -> Iterator[str]:
    """Split a word into pieces that each fit a line."""
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
