"""Sanitising of text from outside: on one line, without anything that a terminal, a tag or a page would act on.

``clean_text`` is for terminals, where each character must stay in its own cells; ``to_one_line`` for all else;
``escape_control_characters`` makes hidden characters of a file visible in a message.
"""

import os
import re
import shlex
import unicodedata
from functools import lru_cache

from coach.text.cell_width import JOINERS, measure_character_width

_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_BLANK = re.compile(r"\s+")
INVISIBLE = frozenset({"Cf", "Mn", "Me"})
"""Categories of characters that take no place of their own."""

_SAME_SIGN = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2015": "—",
        "\u2116": "#",
        "\u2120": None,
        "\u2122": None,
        "\u00b4": "'",
        "\u02bc": "'",
        "\u2032": "'",
        "\u2033": '"',
    }
)

_KEPT = frozenset("\N{MICRO SIGN}")
_SQUARED_UNITS = ("m", "km", "cm")
_RAISED = re.compile(r"(?P<before>\d|(?<![^\W_])[^\W\d_]+)(?P<digits>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)")
_FRACTION_AFTER = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))|(?<![\d.,]\d{3})(?<=\d) (?=000(?!\d))")


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


def quote_argument(text: str) -> str:
    """Quote an argument for a command that somebody copies, where a shell would not take it as it is."""
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if re.search(r"[^\w.:\\/-]", text) else text


def unify_characters(text: str) -> str:
    """Write each character in one form: composed, digits in ASCII, fractions and powers written out."""
    composed = unicodedata.normalize("NFC", _SPACED_THOUSANDS.sub("", text)).translate(_SAME_SIGN)
    if composed.isascii():
        return composed
    return "".join(map(_unify_character, _FRACTION_AFTER.sub(" ", _RAISED.sub(_write_power, composed))))


def _write_power(found: re.Match[str]) -> str:
    """Write raised digits as a power after a number or a single letter, plainly in a unit; elsewhere they are notes."""
    before, digits = found["before"], unicodedata.normalize("NFKC", found["digits"])
    if before in _SQUARED_UNITS:
        return before + digits
    return f"{before}^{digits}" if before.isdigit() or len(before) == 1 else before


def _unify_character(character: str) -> str:
    category, form = unicodedata.category(character), unicodedata.decomposition(character).partition(" ")[0]
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in INVISIBLE:
        return ""
    if form.startswith("<") and (form == "<wide>" or category[0] not in "PZ") and character not in _KEPT:
        written = unicodedata.normalize("NFKC", character)
        return f" {written} " if form == "<circle>" else written
    return character
