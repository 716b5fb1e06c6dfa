"""Which language a voice of some system speaks, from what that system says of it: no two say it alike."""

import re
from collections.abc import Iterable
from locale import windows_locale

# Names of languages as they begin, or follow " - " in, the name of a voice; three letters as in ISO 639-2.
_WORDS = {"dutch": "nl", "nederlands": "nl", "flemish": "nl", "vlaams": "nl", "english": "en", "engels": "en"}
_THREE_LETTERS = {"nld": "nl", "dut": "nl", "eng": "en"}
_LOCALE = re.compile(r"([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_LOCALE_INSIDE = re.compile(r"(?<![a-z])([a-z]{2})-[a-z]{2}(?![a-z])", re.IGNORECASE)
_LOCALE_JOINED = re.compile(r"_([a-z]{2})[A-Z]{2}_")
_NUMBER = re.compile(r"(?=.*\d)[0-9a-f]{1,4}", re.IGNORECASE)
_PRIMARY, _USUAL_SUBLANGUAGE = 0x3FF, 0x400


def tongue(tags: Iterable[str | bytes | None], *, voice_id: str = "", name: str = "") -> str | None:
    """The two (or three) letters of a language, like ``nl``; None where nothing tells it.

    Args:
        tags: What the system gives as the voice's languages; the first that can be understood counts. Locales
            (``nl_NL``, ``nl-BE``, ``en_GB_U_SD@sd=gbsct``), with the byte of espeak's priority before them, names
            (``Dutch``), and Microsoft's identifiers in hexadecimal (``413``, ``409;9``).
        voice_id: The system's own name for the voice, where no tag tells it.
        name: The name that people see, where that does not tell it either.
    """
    found = (_of_tag(_text(tag)) for tag in tags)
    return next(filter(None, found), None) or _of_id(voice_id) or _of_words(name)


def _text(tag: str | bytes | None) -> str:
    text = tag.decode("utf-8", "ignore") if isinstance(tag, bytes) else tag or ""
    return "".join(character for character in text if character.isprintable()).strip()


def _of_tag(tag: str) -> str | None:
    first = tag.partition(";")[0]
    if _NUMBER.fullmatch(first):
        return _of_number(int(first, 16))
    locale = _LOCALE.match(tag)
    return _letters(locale[1]) if locale else _of_words(tag)


def _of_number(number: int) -> str | None:
    """By the identifier of a locale, or of its language alone (MS-LCID: ten bits of language, six of its variety)."""
    usual = (number & _PRIMARY) | _USUAL_SUBLANGUAGE
    locale = windows_locale.get(number) or windows_locale.get(usual)
    return locale.partition("_")[0] if locale else None


def _of_id(voice_id: str) -> str | None:
    inside = _LOCALE_INSIDE.search(voice_id) or _LOCALE_JOINED.search(voice_id)
    return _letters(inside[1]) if inside else None


def _of_words(name: str) -> str | None:
    words = name.rpartition(" - ")[2].split()
    return _WORDS.get(words[0].strip("(),").lower()) if words else None


def _letters(letters: str) -> str:
    return _THREE_LETTERS.get(letters.lower(), letters.lower())
