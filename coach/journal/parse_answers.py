"""Parser of answers: a tension, a need, a length, a sentence, in any of the languages."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal, get_args

from coach.journal.diary import CALMEST, TENSEST
from coach.languages import LANGUAGES, find_language
from coach.languages.screen_words import AnswerWords, Need, NumberWords, UnclearReason
from coach.text.sanitize import to_one_line
from coach.units import SECONDS_PER_MINUTE

LONGEST = 200
_SKIPS = frozenset({"", "-", "?"})
_MIN_TYPO_LETTERS = 4
_SIMILARITY = 0.75
_ARTICLE = re.compile(r"\b1 (?=\D*\d)")
_NUMBER = re.compile(r"(?<![\d-])-\d+|\d+(?:[.,]\d+)?")


class UnclearError(ValueError):
    """An answer that cannot be understood, and why; ``names`` are those to choose from."""

    def __init__(self, why: UnclearReason, *, names: Sequence[str] = ()) -> None:
        self.why = why
        self.names = names
        super().__init__(why)


def simplify(text: str) -> str:
    """Normalize an answer: its start, in lower case, with plain letters, without white space and stops around it."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u2019", "'").casefold().strip().rstrip(" .!")


def is_skipped(text: str) -> bool:
    """Return whether the runner leaves the question open."""
    answer = simplify(text)
    return answer in _SKIPS or any(answer in answers.skips for answers in list_answer_words())


def list_answer_words() -> Iterator[AnswerWords]:
    """List the words of answers of all languages: a runner may answer in any."""
    return (find_language(code).answers for code in LANGUAGES)


def match_any(words: Callable[[AnswerWords], Iterable[str]]) -> str:
    """Return a pattern of words of all languages."""
    return "|".join(word for answers in list_answer_words() for word in words(answers))


@cache
def _compile_numbers() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Compile a pattern of all number words, the longest first; map them to their digits."""
    digits = {
        word: str(number) for code in LANGUAGES for word, number in _spell_numbers(find_language(code).number_words)
    }
    words = "|".join(map(re.escape, sorted(digits, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])"), digits


def _spell_numbers(words: NumberWords) -> Iterator[tuple[str, int]]:
    units = tuple(zip(words.units, range(1, 10), strict=True))
    tens = tuple(zip(words.tens, range(20, 70, 10), strict=True))
    yield words.zero, 0
    yield from (*units, *zip(words.teens, range(10, 20), strict=True), *tens)
    yield from words.others.items()
    for form, (ten, base), (unit, number) in product(words.compounds, tens, units):
        yield form.format(tens=ten, unit=unit), base + number


def words_to_digits(text: str) -> str:
    """Put the numbers of a text in small letters in digits; ``een`` is one, be it a number or an article.

    >>> words_to_digits("twenty-five, of vijfendertig")
    '25, of 35'
    """
    pattern, digits = _compile_numbers()
    return pattern.sub(lambda word: digits[word[0]], text)


@cache
def _compile_out_of_ten() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:/|{match_any(lambda answers: answers.out_of_ten)})\s*10\b")


def parse_tension(text: str) -> int:
    """Parse a whole number from 1 to 10: ``7``, ``7/10``, ``zeven``, ``about a seven``.

    Raises:
        UnclearError: there is no number, it is out of range, or there is more than one.
    """
    answer = _compile_out_of_ten().sub("", words_to_digits(simplify(text)))
    answer = _ARTICLE.sub("", answer)  # "een zeven" has become "1 7"
    numbers = _NUMBER.findall(answer)
    if not numbers and _is_feeling(answer):
        raise UnclearError("feeling")
    amounts = tuple(_find_amounts(answer))
    if not numbers or any(amount.unit != "n" for amount in amounts):
        raise UnclearError("unclear")
    value = float(numbers[0].replace(",", "."))
    if len(numbers) > 1 or not (value.is_integer() or value > TENSEST):
        raise UnclearError("several")
    if not CALMEST <= value <= TENSEST:
        raise UnclearError("beyond")
    return int(value)


def _is_feeling(answer: str) -> bool:
    """Return whether an answer tells in words or in signs how tense somebody is."""
    words = match_any(lambda answers: answers.feelings)
    return bool(re.search(rf"\b(?:{words})\b", answer)) or any(unicodedata.category(sign) == "So" for sign in answer)


def parse_need(text: str) -> Need:
    """Parse a need by its number, first letter or name: ``2``, ``s``, ``stilte``, ``a bit of silence``.

    Raises:
        UnclearError: there is no need in it, or more than one.
    """
    words = re.findall(r"\w+", simplify(text))
    found = {known for known in map(_find_need, words) if known is not None}
    if len(found) != 1:
        raise UnclearError("several" if found else "unclear")
    return found.pop()


@cache
def _map_needs() -> Mapping[str, Need]:
    """Map all words for a need, and its number, to the need."""
    return {
        word: need
        for number, need in enumerate(get_args(Need), start=1)
        for word in (str(number), *(word for answers in list_answer_words() for word in answers.needs[need]))
    }


def _find_need(word: str) -> Need | None:
    """Find the need that a word means, even if it is misspelt."""
    if len(word) < _MIN_TYPO_LETTERS:
        return _map_needs().get(word)
    alike = difflib.get_close_matches(word, _map_needs(), n=1, cutoff=_SIMILARITY)
    return _map_needs()[alike[0]] if alike else None


def parse_sentence(text: str) -> str:
    """Put the runner's words on one line, without control characters."""
    return to_one_line(unicodedata.normalize("NFC", text))


LEAST_MIN, MOST_MIN = 5.0, 180.0
_CLOCK = re.compile(r"(?:(\d{1,2}):(?=[0-5]))?(\d{1,3}):([0-5]\d)")
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)(\s*)-?([^\W\d_]*)")

Unit = Literal["h", "m", "s", "n"]

_MINUTES_PER: Mapping[Unit, float] = {"h": 60.0, "m": 1.0, "n": 1.0, "s": 1.0 / SECONDS_PER_MINUTE}

# A number without a unit is minutes, alone or after hours.
_TOGETHER = frozenset({"h", "m", "s", "n", "hm", "hn", "hms", "ms"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Amount:
    """A number in an answer, with its unit: hours, minutes, seconds or none."""

    number: float
    unit: Unit


@cache
def _compile_units() -> tuple[tuple[Unit, re.Pattern[str]], ...]:
    words: tuple[tuple[Unit, Callable[[AnswerWords], Iterable[str]]], ...] = (
        ("h", lambda answers: answers.hours),
        ("m", lambda answers: answers.minutes),
        ("s", lambda answers: answers.seconds),
        ("n", lambda answers: answers.fillers),
    )
    return tuple((unit, re.compile(match_any(choose))) for unit, choose in words)


def _find_amounts(answer: str) -> Iterator[_Amount]:
    """Find all numbers of an answer, with their units.

    Raises:
        UnclearError: a word that is no unit clings to a number, or follows it.
    """
    end = 0
    for found in _AMOUNT.finditer(answer):
        number, gap, word = found.groups()
        if re.search(r"[^\W\d_]$", answer[end : found.start()]):
            raise UnclearError("unclear")
        unit = next((unit for unit, pattern in _compile_units() if pattern.fullmatch(word)), None) if word else "n"
        if unit is None or (unit == "n" and word not in {"", "ish"} and not gap):
            raise UnclearError("unclear")
        yield _Amount(number=float(number.replace(",", ".")), unit=unit)
        end = found.end()


@cache
def _compile_distance() -> re.Pattern[str]:
    return re.compile(rf"\d\s*(?:{match_any(lambda answers: answers.distances)})\b")


@cache
def _map_phrases() -> Mapping[str, float]:
    """Map phrases for a length to minutes, the longest first, so that "three quarters" is not read as "a quarter"."""
    phrases = [phrase for answers in list_answer_words() for phrase in answers.phrases.items()]
    return dict(sorted(phrases, key=lambda phrase: phrase[1], reverse=True))


@cache
def _map_lone_words() -> Mapping[str, float]:
    """Map words for a short or a long run to minutes."""
    answers = tuple(list_answer_words())
    return {
        **dict.fromkeys((word for each in answers for word in each.short), 20.0),
        **dict.fromkeys((word for each in answers for word in each.long), 45.0),
    }


def parse_length_s(text: str, least_min: float = LEAST_MIN, most_min: float = MOST_MIN) -> float:
    """Parse a length of 5 minutes to 3 hours, or of other limits, in seconds; a number without a unit is minutes.

    Raises:
        UnclearError: there is no length, it is out of range, or there is more than one.
    """
    answer = words_to_digits(simplify(text))
    for answers in list_answer_words():
        answer = re.sub(rf"(\d+){answers.and_a_half}\b", r"\1.5\2", answer)
    if _compile_distance().search(answer):
        raise UnclearError("unclear")
    if re.match(r"-\s*\d", answer):
        raise UnclearError("beyond")
    clock = _CLOCK.fullmatch(answer)
    minutes = _parse_clock(clock) if clock else _parse_words(answer)
    if not least_min <= minutes <= most_min:
        raise UnclearError("beyond")
    return minutes * SECONDS_PER_MINUTE


def _parse_clock(clock: re.Match[str]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return hours * 60.0 + minutes + seconds / SECONDS_PER_MINUTE


def _parse_words(answer: str) -> float:
    amounts = tuple(_find_amounts(_name_units(answer)))
    if not amounts:
        alone = (minutes for word, minutes in _map_lone_words().items() if re.search(rf"\b{word}\b", answer))
        if (minutes := next(alone, None)) is None:
            raise UnclearError("unclear")
        return minutes
    units = "".join(amount.unit for amount in amounts)
    if units not in _TOGETHER:
        raise UnclearError("several")
    return sum(amount.number * _MINUTES_PER[amount.unit] for amount in amounts)


@cache
def _compile_phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile a pattern for each phrase, with the article before it and the hour after it; and what it means."""
    hours = match_any(lambda answers: (*answers.hours, *answers.an_hour))
    an_hour = match_any(lambda answers: answers.an_hour)
    before, after = r"(?:\b(?:1|a) )?\b", rf"\b(?:(?: of)?(?: (?:1|an?))? (?:{hours})\b)?"
    return (
        *((re.compile(f"{before}{phrase}{after}"), f"{minutes:g} m") for phrase, minutes in _map_phrases().items()),
        (re.compile(rf"(?<!\d)(?<!\d )\b(?:{an_hour})\b"), "1 h"),
    )


def _name_units(answer: str) -> str:
    """Write phrases for a length in minutes: *a quarter of an hour* becomes *15 m*."""
    answer = " ".join(answer.split())
    for pattern, meant in _compile_phrases():
        answer = pattern.sub(meant, answer)
    return answer
