"""How long a runner wants to run, from words such as ``25``, ``half an hour`` or ``vijf kwartier``."""

import re
from collections.abc import Mapping

from coach.journal.answers import UnclearError, plainly
from coach.journal.numbers import in_digits
from coach.units import SECONDS_PER_MINUTE

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


def wanted_s(text: str) -> float:
    """A length of 5 minutes to 3 hours, in seconds; a number without a unit is minutes.

    Raises:
        UnclearError: there is no length, it is shorter or longer than that, or there is more than one.
    """
    said = _AND_A_HALF.sub(r"\1.5\2", in_digits(plainly(text)))
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
