"""What in the author's texts a voice may say otherwise than meant: numbers, letters, stage directions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Location, Problem
from coach.languages import find_language
from coach.languages.number_meaning import NumberMeaning
from coach.languages.phonetic_alphabet import Phonemes
from coach.languages.spoken_numbers import (
    SpokenNumbers,
    find_numbers,
    is_time,
    join_alternatives,
    to_size,
)
from coach.languages.text_normalizer import find_short_form, find_unspoken, normalize_text
from coach.session.session import Text
from coach.text.sanitize import quote, unify_characters
from coach.timeline.cue_scheduling import pronounce
from coach.translation import _, mark_message

_DOUBTFUL_METRES = (20, 100)
_LEAST_CLOCK_HOUR = 6
_MONTHS = 12
_ALONE = r"(?<![\w.,:/+-])"
_TIME = re.compile(_ALONE + r"(?P<hour>\d{1,2}):(?P<minutes>\d\d)(?![\w:])(?!\s?[-–]\s?\d)(?![.,]\d)")
_TIMES = re.compile(
    _ALONE + r"(?P<hour>\d{1,2}):(?P<minutes>[0-5]\d)\s?[-–]\s?(?P<end>\d{1,2}):(?P<after>[0-5]\d)(?![\w:])(?![.,]\d)"
)
_METRES = re.compile(_ALONE + r"(?P<number>\d+)(?P<space>\s?)m(?![\w/])")
_PAIR = re.compile(_ALONE + r"(?P<first>\d+)(?P<sign>[-–/])(?P<second>\d+)(?!\w)(?![-–/:.,]\d)")
_DATE = re.compile(_ALONE + r"(?P<day>\d\d?)/(?P<month>\d\d?)(?P<year>/\d{4})?(?![\w/])(?!\.\d)")
_RATES = re.compile(_ALONE + r"(?P<first>\d{2,3})/(?P<second>\d{2,3})\s?(?P<unit>%|°C|[a-zA-Z]+(?:/[a-z]+)?)(?![\w/])")
_TAG = re.compile(r"(?i)</?(?P<name>break|pause|pauze|br|p|speak|voice|prosody|emphasis|say-as|audio)(?:\s[^<>]*)?/?>")
_SIGNS = {
    "(": mark_message("{advice}, or leave out the brackets if it is to be said"),
    "*": mark_message("{advice}, or leave out the asterisks if it is to be said"),
    "_": mark_message("{advice}, or leave out the underscores if it is to be said"),
}
_PAUSES = ("break", "pause", "pauze", "br", "p")
_LENGTH = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s?(?P<unit>ms|m|s)")
_DOTTED = re.compile(_ALONE + r"(?P<hour>\d{1,2})\.(?P<minutes>[0-5]\d)(?!\w)(?![.,:]\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberReading:
    """One way to read what is written: what is said, and how to write it so that nothing else can be meant."""

    spoken: str
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ambiguity:
    """What can be read in two ways: as it is written, how it is said, and the other reading."""

    written: str
    said: NumberReading
    other: NumberReading


def check_ambiguous_number(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a number can be read in two ways."""
    for text, words in facts.authored_words:
        for found in find_ambiguities(words, facts.language):
            said, other = found.said, found.other
            yield Problem.at(
                _locate(facts, text, found.written),
                "ambiguous-number",
                _(
                    "{written} is said as '{said}', and may also mean '{other}'",
                    written=quote(found.written),
                    said=said.spoken,
                    other=other.spoken,
                ),
                _("write '{first}' or '{second}'", first=said.instead, second=other.instead),
            )


def check_unspoken_letters(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text has letters that its voice cannot say."""
    say_as = _list_said(facts, "")
    for text, words in facts.authored_words:
        found = find_unspoken(pronounce(words, say_as), facts.language)
        if found:
            yield Problem.at(
                _locate(facts, text, found),
                "unspoken-letters",
                _("no voice of this language can say {letters}, so it is left out", letters=quote(found)),
                _('write how it sounds, as in say-as: {{{letters}: "..."}}', letters=found),
            )


def check_unknown_abbreviation(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text has a short form that no rule knows, so that its voice says letters."""
    say_as = _list_said(facts, ",")
    for text, words in facts.authored_words:
        found = find_short_form(pronounce(words, say_as), facts.language)
        if found:
            short = f"{found}."
            yield Problem.at(
                _locate(facts, text, short),
                "unknown-abbreviation",
                _("{short} looks like a short form that the coach does not know", short=quote(short)),
                _('write the word out, or say it in say-as: {{"{short}": "..."}}', short=short),
            )


def _list_said(facts: PlanFacts, instead: str) -> dict[str, str]:
    """List the pronunciations of the session by their words; ``instead`` of one in phonemes."""
    said = facts.session.say_as.get(facts.language, {})
    return {word: instead if isinstance(sounds, Phonemes) else sounds for word, sounds in said.items()}


def check_stage_direction(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where words are spoken that tell how to speak, and where a tag of another program does nothing."""
    wordings = find_language(facts.language).spoken_forms.contexts.directions
    directions = "|".join(f"(?P<{name}>{wording})" for name, wording in wordings.items())
    length = r"\d+(?:[.,]\d+)?\s?(?:s|m)\w*\.?"
    inside = rf"(?:{length}\s)?(?:{directions})(?:[,:]?\s(?:\w{{2,3}}\s)?{length})?[.!…]*"
    bracketed = re.compile(rf"(?i)(?P<open>[(*_])[*_]*(?P<words>{inside})[*_]*[)*_]")
    for text, words in facts.authored_words:
        for tag in _TAG.finditer(words):
            is_pause = tag["name"].lower() in _PAUSES
            mark = _("write {mark} for a pause", mark=_write_pause(tag[0], "1s")) if is_pause else _("take it out")
            message = _("{mark} is a mark of another program, so it is left out", mark=quote(tag[0]))
            yield Problem.at(_locate(facts, text, tag[0]), "stage-direction", message, mark)
        for found in bracketed.finditer(words):
            message = _(
                "{written} is said as '{words}'",
                written=quote(found[0]),
                words=normalize_text(found["words"], facts.language),
            )
            mark = _(_SIGNS[found["open"]], advice=_advise_mark(found))
            yield Problem.at(_locate(facts, text, found[0]), "stage-direction", message, mark)


def _advise_mark(found: re.Match[str]) -> str:
    """Advise how to have a stage direction done."""
    if found["pause"]:
        return _("write {mark} for a pause", mark=_write_pause(found["words"], "3s"))
    mark = "in" if found["inhale"] else "out" if found["exhale"] else ""
    if not mark:
        return _("take it out")
    template = mark_message("write [out] to wait for the next out-breath")
    return _(mark_message("write [in] to wait for the next in-breath") if mark == "in" else template)


def _write_pause(words: str, usual: str) -> str:
    """Write the pause that is meant as a mark."""
    found = _LENGTH.search(words)
    if found is None or found["unit"] == "ms":
        return f"[{usual}]"
    return f"[{found['number'].replace(',', '.')}{found['unit']}]"


def _locate(facts: PlanFacts, text: Text, written: str) -> Location:
    """Locate a part of a text; the whole text if a value holds it."""
    offset = text[facts.language].find(written)
    place = facts.places.find_words(text, facts.language, offset, written) if offset >= 0 else None
    return place or facts.places.find_text(text, facts.language)


def find_ambiguities(text: str, language: str) -> Iterator[Ambiguity]:
    """Find what can be read in two ways in a text."""
    readings = _Readings(find_numbers(language))
    unified = unify_characters(text)
    for pattern, explain in (
        (_TIME, readings.explain_time),
        (_TIMES, readings.explain_times),
        (_METRES, readings.explain_metres),
        (_PAIR, readings.explain_pair),
        (_DATE, readings.explain_date),
        (_DOTTED, readings.explain_dotted),
        (_RATES, readings.explain_rates),
    ):
        yield from filter(None, map(explain, pattern.finditer(unified)))


class _Readings:
    """Explains what a match can be read as in one language; None where only one thing can be meant."""

    def __init__(self, numbers: SpokenNumbers) -> None:
        self._numbers, self._forms, self._meaning = numbers, numbers.forms, NumberMeaning(forms=numbers.forms)

    def explain_time(self, found: re.Match[str]) -> Ambiguity | None:
        text, hour, minutes = found.string, int(found["hour"]), int(found["minutes"])
        is_clock = self._meaning.is_clock(text, *found.span(), hour)
        if hour == minutes and not (is_clock or self._is_followed_by_unit(found)):
            twice = " ".join([self._numbers.say_whole(hour)] * 2)
            said = NumberReading(spoken=twice, instead=f"{hour}/{minutes}")
            return Ambiguity(written=found[0], said=said, other=self._read_duration(hour, minutes))
        is_open = self._meaning.may_be_clock(text, found.start()) and not self._meaning.stands_by_clock(
            text, *found.span()
        )
        if not is_open or not is_time(hour, minutes) or self._is_followed_by_unit(found):
            return None
        instead = self._forms.clock_example.format(hour=hour, minutes=found["minutes"])
        clock = NumberReading(spoken=self._numbers.say_clock(hour, minutes), instead=instead)
        duration = self._read_duration(hour, minutes)
        said, other = (clock, duration) if hour >= _LEAST_CLOCK_HOUR else (duration, clock)
        return Ambiguity(written=found[0], said=said, other=other)

    def explain_times(self, found: re.Match[str]) -> Ambiguity | None:
        """Explain 8:00-9:00 where no word tells whether the times are of the day or of the run."""
        start, end = (int(found["hour"]), int(found["minutes"])), (int(found["end"]), int(found["after"]))
        is_open = start[0] >= _LEAST_CLOCK_HOUR and start < end and is_time(*end)
        is_clock = self._meaning.is_clock(found.string, *found.span(), start[0])
        if not is_open or is_clock or self._is_followed_by_unit(found) or found.string[found.end() :][:1] == "/":
            return None
        (one, one_instead), (two, two_instead) = (
            (each.spoken, each.instead) for each in (self._read_duration(*time) for time in (start, end))
        )
        between = self._forms.between
        clock = f" {between} ".join(self._numbers.say_clock(*time) for time in (start, end))
        instead = self._forms.clock_example.format(
            hour=start[0], minutes=f"{start[1]:02} {between} {end[0]}:{end[1]:02}"
        )
        return Ambiguity(
            written=found[0],
            said=NumberReading(spoken=f"{one} {between} {two}", instead=f"{one_instead} {between} {two_instead}"),
            other=NumberReading(spoken=clock, instead=instead),
        )

    def explain_metres(self, found: re.Match[str]) -> Ambiguity | None:
        number, spaced = found["number"], bool(found["space"])
        least, below = _DOUBTFUL_METRES
        is_open = (spaced or to_size(number) >= least) and to_size(number) < below
        if not is_open or self._meaning.is_distance(found.string):
            return None
        many = number != "1"
        metres = NumberReading(
            spoken=self._numbers.say_quantity(number, self._forms.metres),
            instead=f"{number} {self._forms.metres[many]}",
        )
        minutes = NumberReading(spoken=self._numbers.say_quantity(number, self._forms.minutes), instead=f"{number} min")
        is_metres = self._meaning.name_m(number, spaced=spaced, text=found.string) == self._forms.metres
        said, other = (metres, minutes) if is_metres else (minutes, metres)
        return Ambiguity(written=found[0], said=said, other=other)

    def explain_pair(self, found: re.Match[str]) -> Ambiguity | None:
        first, second = found["first"], found["second"]
        if to_size(first) >= to_size(second) or not self._meaning.is_breath(found.string) or self._is_counted(found):
            return None
        one, two = self._numbers.say_number(first), self._numbers.say_number(second)
        steps = NumberReading(spoken=f"{one} {two}", instead=f"{one}, {two}")
        if found["sign"] == "/" and int(second) <= _MONTHS:
            between = self._numbers.say_fraction(int(first), int(second))
        else:
            between = f"{one} {self._forms.between} {two}"
        return Ambiguity(written=found[0], said=steps, other=NumberReading(spoken=between, instead=between))

    def explain_date(self, found: re.Match[str]) -> Ambiguity | None:
        """Explain a date in a language in which either number may be the month, and a share that may be a date."""
        day, month = int(found["day"]), int(found["month"])
        before, after = found.string[: found.start()], found.string[found.end() :]
        is_share = day < month <= _MONTHS and not re.match(r"\s?(?:of|van|an?|%)(?!\w)", after)
        if is_share and re.search(r"(?<!\w)(?:op|on|vanaf|sinds|since|until)\s$", before) and not found["year"]:
            part = self._numbers.say_fraction(day, month)
            said, date = NumberReading(spoken=part, instead=part), self._read_date(day, month)
            is_said = said.spoken in normalize_text(found.string, self._numbers.language)
            return Ambiguity(written=found[0], said=said, other=date) if is_said else None
        if not self._forms.ordinal_days or day == month or not (0 < day <= _MONTHS and 0 < month <= _MONTHS):
            return None
        names = {*self._forms.short_days.values(), *map(str.capitalize, self._forms.short_days)}
        stands_by_day = re.search(rf"(?<!\w)(?:{join_alternatives(names)})\.?,?\s$", found.string[: found.start()])
        has_nought = re.fullmatch(r"0\d/\d\d|\d\d/0\d", found[0])
        if not (found["year"] or stands_by_day or has_nought):
            return None
        said, other = self._read_date(day, month), self._read_date(month, day)
        return Ambiguity(written=found[0], said=said, other=other)

    def explain_rates(self, found: re.Match[str]) -> Ambiguity | None:
        """Explain 120/130 bpm: from one to the other, or one of the two."""
        first, second, unit = found["first"], found["second"], found["unit"]
        names = {key.casefold(): names for key, names in self._forms.units.items()}.get(unit.casefold())
        if names is None or unit in ("min", "s", "sec", "km", "u", "h") or int(first) >= int(second):
            return None
        one, two = self._numbers.say_number(first), self._numbers.say_quantity(second, names)
        said, other = (
            NumberReading(spoken=f"{one} {word} {two}", instead=f"{first} {word} {second} {unit}")
            for word in (self._forms.between, self._forms.either)
        )
        if said.spoken not in normalize_text(found.string, self._numbers.language):
            return None
        return Ambiguity(written=found[0], said=said, other=other)

    def explain_dotted(self, found: re.Match[str]) -> Ambiguity | None:
        """Explain 1.30 where decimals have a comma: a number, or a time."""
        is_decimal = self._forms.point == "." or self._is_followed_by_unit(found)
        if is_decimal or self._meaning.is_clock(found.string, *found.span(), int(found["hour"])):
            return None
        number = found[0].replace(".", self._forms.point)
        decimal = NumberReading(spoken=self._numbers.say_number(number), instead=number)
        duration = self._read_duration(int(found["hour"]), int(found["minutes"]))
        return Ambiguity(written=found[0], said=decimal, other=duration)

    def _read_date(self, day: int, month: int) -> NumberReading:
        instead = f"{day} {self._numbers.months[month - 1]}"
        return NumberReading(spoken=self._numbers.say_date(day, month), instead=instead)

    def _read_duration(self, minutes: int, seconds: int) -> NumberReading:
        written = " ".join(f"{number} {unit}" for number, unit in ((minutes, "min"), (seconds, "sec")) if number)
        return NumberReading(spoken=self._numbers.say_duration(0, minutes, seconds), instead=written or "0 sec")

    def _is_followed_by_unit(self, found: re.Match[str]) -> bool:
        units = "|".join(map(re.escape, sorted(self._forms.units, key=len, reverse=True)))
        return re.match(rf"\s?(?:{units}|m)(?!\w)", found.string[found.end() :]) is not None

    def _is_counted(self, found: re.Match[str]) -> bool:
        rest, counted = found.string[found.end() :], self._forms.contexts.counted
        return self._is_followed_by_unit(found) or bool(re.match(rf"\s(?:[a-z]+\s)?(?:{counted})(?!\w)", rest))
