"""Numbers in words, as people say them.

num2words2 spells whole numbers, ordinals and years. What people say otherwise, such as halves, is in the tables of
the languages.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from coach.languages import find_language
from coach.languages.language import SpokenForms, UnitLengths
from coach.units import SECONDS_PER_MINUTE

MOST_DIGITS = 9
MOST_HALVES = 20
_SECONDS_PER_HOUR = 3600.0
_NOON, _HOURS = 12, 24
_ROMAN = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_VOWELS_MEET = re.compile(r"(?<=e)enhal(?=f|ve)")

UnitNames = tuple[str, str]
"""The name of a unit for one, and for several."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenNumbers:
    """Says numbers in one language."""

    language: str
    forms: SpokenForms
    months: tuple[str, ...]

    def say_whole(self, number: int) -> str:
        """Say a whole number of at most ``MOST_DIGITS`` digits."""
        return _spell(number, self.language, "cardinal")

    def say_ordinal(self, number: int) -> str:
        """Say an ordinal: third."""
        return _spell(number, self.language, "ordinal")

    def say_year(self, year: int) -> str:
        """Say a year: nineteen eighty-four."""
        return _spell(year, self.language, "year") if self.forms.long_years or year < 2000 else self.say_whole(year)  # noqa: PLR2004

    def say_digits(self, digits: str) -> str:
        """Say digits one by one, with a pause at each hyphen."""
        groups = (" ".join(self.say_whole(int(digit)) for digit in group) for group in digits.split("-"))
        return ", ".join(groups)

    def say_number(self, written: str) -> str:
        """Say a number as it is written, with its separators; digit by digit if it is a code or very long."""
        whole, decimals = self._split(written)
        if not decimals:
            return self._say_integer(whole)
        if decimals == "5" and 0 < int(whole) <= MOST_HALVES:
            return self._say_halves(int(whole))
        return f"{self._say_integer(whole)} {self.forms.point_word} {self.say_digits(decimals)}"

    def say_quantity(self, written: str, names: UnitNames) -> str:
        """Say a number with its unit."""
        whole, decimals = self._split(written)
        if decimals == "5" and int(whole) <= MOST_HALVES:
            return self.say_fraction(1, 2, names, whole=int(whole))
        return f"{self.say_number(written)} {names[written != '1']}"

    def say_money(self, written: str, names: UnitNames) -> str:
        """Say an amount of money, perhaps with hundredths: two euros fifty."""
        whole, decimals = self._split(written)
        if not (int(whole) and len(decimals) == 2):  # noqa: PLR2004 - hundredths
            return self.say_quantity(written, names)
        said = self.say_quantity(whole, names)
        return said if decimals == "00" else f"{said} {self.say_whole(int(decimals))}"

    def say_code(self, written: str) -> str:
        """Say numbers with signs between them: a version, an address, a list."""
        if re.fullmatch(rf"\d+{re.escape(self.forms.point)}\d+", written):
            return self.say_number(written)
        said = [self.say_number(part) if part.isdigit() else part for part in re.split(r"(\D)", written)]
        separators = {".": f" {self.forms.dot} ", ",": ", "}
        return "".join(separators.get(part, " ") if index % 2 else part for index, part in enumerate(said))

    def say_power(self, base: str, power: str) -> str:
        """Say a number or a letter to a power: ten squared."""
        said = self.say_number(base) if base.isdigit() else base
        named = {"2": self.forms.squared, "3": self.forms.cubed}.get(power)
        return f"{said} {named or self.forms.power.format(power=self.say_number(power))}"

    def say_fraction(self, count: int, parts: int, names: UnitNames | None = None, *, whole: int = 0) -> str:
        """Say a fraction, such as three quarters, perhaps after a whole number and with its unit."""
        fractions = self.forms.fractions
        part = self._say_part(count, parts)
        if whole:
            is_half = (count, parts) == (1, 2)
            said = (
                self._say_halves(whole) if is_half else fractions.mixed.format(whole=self.say_whole(whole), part=part)
            )
            said += f" {names[not fractions.single]}" if names else ""
        elif names is None:
            said = part
        elif (count, parts) == (1, 2):
            said = fractions.half_unit.format(unit=names[0])
        else:
            said = fractions.of_unit.format(part=part, unit=names[0])
        return self.inflect(said, names[0]) if names else said

    def inflect(self, said: str, noun: str) -> str:
        """Give a half the form that it has before a noun, and contract what is said as one."""
        fractions = self.forms.fractions
        plain, inflected = fractions.inflection
        if plain and noun.partition(" ")[0] in fractions.inflected:
            said = re.sub(rf"{plain}(?!\w)", inflected, said)
        for apart, together in fractions.contractions.items():
            said = re.sub(rf"(?<!\w){apart}(?!\w)", together, said)
        return said

    def say_duration(self, hours: int, minutes: int, seconds: int) -> str:
        """Say exactly how long something lasts."""
        hour, minute, second = (self.forms.units[unit] for unit in ("h", "min", "s"))
        if seconds == 30 and 0 < minutes <= MOST_HALVES and not hours:  # noqa: PLR2004 - half a minute
            return self.say_fraction(1, 2, minute, whole=minutes)
        if minutes == 30 and 0 < hours <= MOST_HALVES and not seconds:  # noqa: PLR2004 - half an hour
            return self.say_fraction(1, 2, hour, whole=hours)
        units = ((hours, hour), (minutes, minute), (seconds, second))
        said = [self.say_quantity(str(number), names) for number, names in units if number]
        if not said:
            return self.say_quantity("0", second)
        *larger, smallest = said
        return self.forms.lengths.joined.format(larger=", ".join(larger), smaller=smallest) if larger else smallest

    def say_length(self, seconds: float) -> str:
        """Say about how long something lasts, in lengths that people have words for: a minute and a half.

        What is said is true within 5 %; after *nearly* and *just over* within 8 %, and on that side.
        """
        length_s, is_hedged = _round_length(seconds, self.forms.lengths.named)
        said = self.name_length(length_s)
        if not is_hedged:
            return said
        hedge = self.forms.lengths.nearly if length_s > seconds else self.forms.lengths.just_over
        return hedge.format(length=said)

    def fill_length(self, text: str, seconds: float) -> str:
        """Fill {length} in a text with about how long something lasts; *nearly* replaces *about* before it."""
        if _round_length(seconds, self.forms.lengths.named)[1]:
            text = re.sub(rf"(?<!\w)(?:{self.forms.lengths.about}) (?={{length}})", "", text)
        return text.replace("{length}", self.say_length(seconds))

    def say_clock(self, hour: int, minutes: int, half_day: str = "") -> str:
        """Say a time of day; ``half_day`` is what is said for a time before or after noon."""
        twelve = self.forms.twelve_hours
        if twelve and not half_day and (hour > _NOON or hour == 0):
            half_day = self.forms.half_days[hour >= _NOON]
        if twelve and half_day:
            hour = (hour - 1) % _NOON + 1
        if not minutes:
            said = self.say_whole(hour)
            said = said if twelve and half_day else self.forms.o_clock.format(hour=said)
        else:
            spoken = self.say_whole(minutes)
            if minutes < 10 and self.forms.nought:  # noqa: PLR2004 - of one digit
                spoken = f"{self.forms.nought} {spoken}"
            said = self.forms.past.format(hour=self.say_whole(hour), minutes=spoken)
        return f"{said} {half_day}".rstrip()

    def say_short_time(self, first: int, second: int, *, in_hours: bool) -> str:
        """Say a time that names a pace or a race: a nine thirty mile, a four hour marathon."""
        if not second:
            return f"{self.say_whole(first)} {self.forms.units['h'][0] if in_hours else self.forms.minutes[0]}"
        nought = f"{self.forms.nought} " if second < 10 and self.forms.nought else ""  # noqa: PLR2004 - of one digit
        return f"{self.say_whole(first)} {nought}{self.say_whole(second)}"

    def say_decade(self, found: re.Match[str]) -> str:
        """Say ten years, by the groups ``century``, ``decade`` and ``short`` of a match."""
        decade = self.forms.decades[int(found["decade"] or found["short"]) - 2]
        return f"{self.say_whole(int(found['century']))} {decade}" if found["century"] else decade

    def say_date(self, day: int, month: int, year: int | None = None) -> str:
        """Say a date."""
        spoken = self.say_ordinal(day) if self.forms.ordinal_days else self.say_whole(day)
        said = self.forms.date.format(day=spoken, month=self.months[month - 1])
        return said if year is None else f"{said} {self.say_year(year)}"

    def _split(self, written: str) -> tuple[str, str]:
        """Split a written number into its digits and its decimals."""
        thousands, point = re.escape(self.forms.thousands), re.escape(self.forms.point)
        grouped = re.fullmatch(rf"(\d{{1,3}}(?:{thousands}\d{{3}})+)(?:{point}(\d+))?", written)
        if grouped:
            return re.sub(r"\D", "", grouped[1]), grouped[2] or ""
        whole, *decimals = re.split(r"[.,]", written, maxsplit=1)
        return whole, "".join(decimals)

    def _say_integer(self, digits: str) -> str:
        if len(digits) > MOST_DIGITS or (digits.startswith("0") and len(digits) > 1):
            return self.say_digits(digits)
        return self.say_whole(int(digits))

    def _say_halves(self, whole: int) -> str:
        if whole == 1:
            return self.forms.fractions.half
        return _VOWELS_MEET.sub("ënhal", self.forms.fractions.halves.format(whole=self.say_whole(whole)))

    def _say_part(self, count: int, parts: int) -> str:
        fractions = self.forms.fractions
        known = fractions.whole.get(f"{count}/{parts}")
        if known:
            return known
        names = fractions.names.get(parts)
        if names is None:
            ordinal = self.say_ordinal(parts)
            names = (ordinal, ordinal + fractions.several)
        return f"{self.say_whole(count)} {names[count != 1]}"

    def name_length(self, length_s: float) -> str:
        """Name one of the lengths that others are rounded to."""
        lengths, hour_s = self.forms.lengths, _SECONDS_PER_HOUR
        if length_s in lengths.named:
            return lengths.named[int(length_s)]
        is_odd = length_s % _HALF_MINUTE_S != 0
        if is_odd and length_s < _LEAST_MINUTES_S:
            return self._say_units(length_s, lengths.seconds)
        if length_s < hour_s and length_s != hour_s / 2:
            return self._say_units(length_s / SECONDS_PER_MINUTE, lengths.minutes)
        hours, rest_s = divmod(length_s, hour_s)
        if rest_s in (0, hour_s / 2):
            return self._say_units(length_s / hour_s, lengths.hours)
        smaller = self._say_units(rest_s / SECONDS_PER_MINUTE, lengths.minutes)
        return lengths.joined.format(larger=self._say_units(hours, lengths.hours), smaller=smaller)

    def _say_units(self, count: float, names: UnitLengths) -> str:
        whole, rest = divmod(count, 1)
        exact = {0.5: names.half, 1.0: names.one, 1.5: names.one_and_a_half}.get(count)
        if exact:
            return exact
        if rest in (0.0, 0.5):
            template = names.halves if rest else names.several
            return _VOWELS_MEET.sub("ënhal", template.format(count=self.say_whole(int(whole))))
        decimals = f"{count:.1f}".replace(".", self.forms.point)
        return names.several.format(count=self.say_number(decimals))


_TOLERANCE, _HEDGED_TOLERANCE = 0.05, 0.08
_LEAST_HEDGED_S = 25.0  # of less, the seconds are said: a longer block must not need longer words
_HALF_MINUTE_S, _LEAST_MINUTES_S = 30.0, 180.0


def _list_lengths_s(seconds: Iterable[float], minutes: Iterable[float], hours: Iterable[float]) -> tuple[float, ...]:
    in_seconds = (*(each * SECONDS_PER_MINUTE for each in minutes), *(each * _SECONDS_PER_HOUR for each in hours))
    return tuple(sorted({*map(float, seconds), *in_seconds}))


# What people say before they say anything more exact, and then what they say if that is too far away.
_ROUND_LENGTHS_S = _list_lengths_s(
    (*range(1, 11), 15, 20, 30, 40, 45, 50),
    (*(halves / 2 for halves in range(2, 11)), *range(6, 11), 15, 20, 25, 30, 35, 40, 45, 50),
    (1, 1.25, 1.5, 1.75, *(halves / 2 for halves in range(4, 13)), *range(7, 25)),
)

_FINER_LENGTHS_S = _list_lengths_s(
    (*range(11, 30), *range(35, 90, 5), 100, 105, 135, 165), (5.5, *range(11, 30), *range(55, 125, 5)), (2.25, 2.75)
)

_QUARTERS_S = frozenset({105.0, 135.0, 165.0})
_ROUND_TO_S = (_SECONDS_PER_HOUR, 5.0, 1.0, 0.5, 0.1)


def _round_length(seconds: float, named: Container[int]) -> tuple[float, bool]:
    """Round a length to one that people say; with whether that is so far off that it is said to be so."""
    for lengths_s in (_ROUND_LENGTHS_S, _FINER_LENGTHS_S):
        known = (length for length in lengths_s if length not in _QUARTERS_S or length in named)
        nearest = min(known, key=lambda length: abs(length - seconds))
        error = abs(nearest - seconds) / max(seconds, 0.1)
        if error <= (_HEDGED_TOLERANCE if seconds >= _LEAST_HEDGED_S else _TOLERANCE):
            return nearest, error > _TOLERANCE
    rounded = (round(round(seconds / step) * step, 1) for step in _ROUND_TO_S)
    near = (length for length in rounded if length and abs(length - seconds) <= _TOLERANCE * seconds)
    return next(near, max(seconds, 0.1)), False


@cache
def find_numbers(language: str) -> SpokenNumbers:
    """Find the numbers of a language, one of `coach.languages.LANGUAGES`."""
    tables = find_language(language)
    return SpokenNumbers(language=language, forms=tables.spoken_forms, months=tables.journal.week.months)


def is_time(hour: int, minutes: int) -> bool:
    """Return whether there is such a time of day."""
    return hour < _HOURS and minutes < SECONDS_PER_MINUTE


def _spell(number: int, language: str, form: str) -> str:
    """Spell a number by num2words2; on a computer that it has no wheel for, by num2words."""
    try:
        library = import_module("num2words2")  # only where there are numbers
    except ImportError:
        library = import_module("num2words")
    words: str = library.num2words(number, lang=language, to=form)
    return words


def parse_roman(roman: str) -> int:
    """Parse a number in Roman numerals, up to 39."""
    total = 0
    for sign, size in _ROMAN.items():
        while roman.startswith(sign):
            roman, total = roman.removeprefix(sign), total + size
    return total


def to_size(number: str) -> float:
    """Convert a number as it is written, whatever its separators, to its size."""
    digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", number).replace(",", ".")
    return float(digits)


def join_units(forms: SpokenForms) -> str:
    """Join the units that follow a number to a pattern, in any case, as in 5 KM; m among them."""
    names = [unit for unit in forms.units if unit[0] != "/"]
    cases = (str.lower, str.upper, str.capitalize)
    cased = (case(unit) for unit in names if len(unit) > 1 and unit[0].isalpha() for case in cases)
    return join_alternatives({*names, *cased, "m"})


def join_alternatives(words: Iterable[str]) -> str:
    """Join words to a pattern that matches any of them, the longest first; nothing if there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
