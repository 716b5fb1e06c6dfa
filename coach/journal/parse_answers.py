"""What a runner types, understood: a tension, a need, a sentence. How long to run is in ``minutes``."""

import difflib
import re
import unicodedata
from collections.abc import Mapping

from coach.journal.run import CALMEST, TENSEST, Need
from coach.languages.journal_words import Why
from coach.languages.number_words import words_to_digits
from coach.units import SECONDS_PER_MINUTE

"""Why an answer was not understood: no telling what it says, outside of what can be, or more than one answer."""

LONGEST = 200

_SKIPS = {"", "-", "?", "skip", "pass", "none", "no idea", "don't know", "i don't know"} | {
    "sla over", "overslaan", "geen", "geen idee", "weet niet", "weet ik niet"
}  # fmt: skip

_NAMES: Mapping[Need, str] = {
    "movement": "1 m b movement move moving beweging bewegen",
    "silence": "2 s silence silent quiet stilte stil",
    "rhythm": "3 r rhythm ritme",
    "fresh-air": "4 f l fresh air outside outdoors frisse lucht buitenlucht buiten",
}

_NEEDS: Mapping[str, Need] = {name: need for need, names in _NAMES.items() for name in names.split()}

_LETTERS_OF_A_TYPO = 4

_LIKENESS = 0.75

_OUT_OF_TEN = re.compile(r"\s*(?:/|out of|van de|van|op de|op)\s*10\b")

_ARTICLE = re.compile(r"\b1 (?=\D*\d)")

_NUMBER = re.compile(r"(?<![\d-])-\d+|\d+(?:[.,]\d+)?")


class UnclearError(ValueError):
    """An answer that was not understood, and why."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


def simplify(text: str) -> str:
    """As much of a text as an answer takes, without capitals, wide or curly signs, and whatever is around it."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u2019", "'").casefold().strip().rstrip(" .!")


def is_skipped(text: str) -> bool:
    """Whether an answer says that there will be none."""
    return simplify(text) in _SKIPS


def parse_tension(text: str) -> int:
    """A whole number from 1 to 10: ``7``, ``7/10``, ``zeven``, ``about a seven``.

    Raises:
        UnclearError: there is no number, none of these, or more than one.
    """
    said = _OUT_OF_TEN.sub("", words_to_digits(simplify(text)))
    numbers = _NUMBER.findall(_ARTICLE.sub("", said))  # "een zeven" has become "1 7"
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
        UnclearError: there is none, or more than one.
    """
    words = re.findall(r"\w+", simplify(text))
    found = {known for known in map(_need, words) if known is not None}
    if len(found) != 1:
        raise UnclearError("several" if found else "unclear")
    return found.pop()


def _need(word: str) -> Need | None:
    """The need that a word stands for, also when it is misspelt."""
    if len(word) < _LETTERS_OF_A_TYPO:
        return _NEEDS.get(word)
    alike = difflib.get_close_matches(word, _NEEDS, n=1, cutoff=_LIKENESS)
    return _NEEDS[alike[0]] if alike else None


def parse_sentence(text: str) -> str:
    """The runner's words on one line, as they are but for what a keyboard adds to them."""
    letters = (" " if unicodedata.category(letter) == "Cc" else letter for letter in unicodedata.normalize("NFC", text))
    return " ".join("".join(letters).split())


LEAST_MIN, MOST_MIN = 5.0, 180.0

_DISTANCE = re.compile(r"\d\s*(?:k|km|kilomet\w*|miles?|mijl)\b")

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)")

_AND_A_HALF = re.compile(r"(\d+)( uur| hours?)? (?:en|and) (?:1|a) hal(?:f|ve)\b")

# The first that is found among the words.
_PHRASES: Mapping[str, float] = {
    "hour and a half": 90.0,
    "anderhalf uur": 90.0,
    "3 quarters": 45.0,
    "3 kwartier": 45.0,
    "driekwart": 45.0,
    "5 kwartier": 75.0,
    "half": 30.0,
    "halfuur": 30.0,
    "halfuurtje": 30.0,
    "quarter": 15.0,
    "kwartier": 15.0,
    "kwartiertje": 15.0,
}

_HOURS, _MINUTES = "h|hrs?|hours?|u|uur|uren|uurtje", r"m|mins?|minutes?|minuut|minuten|minuutjes?"

_AMOUNT = re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:({_HOURS})|(?:{_MINUTES}))?(?![^\W\d_])")

_ALONE: Mapping[str, float] = {
    **dict.fromkeys(("hour", "uur", "uurtje"), 60.0),
    **dict.fromkeys(("short", "shorter", "kort", "korter"), 20.0),
    **dict.fromkeys(("long", "longer", "lang", "langer"), 45.0),
}


def parse_length_s(text: str) -> float:
    """A length of 5 minutes to 3 hours, in seconds; a number without a unit is minutes.

    Raises:
        UnclearError: there is no length, it is shorter or longer than that, or there is more than one.
    """
    said = _AND_A_HALF.sub(r"\1.5\2", words_to_digits(simplify(text)))
    if _DISTANCE.search(said):
        raise UnclearError("unclear")
    clock = _CLOCK.fullmatch(said)
    minutes = _on_the_clock(clock) if clock else _in_words(said)
    if not LEAST_MIN <= minutes <= MOST_MIN:
        raise UnclearError("beyond")
    return minutes * SECONDS_PER_MINUTE


def _on_the_clock(clock: re.Match[str]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return hours * 60.0 + minutes + seconds / SECONDS_PER_MINUTE


def _in_words(said: str) -> float:
    amounts = _AMOUNT.findall(said)
    if (named := _named(said, _PHRASES)) is not None:
        return named
    if amounts:
        return _added(amounts)
    if (named := _named(said, _ALONE)) is not None:
        return named
    raise UnclearError("unclear")


def _named(said: str, table: Mapping[str, float]) -> float | None:
    return next((minutes for phrase, minutes in table.items() if re.search(rf"\b{phrase}\b", said)), None)


def _added(amounts: list[tuple[str, str]]) -> float:
    """Hours, minutes, or hours and minutes."""
    units = [bool(hours) for _, hours in amounts]
    if units not in ([True], [False], [True, False]):
        raise UnclearError("several")
    return sum(float(amount.replace(",", ".")) * (60.0 if hours else 1.0) for amount, hours in amounts)
