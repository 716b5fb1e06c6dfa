"""Text in the columns of a terminal, where some characters take two and some none."""

import unicodedata
from collections.abc import Iterator

_JOINERS = "\u200c\u200d"


def tidy(text: str) -> str:
    """The text on one line, without anything that a terminal would act upon."""
    spaced = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in spaced if letter in _JOINERS or letter.isprintable()).split())


def columns(text: str) -> int:
    """How many columns a terminal gives a text."""
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    if letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def padded(text: str, width: int) -> str:
    """The text with spaces after it, or cut with three dots, so that it takes this many columns."""
    if columns(text) > width:
        text = f"{next(_pieces(text, width - 3))}..."
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns at most; only a word that is too long for a line is broken."""
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, width)):
        longer = f"{line} {word}" if line else word
        if columns(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    piece, taken = "", 0
    for letter in word:
        wide = _columns(letter)
        if piece and taken + wide > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + letter, taken + wide
    yield piece
