"""Display width in terminal cells: measuring, cutting, padding and wrapping. A wide character takes two cells.

Emoji sequences count as in terminals that know them: Unicode Standard Annex 11 and Technical Standard 51.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

ELLIPSIS = "…"
DOTS = "..."
"""An ellipsis for text that also goes to files and plain terminals."""

JOINER = "\N{ZERO WIDTH JOINER}"
JOINERS = ("\N{ZERO WIDTH NON-JOINER}", JOINER)
_AS_EMOJI = "\N{VARIATION SELECTOR-16}"

# Latin letters, and the quotation marks and dashes that go with them.
_NARROW = ((" ", "~"), ("\u00a1", "\u02ff"), ("\u2010", "\u2027"))
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


@cache
def measure_character_width(character: str) -> int:
    """Count the cells that a character takes alone: 0 if it combines with the one before, 2 if it is wide."""
    if any(first <= character <= last for first, last in _NARROW):
        return 1
    from rich.cells import get_character_cell_size  # noqa: PLC0415 - 25 ms, not needed for Latin letters

    return get_character_cell_size(character)


def measure_character_widths(text: str) -> Iterator[int]:
    """Count the cells that each character adds: 0 where an emoji sequence joins it to the one before."""
    before, width = "", 0
    for character in text:
        width = _measure_after(character, before, width)
        yield width
        before = character


def _measure_after(character: str, before: str, width_before: int) -> int:
    if character == _AS_EMOJI:
        return 1 if width_before == 1 else 0
    width = measure_character_width(character)
    toned = _SKIN_TONES[0] <= character <= _SKIN_TONES[1] and width_before == 2  # noqa: PLR2004 - an emoji's cells
    joined = before == JOINER and (width == 2 or unicodedata.category(character) == "So")  # noqa: PLR2004 - the same
    return 0 if toned or joined else width


def measure_width(text: str) -> int:
    """Measure the width of a text in cells."""
    return len(text) if text.isascii() and text.isprintable() else sum(measure_character_widths(text))


def cut_to_width(text: str, width: int, *, ellipsis: str = ELLIPSIS) -> str:
    """Shorten a text with an ellipsis if it is too wide."""
    if measure_width(text) <= width:
        return text
    return _take_beginning(text, width - len(ellipsis)).rstrip() + ellipsis[: max(0, width)]


def fit_to_width(text: str, width: int, *, ellipsis: str = ELLIPSIS) -> str:
    """Cut or pad a text with spaces to exactly that many cells."""
    short = cut_to_width(text, width, ellipsis=ellipsis)
    return short + " " * (width - measure_width(short))


def wrap_text(text: str, width: int) -> Iterator[str]:
    """Wrap a text between words; only words that are wider than a line are broken."""
    line = ""
    for word in (piece for whole in text.split() for piece in _split_word(whole, width)):
        longer = f"{line} {word}" if line else word
        if line and measure_width(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@lru_cache(maxsize=64)
def wrap_and_cut(text: str, width: int, most_lines: int) -> tuple[str, ...]:
    """Wrap a text to at most that many lines, the last of which ends in an ellipsis if there is more."""
    if width < 1 or most_lines < 1:
        return ()
    lines = list(wrap_text(text, width))
    if len(lines) <= most_lines:
        return tuple(lines)
    last = _take_beginning(lines[most_lines - 1], width - 1).rstrip() + ELLIPSIS
    return (*lines[: most_lines - 1], last)


def _split_word(word: str, width: int) -> Iterator[str]:
    """Split a word into pieces that each fit a line; a character that is wider than a line is left out."""
    left = word
    while left:
        piece = _take_beginning(left, width) or left[0]
        if measure_width(piece) <= width:
            yield piece
        left = left[len(piece) :]


def _take_beginning(text: str, width: int) -> str:
    taken = 0
    for index, added in enumerate(measure_character_widths(text)):
        taken += added
        if taken > width:
            return text[:index]
    return text
