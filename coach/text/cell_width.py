"""Text for a terminal: harmless, and exactly as wide as its room. Widths are in cells; a wide character takes two."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import get_character_cell_size

ELLIPSIS = "…"

UNSHOWN = "\N{REPLACEMENT CHARACTER}"

_FLAG_LETTERS = range(0x1F1E6, 0x1F200)

_SKIN_TONES = range(0x1F3FB, 0x1F400)

_BLANK = re.compile(r"\s+")


@lru_cache(maxsize=256)
def clean_text(text: str) -> str:
    """A text as one line of characters that each stay in their own cells and command nothing.

    Control characters and what no font has become a replacement character; marks that change the direction or the
    width of others are left out, and so are accents on nothing and second accents.
    """
    composed = unicodedata.normalize("NFC", _BLANK.sub(" ", text))
    shown = ""
    for character in unicodedata.normalize("NFC", "".join(map(_shown, composed))):
        if _is_mark(character) and (not shown or shown[-1] == " " or _is_mark(shown[-1])):
            continue
        shown += character
    return _BLANK.sub(" ", shown).strip()


def _shown(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    if code in _FLAG_LETTERS:
        return chr(code - _FLAG_LETTERS.start + ord("A"))
    if category in {"Cc", "Cs", "Cn", "Co"}:
        return UNSHOWN
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category in {"Cf", "Me"} or code in _SKIN_TONES or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    return character if _is_mark(character) or get_character_cell_size(character) else ""


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and get_character_cell_size(character) == 0


def cell_width(text: str) -> int:
    """How many cells a clean text takes."""
    return len(text) if text.isascii() else sum(map(get_character_cell_size, text))


def cut_to_width(text: str, width: int) -> str:
    """A clean text, shortened with an ellipsis where it is wider than its room."""
    return text if cell_width(text) <= width else _beginning(text, width - 1).rstrip() + ELLIPSIS[: max(0, width)]


def fit_to_width(text: str, width: int) -> str:
    """A clean text in exactly so many cells, cut or followed by blanks."""
    short = cut_to_width(text, width)
    return short + " " * (width - cell_width(short))


@lru_cache(maxsize=64)
def wrap_cells(text: str, width: int, most_lines: int) -> tuple[str, ...]:
    """A clean text in lines; words too wide for a line are broken, and what does not fit is cut with an ellipsis."""
    if width < 1 or most_lines < 1:
        return ()
    lines = list(_lines(text, width))
    if len(lines) <= most_lines:
        return tuple(lines)
    last = _beginning(lines[most_lines - 1], width - 1).rstrip() + ELLIPSIS
    return (*lines[: most_lines - 1], last)


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, width)):
        longer = f"{line} {word}" if line else word
        if cell_width(longer) <= width:
            line = longer
            continue
        yield line
        line = word
    if line:
        yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word in pieces that each fit a line; a character that is wider than that is left out."""
    left = word
    while left:
        piece = _beginning(left, width) or left[0]
        if cell_width(piece) <= width:
            yield piece
        left = left[len(piece) :]


def _beginning(text: str, width: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += get_character_cell_size(character)
        if taken > width:
            return text[:index]
    return text


_JOINERS = "\u200c\u200d"


def tidy_text(text: str) -> str:
    """The text on one line, without anything that a terminal would act upon."""
    spaced = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in spaced if letter in _JOINERS or letter.isprintable()).split())


def count_columns(text: str) -> int:
    """How many columns a terminal gives a text."""
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    if letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def pad_to_width(text: str, width: int) -> str:
    """The text with spaces after it, or cut with three dots, so that it takes this many columns."""
    if count_columns(text) > width:
        text = f"{next(_column_pieces(text, width - 3))}..."
    return text + " " * (width - count_columns(text))


def wrap_columns(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns at most; only a word that is too long for a line is broken."""
    line = ""
    for word in (piece for whole in text.split() for piece in _column_pieces(whole, width)):
        longer = f"{line} {word}" if line else word
        if count_columns(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _column_pieces(word: str, width: int) -> Iterator[str]:
    piece, taken = "", 0
    for letter in word:
        wide = _columns(letter)
        if piece and taken + wide > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + letter, taken + wide
    yield piece
