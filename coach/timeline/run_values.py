"""Run values: what a text tells of the run itself, such as ``{left}``, filled in for the moment it is said."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coach.languages import find_language
from coach.languages.spoken_numbers import SpokenNumbers, find_numbers
from coach.session.inline_markup import RUN_VALUES, SENTENCE_END, MarkupPart, Value, Words, join_words
from coach.units import SECONDS_PER_MINUTE

# People round to so many seconds, in lengths of up to so many.
_ROUND_TO_S = ((10.0, 1.0), (60.0, 5.0), (600.0, 30.0), (3600.0, 60.0))
_ROUND_LONG_TO_S = 300.0

# Before its length is known, a block has room for the longest words that lengths of up to so many seconds have.
_LONGEST_WORDS_UP_TO_S = (60.0, 600.0, 3600.0, 12 * 3600.0)
_MOST_MINUTES = 99

_SENTENCES = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RunFacts:
    """What the words of a block can tell: when it begins and ends, its round, the next block, how long the whole is.

    ``round_number`` and ``rounds`` are 0 outside a repeat, ``next_title`` is empty in the last block. ``whole_s`` is
    None where it is not known yet. ``most_s`` is set before the block has a place in time: the longest that it may
    last, for which the longest words are taken.
    """

    start_s: float = 0.0
    end_s: float = 0.0
    whole_s: float | None = None
    round_number: int = 0
    rounds: int = 0
    next_title: str = ""
    most_s: float | None = None


NO_FACTS = RunFacts()


def round_length_s(seconds: float) -> float:
    """Round a length as people do who say how long something still lasts: 1m36s to 1m30s; never to nothing."""
    seconds = round(seconds, 3)
    step_s = next((step_s for below_s, step_s in _ROUND_TO_S if seconds < below_s), _ROUND_LONG_TO_S)
    return max(1.0, (seconds + step_s / 2) // step_s * step_s)


def tells_of_run(parts: Iterable[MarkupPart], values: Container[str], names: Container[str] = RUN_VALUES) -> bool:
    """Return whether a text has values of the run, with one of these names, that are not the session's own."""
    return any(isinstance(part, Value) and part.name in names and part.name not in values for part in parts)


def fill_run_values(
    parts: Sequence[MarkupPart], values: Container[str], facts: RunFacts, at_s: float, language: str
) -> tuple[MarkupPart, ...]:
    """Fill in what a text tells of the run, as it is at a time; values that the session has itself are left.

    What follows decides the form of a number: *ronde twee*, *de tweede ronde*, *de {round}e ronde*. A unit after a
    length is not said twice. In the last block, sentences that name the next one are left out.
    """
    if not tells_of_run(parts, values):
        return tuple(parts)
    if not facts.next_title and "next" not in values:
        parts = _drop_sentences(parts, "next")
    writer = _Writer(numbers=find_numbers(language), facts=facts, at_s=at_s)
    filled: list[MarkupPart] = []
    rest: list[MarkupPart] = list(parts)
    while rest:
        part = rest.pop(0)
        if not isinstance(part, Value) or not tells_of_run((part,), values):
            filled.append(part)
            continue
        before = "".join(map(_show, filled)).rstrip()
        after = rest[0].text if rest and isinstance(rest[0], Words) else ""
        said, after = writer.write(part.name, before, after)
        if rest and isinstance(rest[0], Words):
            rest[0] = Words(text=after)
        is_first = part.name != "next" and (not before or before.endswith(SENTENCE_END[:-1]))
        filled.append(Words(text=said[:1].upper() + said[1:] if is_first else said))
    return tuple(join_words(filled))


def _show(part: MarkupPart) -> str:
    return part.text if isinstance(part, Words) else part.name if isinstance(part, Value) else ""


def _drop_sentences(parts: Iterable[MarkupPart], name: str) -> tuple[MarkupPart, ...]:
    """Leave out the sentences in which a value is named; a mark ends a sentence, too."""
    return tuple(
        part
        for sentence in _split_sentences(parts)
        if not any(isinstance(part, Value) and part.name == name for part in sentence)
        for part in sentence
    )


def _split_sentences(parts: Iterable[MarkupPart]) -> Iterator[list[MarkupPart]]:
    sentence: list[MarkupPart] = []
    for part in parts:
        if isinstance(part, Value):
            sentence.append(part)
            continue
        if not isinstance(part, Words):
            yield sentence
            yield [part]
            sentence = []
            continue
        first, *more = _SENTENCES.split(part.text)
        sentence.append(Words(text=first))
        for text in more:
            yield sentence
            sentence = [Words(text=f" {text}")]
    yield sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class _Writer:
    """Writes the values of one moment in words, and what follows them without what they already say."""

    numbers: SpokenNumbers
    facts: RunFacts
    at_s: float

    def write(self, name: str, before: str, after: str) -> tuple[str, str]:
        facts = self.facts
        match name:
            case "round":
                return self._write_round(before, after)
            case "rounds":
                return self.numbers.say_whole(facts.rounds), self._agree(facts.rounds, after)
            case "minutes":
                return self._write_minutes(after)
            case "next":
                return facts.next_title, after
            case "left":
                return self._say_length(facts.end_s - self.at_s), self._drop_unit(after)
            case _:
                return self._say_length(self.at_s - facts.start_s), self._drop_unit(after)

    def _say_length(self, seconds: float) -> str:
        if self.facts.most_s is not None:
            return _find_longest_words(self.numbers.language, self.facts.most_s)
        return self.numbers.name_length(round_length_s(seconds))

    def _write_round(self, before: str, after: str) -> tuple[str, str]:
        forms, number = self.numbers.forms, self.facts.round_number
        ending = re.match(rf"(?:{'|'.join(sorted(forms.ordinals, key=len, reverse=True))})(?!\w)", after)
        if ending:
            return self.numbers.say_ordinal(number), after[ending.end() :]
        noun = _match_noun(forms.rounds.values(), after)
        is_each = re.search(rf"(?i)(?<!\w)(?:{'|'.join(forms.each)})$", before) is not None
        if noun and (is_each or noun not in forms.rounds):
            return self.numbers.say_ordinal(number), after
        return self.numbers.say_whole(number), self._agree(number, after)

    def _write_minutes(self, after: str) -> tuple[str, str]:
        names = self.numbers.forms.minutes
        if self.facts.whole_s is None:
            number = _find_longest_minutes(self.numbers.language)
        else:
            number = max(1, int(self.facts.whole_s / SECONDS_PER_MINUTE + 0.5))
        said = self.numbers.say_whole(number)
        if re.match(rf"[\s-]+(?:{'|'.join(names)})(?!\w)", after):
            return said, after if number > 1 else re.sub(rf"^(\s+){names[1]}(?!\w)", rf"\g<1>{names[0]}", after)
        return f"{said} {names[number > 1]}", self._drop_unit(after)

    def _agree(self, number: int, after: str) -> str:
        """Write one of what is counted in the singular."""
        noun = _match_noun(self.numbers.forms.rounds, after) if number == 1 else None
        return after.replace(noun, self.numbers.forms.rounds[noun], 1) if noun else after

    def _drop_unit(self, after: str) -> str:
        """Drop a unit of time that follows a length in words: *een halve minuut* has one."""
        units = self.numbers.forms.units
        names = {*units["h"], *units["min"], *units["s"], "min", "sec"}
        found = re.match(rf"\s+(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)", after)
        return after[found.end() :] if found else after


def _match_noun(nouns: Iterable[str], after: str) -> str | None:
    """Find which of these nouns comes next."""
    return next((noun for noun in nouns if re.match(rf"\s+{re.escape(noun)}(?!\w)", after)), None)


def _find_longest_words(language: str, most_s: float) -> str:
    """Find the words that take longest of all lengths up to this, or a little more."""
    return _find_longest_up_to(language, next((up_to for up_to in _LONGEST_WORDS_UP_TO_S if most_s <= up_to), 0.0))


@cache
def _find_longest_up_to(language: str, most_s: float) -> str:
    numbers, most_s = find_numbers(language), most_s or _LONGEST_WORDS_UP_TO_S[-1]
    lengths_s = {round_length_s(seconds) for seconds in range(1, int(most_s) + 1)}
    return max(map(numbers.name_length, sorted(lengths_s)), key=find_language(language).pace.estimate_s)


@cache
def _find_longest_minutes(language: str) -> int:
    pace, numbers = find_language(language).pace, find_numbers(language)
    return max(range(1, _MOST_MINUTES + 1), key=lambda number: pace.estimate_s(numbers.say_whole(number)))
