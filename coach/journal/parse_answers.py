"""Parser of answers: a tension, a need, a length, a sentence, in any of the languages."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import get_args

from coach.journal.diary import CALMEST, TENSEST
from coach.languages import LANGUAGES, find_language
from coach.languages.language import NumberWords
from coach.languages.screen_words import AnswerWords, Need, UnclearReason
from coach.text.sanitize import to_one_line
from coach.units import SECONDS_PER_MINUTE

LONGEST = 200

_SKIPS = frozenset({"", "-", "?"})

_MIN_TYPO_LETTERS = 4

_SIMILARITY = 0.75

_ARTICLE = re.compile(r"\b1 (?=\D*\d)")

_NUMBER = re.compile(r"(?<![\d-])-\d+|\d+(?:[.,]\d+)?")


class UnclearError(ValueError):
    """An answer that cannot be understood, and why."""

    def __init__(self, why: UnclearReason) -> None:
        self.why = why
        super().__init__(why)


def simplify(text: str) -> str:
    """Normalize an answer: its start, in lower case, with plain letters, without white space and stops around it."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u2019", "'").casefold().strip().rstrip(" .!")


def is_skipped(text: str) -> bool:
    """Whether the runner leaves the question open."""
    answer = simplify(text)
    return answer in _SKIPS or any(answer in answers.skips for answers in _list_answer_words())


def _list_answer_words() -> Iterator[AnswerWords]:
    return (find_language(code).answers for code in LANGUAGES)


def _match_any(words: Callable[[AnswerWords], Iterable[str]]) -> str:
    """Return a pattern of words of all languages."""
    return "|".join(word for answers in _list_answer_words() for word in words(answers))


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
    """A text in small letters with its numbers in digits; ``een`` is one of them, be it a number or an article.

    >>> words_to_digits("twenty-five, of vijfendertig")
    '25, of 35'
    """
    pattern, digits = _compile_numbers()
    return pattern.sub(lambda word: digits[word[0]], text)


@cache
def _compile_out_of_ten() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:/|{_match_any(lambda answers: answers.out_of_ten)})\s*10\b")


def parse_tension(text: str) -> int:
    """A whole number from 1 to 10: ``7``, ``7/10``, ``zeven``, ``about a seven``.

    Raises:
        UnclearError: there is no number, it is out of range, or there is more than one.
    """
    answer = _compile_out_of_ten().sub("", words_to_digits(simplify(text)))
    numbers = _NUMBER.findall(_ARTICLE.sub("", answer))  # "een zeven" has become "1 7"
    if not numbers:
        raise UnclearError("unclear")
    value = float(numbers[0].replace(",", "."))
    if len(numbers) > 1 or not (value.is_integer() or value > TENSEST):
        raise UnclearError("several")
    if not CALMEST <= value <= TENSEST:
        raise UnclearError("beyond")
    return int(value)


def parse_need(text: str) -> Need:
    """A need by its number, its first letter or its name: ``2``, ``s``, ``stilte``, ``a bit of silence``.

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
        for word in (str(number), *(word for answers in _list_answer_words() for word in answers.needs[need]))
    }


def _find_need(word: str) -> Need | None:
    """Find the need that a word means, even if it is misspelt."""
    if len(word) < _MIN_TYPO_LETTERS:
        return _map_needs().get(word)
    alike = difflib.get_close_matches(word, _map_needs(), n=1, cutoff=_SIMILARITY)
    return _map_needs()[alike[0]] if alike else None


def parse_sentence(text: str) -> str:
    """The runner's words on one line, without control characters."""
    return to_one_line(unicodedata.normalize("NFC", text))


LEAST_MIN, MOST_MIN = 5.0, 180.0

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)")


@cache
def _compile_distance() -> re.Pattern[str]:
    return re.compile(rf"\d\s*(?:{_match_any(lambda answers: answers.distances)})\b")


@cache
def _compile_amount() -> re.Pattern[str]:
    hours, minutes = _match_any(lambda answers: answers.hours), _match_any(lambda answers: answers.minutes)
    return re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:({hours})|(?:{minutes}))?(?![^\W\d_])")


@cache
def _map_phrases() -> Mapping[str, float]:
    """Map phrases for a length to minutes, the longest first, so that "three quarters" is not read as "a quarter"."""
    phrases = [phrase for answers in _list_answer_words() for phrase in answers.phrases.items()]
    return dict(sorted(phrases, key=lambda phrase: phrase[1], reverse=True))


@cache
def _map_lone_words() -> Mapping[str, float]:
    """Map words for a length without a number to minutes."""
    answers = tuple(_list_answer_words())
    return {
        **dict.fromkeys((word for each in answers for word in each.an_hour), 60.0),
        **dict.fromkeys((word for each in answers for word in each.short), 20.0),
        **dict.fromkeys((word for each in answers for word in each.long), 45.0),
    }


def parse_length_s(text: str) -> float:
    """A length of 5 minutes to 3 hours, in seconds; a number without a unit is minutes.

    Raises:
        UnclearError: there is no length, it is out of range, or there is more than one.
    """
    answer = words_to_digits(simplify(text))
    for answers in _list_answer_words():
        answer = re.sub(rf"(\d+){answers.and_a_half}\b", r"\1.5\2", answer)
    if _compile_distance().search(answer):
        raise UnclearError("unclear")
    clock = _CLOCK.fullmatch(answer)
    minutes = _parse_clock(clock) if clock else _parse_words(answer)
    if not LEAST_MIN <= minutes <= MOST_MIN:
        raise UnclearError("beyond")
    return minutes * SECONDS_PER_MINUTE


def _parse_clock(clock: re.Match[str]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return hours * 60.0 + minutes + seconds / SECONDS_PER_MINUTE


def _parse_words(answer: str) -> float:
    amounts = _compile_amount().findall(answer)
    if (minutes := _find_phrase(answer, _map_phrases())) is not None:
        return minutes
    if amounts:
        return _add_amounts(amounts)
    if (minutes := _find_phrase(answer, _map_lone_words())) is not None:
        return minutes
    raise UnclearError("unclear")


def _find_phrase(answer: str, table: Mapping[str, float]) -> float | None:
    return next((minutes for phrase, minutes in table.items() if re.search(rf"\b{phrase}\b", answer)), None)


def _add_amounts(amounts: list[tuple[str, str]]) -> float:
    """Add hours, minutes, or hours and minutes."""
    units = [bool(hours) for _, hours in amounts]
    if units not in ([True], [False], [True, False]):
        raise UnclearError("several")
    return sum(float(amount.replace(",", ".")) * (60.0 if hours else 1.0) for amount, hours in amounts)
