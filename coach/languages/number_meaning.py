"""What a number means, by the words around it."""

import re
from dataclasses import dataclass

from coach.languages.language import SpokenForms
from coach.languages.spoken_numbers import UnitNames, join_alternatives, to_size

_LEAST_CLOCK_HOUR, _LEAST_METRES, _LEAST_STRIDE_METRES = 6, 100, 20
_LONGEST_CONTEXT = 60
_UNTIL = "until|till|by|opens?|closes?|vóór|vanaf|opent|sluit"
_FIRST_MINUTE = re.compile(r"(?<![\d:])00?:\d\d(?![\d:])")
_LONGER_THAN_A_DAY = re.compile(r"(?<![\d:])(?:2[4-9]|[3-9]\d):[0-5]\d(?![\d:])")
_SECOND_TIME = r"(?:\s?(?:[-–]|to|tot|or|of|à|and|en)\s?\d{1,2}[:.]\d\d)?"
_PACE_AFTER = re.compile(
    rf"{_SECOND_TIME}\s?(?:min(?:s|ut\w+)?\.?\s?)?"
    r"(?:/|p/|(?:per|an?)\s)\s?(?:km|k(?!\w)|kilom|mi(?!n)|mijl)"
)
# Another pace in the sentence, to which a time is compared.
_PACE_BEFORE = re.compile(
    r"\d[:.]\d\d\s?(?:min\w*\.?\s?)?(?:/|per |an? )\s?(?:km|k(?!\w)|kilom|mi(?!n)|mijl)"
    r"[^.!?\n]*\b(?:closer|nearer|near|up|down|slowed|tot|naar|to)(?: to)? $"
)
_TIMES_BEFORE = re.compile(r"(?:\d{1,2}[:.]\d\d(?:,?\s\w{1,3}(?!\w):?|\s?[-–&]|,)?\s*)+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberMeaning:
    """Decides what numbers in a text mean, by the words around them."""

    forms: SpokenForms

    def stands_by_clock(self, text: str, start: int, end: int) -> bool:
        """Return whether a word beside the time from ``start`` to ``end`` says that it is a time of day."""
        contexts = self.forms.contexts
        if self.is_elapsed(text, end):
            return False
        after = text[end : end + _LONGEST_CONTEXT].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        before = f"{contexts.clock_before}|{join_alternatives(self.forms.short_months.values())}"
        return _ends_with(before, _TIMES_BEFORE.sub("", text[:start])) or bool(
            re.match(
                rf"\s?(?:{contexts.clock_after}|{contexts.morning}|{contexts.afternoon})(?!\w)", after, re.IGNORECASE
            )
        )

    def is_elapsed(self, text: str, end: int) -> bool:
        """Return whether the words after a time, perhaps one of two, say that it is a pace or a time of the run."""
        elapsed = rf"{_SECOND_TIME}(?:\smin(?:s|utes|uten)?)?\s(?:{self.forms.contexts.elapsed})(?!\w)"
        return bool(
            _PACE_AFTER.match(text, end) or re.match(elapsed, text[end : end + _LONGEST_CONTEXT], re.IGNORECASE)
        )

    def may_be_clock(self, text: str, start: int) -> bool:
        """Return whether the word before a time leaves open whether it is one of the day or one of the run."""
        return _ends_with(self.forms.contexts.perhaps_clock, _TIMES_BEFORE.sub("", text[:start]))

    def is_clock(self, text: str, start: int, end: int, hour: int) -> bool:
        """Return whether the time from ``start`` to ``end`` is one of the day."""
        is_day = self.is_appointment(text) and not _FIRST_MINUTE.search(text)
        is_day = is_day and _ends_with(_UNTIL, text[:start])
        may_be = (hour >= _LEAST_CLOCK_HOUR or is_day) and self.may_be_clock(text, start)
        may_be = may_be and not (_LONGER_THAN_A_DAY.search(text) or self.is_elapsed(text, end))
        may_be = may_be and not _PACE_BEFORE.search(text[:start])
        return may_be or self.stands_by_clock(text, start, end)

    def name_m(self, number: str, *, spaced: bool, text: str) -> UnitNames:
        """Name the unit that an m after a number is: metres or minutes."""
        is_metres = spaced or to_size(number) >= (_LEAST_STRIDE_METRES if self.is_distance(text) else _LEAST_METRES)
        return self.forms.metres if is_metres else self.forms.minutes

    def is_attribute(self, found: re.Match[str]) -> bool:
        """Return whether a quantity stands before a noun, so that its unit is singular: a five minute walk."""
        contexts, before, rest = self.forms.contexts, found.string[: found.start()], found.string[found.end() :]
        after = {r"(?!of\b)[a-z]": contexts.single_after, contexts.perhaps_attributed: contexts.determiners}
        return bool(re.match(rf" (?:{contexts.attributed})(?!\w)", rest)) or any(
            re.match(rf" (?:{noun})", rest) and re.search(rf"(?i)(?<!\w)(?:{words})\s$", before)
            for noun, words in after.items()
        )

    def is_distance(self, text: str) -> bool:
        """Return whether a text speaks of distances."""
        return _holds(self.forms.contexts.distance, text)

    def is_appointment(self, text: str) -> bool:
        """Return whether a text speaks of what one has at a time of day."""
        date = rf"\w (?:{join_alternatives(self.forms.short_months.values())})(?!\w)"
        return _holds(self.forms.contexts.appointment, text) or re.search(date, text) is not None

    def is_numbered(self, text: str) -> bool:
        """Return whether a text numbers things, so that two numbers with a dash are the first and the last of them."""
        contexts = self.forms.contexts
        return _holds(rf"(?:{contexts.numbered}|{contexts.counters})(?:s|es|sen|en)? \d+\s?[-–]\s?\d+", text)

    def is_breath(self, text: str) -> bool:
        """Return whether a text speaks of a breath, whose numbers are steps."""
        return _holds(self.forms.contexts.breath, text)


def _ends_with(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?:\s(?:about|ongeveer))?[,:]?\s*\(?$", text, re.IGNORECASE) is not None


def _holds(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None
