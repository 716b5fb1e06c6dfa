"""Text normalization for speech: numbers, units and abbreviations as words, as engines read them differently.

num2words spells the numbers. Text that matches no rule, such as a telephone number, a date or a code with letters in
it, is left unchanged for the engine to read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, partial

from coach.languages import LANGUAGES, find_language
from coach.languages.language import SpokenForms

MOST_DIGITS = 9

MOST_HALVES = 20

_DIGIT = re.compile(r"\d")

_VOWELS_MEET = re.compile(r"(?<=e)enhalf$")

_MINUTES = 60

_HOURS = 24

NormalizationRule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spell_out(text: str, language: str) -> str:
    """Spell out a text as it is read aloud; in an unsupported language the text is unchanged.

    >>> spell_out("3 min, 2.5 km", "en")
    'three minutes, two and a half kilometres'
    """
    if language not in LANGUAGES:
        return text
    readings = find_language(language).spoken_forms.abbreviations
    text = _compile_abbreviations(language).sub(lambda found: readings[found[0]], text)
    if _DIGIT.search(text):
        for pattern, read in _compile_rules(language):
            text = pattern.sub(read, text)
    return text


@cache
def _compile_abbreviations(language: str) -> re.Pattern[str]:
    """A pattern for abbreviations that are not units, and so do not follow a number."""
    readings = find_language(language).spoken_forms.abbreviations
    letters = _join_alternatives(word for word in readings if word[0].isalpha())
    signs = _join_alternatives(word for word in readings if not word[0].isalpha())
    return re.compile(rf"(?<![\w.])(?<!\d )(?:{letters})(?!\w)|(?<!\w)(?:{signs})(?!\w)")


@cache
def _compile_rules(language: str) -> tuple[NormalizationRule, ...]:
    """The patterns to match, in order, and the functions that spell them out."""
    reading = find_language(language).spoken_forms
    thousands, point = re.escape(reading.thousands), re.escape(reading.point)
    number = rf"(?:\d{{1,3}}(?:{thousands}\d{{3}})+(?!\d)|\d+)(?:{point}\d+)?"
    alone = r"(?<![\w.,:/+-])"
    signed = r"(?<![\w.,:/])(?<!\d[-–])(?P<sign>[-−+]?)"
    ends = r"(?!\w)(?![-–/:]\d)(?![.,]\d)"
    units = _join_alternatives({unit.strip() for unit in reading.units})
    patterns: Iterable[tuple[str, Callable[[SpokenForms, str, re.Match[str]], str]]] = (
        (rf"(?<!\w)(?P<sign>{_join_alternatives(reading.money)})\s?(?P<number>{number}){ends}", _read_money),
        (rf"{alone}(?P<hour>\d{{1,2}}):(?P<minutes>\d\d){ends}", _read_clock),
        (rf"{alone}(?P<number>{number})\s?[-–]\s?(?={number}(?!\d)(?![-–:/]\d))", _read_range),
        (rf"(?<![\w.,])(?P<number>{number})\s?[x×]\s?(?={number})", _read_times),
        (rf"{alone}(?P<number>\d+)(?:{'|'.join(reading.ordinals)}){ends}", _read_ordinal),
        (
            rf"{signed}(?P<number>{number})(?P<unit>\s?(?:{units}))(?:\.(?=\s[a-z]))?(?!\w)(?!/)",
            _read_quantity,
        ),
        (rf"{signed}(?P<number>{number}){ends}", _read_plain),
    )
    return tuple((re.compile(pattern), partial(_read, reading, language, read)) for pattern, read in patterns)


def _join_alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class _NotReadableError(ValueError):
    """A number that should not be spelled out."""


def _read(
    reading: SpokenForms, language: str, read: Callable[[SpokenForms, str, re.Match[str]], str], found: re.Match[str]
) -> str:
    try:
        return read(reading, language, found)
    except _NotReadableError:
        return found[0]


def _read_money(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    return f"{_read_number(reading, language, found['number'])} {reading.money[found['sign']][found['number'] != '1']}"


def _read_clock(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    hour, minutes = int(found["hour"]), int(found["minutes"])
    if hour >= _HOURS or minutes >= _MINUTES:
        raise _NotReadableError
    if not minutes:
        return reading.o_clock.format(hour=_to_words(hour, language))
    spoken = _to_words(minutes, language)
    if found["minutes"].startswith("0") and reading.nought:
        spoken = f"{reading.nought} {spoken}"
    return reading.past.format(hour=_to_words(hour, language), minutes=spoken)


def _read_range(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    return f"{_read_number(reading, language, found['number'])} {reading.between} "


def _read_times(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    return f"{_read_number(reading, language, found['number'])} {reading.times} "


def _read_ordinal(_reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    return _to_words(_parse_whole(found["number"]), language, to="ordinal")


def _read_quantity(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    written = re.sub(r"\s", " ", found["unit"])
    names = reading.units.get(written) or reading.units[written.strip()]
    return f"{_read_plain(reading, language, found)} {names[found['number'] != '1']}"


def _read_plain(reading: SpokenForms, language: str, found: re.Match[str]) -> str:
    number = _read_number(reading, language, found["number"])
    sign = {"-": reading.minus, "\N{MINUS SIGN}": reading.minus, "+": "plus"}.get(found["sign"])
    return f"{sign} {number}" if sign else number


def _read_number(reading: SpokenForms, language: str, written: str) -> str:
    whole, _, decimals = written.replace(reading.thousands, "").partition(reading.point)
    value = _parse_whole(whole)
    if decimals == "5" and 0 < value <= MOST_HALVES:
        half = reading.halves.format(whole=_to_words(value, language))
        return reading.half if value == 1 else _VOWELS_MEET.sub("ënhalf", half)
    return _to_words(f"{whole}.{decimals}" if decimals else value, language)


def _parse_whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS or (digits.startswith("0") and len(digits) > 1):
        raise _NotReadableError
    return int(digits)


def _to_words(number: int | str, language: str, to: str = "cardinal") -> str:
    from num2words import num2words  # noqa: PLC0415 - only where there are numbers

    try:
        words: str = num2words(number, lang=language, to=to)
    except NotImplementedError as error:  # num2words does not support the language
        raise _NotReadableError from error
    return words


LONGEST_WORD = 40

_SIGNS = frozenset("[]{}<>|\\^~`*_#")

_UNSPOKEN = frozenset({"Cc", "Cs", "Co", "Cn", "So", "Sk", "Zl", "Zp"})

_UNHEARD = frozenset({"Cf", "Mn", "Me"})


def normalize_text(text: str, language: str) -> str:
    """Normalize a text for speech, without anything an engine could take for a command or read out as a symbol's name.

    Numbers, units and abbreviations become words. Control characters, brackets and other signs of markup, and emoji
    become spaces; invisible characters are removed; longer words are split every ``LONGEST_WORD`` letters; runs of
    white space become one space. The result is empty if nothing is left to say.
    """
    words = "".join(map(_clean_character, spell_out(unicodedata.normalize("NFC", text), language))).split()
    pieces = (word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD))
    plain = " ".join(pieces)
    return plain if any(character.isalnum() for character in plain) else ""


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in _UNHEARD:
        return ""
    return " " if character in _SIGNS or category in _UNSPOKEN else character
