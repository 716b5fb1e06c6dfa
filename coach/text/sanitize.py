"""Sanitising of text from outside: on one line, without anything that a terminal, a tag or a page would act on.

``clean_text`` is for terminals, where each character must stay in its own cells; ``to_one_line`` for all else;
``escape_control_characters`` makes hidden characters of a file visible in a message.
"""

import re
import unicodedata
from functools import lru_cache

from coach.text.cell_width import JOINERS, measure_character_width

_FLAG_LETTERS = range(0x1F1E6, 0x1F200)

_SKIN_TONES = range(0x1F3FB, 0x1F400)

_BLANK = re.compile(r"\s+")


def compose(text: str) -> str:
    """A text in the one form in which texts are compared: accents and letters composed (NFC)."""
    return unicodedata.normalize("NFC", text)


def to_one_line(text: str) -> str:
    """Put a text on one line, without unprintable characters. Joiners stay: emoji and some scripts need them."""
    spaced = (" " if character.isspace() else character for character in text)
    return " ".join("".join(each for each in spaced if each in JOINERS or each.isprintable()).split())


@lru_cache(maxsize=256)
def clean_text(text: str) -> str:
    """Make a text one line of characters that each stay in their own cells and control nothing.

    Control characters and unassigned ones become a replacement character; marks that change the direction or the
    width of others are left out, and so are accents without a letter and second accents.
    """
    composed = unicodedata.normalize("NFC", _BLANK.sub(" ", text))
    shown = ""
    for character in unicodedata.normalize("NFC", "".join(map(_clean_character, composed))):
        if _is_mark(character) and (not shown or shown[-1] == " " or _is_mark(shown[-1])):
            continue
        shown += character
    return _BLANK.sub(" ", shown).strip()


def _clean_character(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    if code in _FLAG_LETTERS:
        return chr(code - _FLAG_LETTERS.start + ord("A"))
    if category in {"Cc", "Cs", "Cn", "Co"}:
        return "\N{REPLACEMENT CHARACTER}"
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category in {"Cf", "Me"} or code in _SKIN_TONES or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    return character if _is_mark(character) or measure_character_width(character) else ""


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and measure_character_width(character) == 0


def escape_character(character: str) -> str:
    """Make a character printable: control characters as pictures, hidden ones as a replacement character."""
    if ord(character) < ord(" "):
        return chr(0x2400 + ord(character))  # the pictures of control characters
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in JOINERS
    return "\N{REPLACEMENT CHARACTER}" if hidden else character


def escape_control_characters(text: str) -> str:
    """Replace everything in a text that a terminal would act on instead of showing it."""
    return "".join(map(escape_character, text))


def strip_accent(character: str) -> str:
    """Return the letter without its accent, for encodings with few characters."""
    return unicodedata.normalize("NFKD", character)[0]


def quote(text: str) -> str:
    """Put an author's text in quotation marks, shortened for a message."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= 40 else f"'{flat[:37]}...'"  # noqa: PLR2004 - about a third of a line
