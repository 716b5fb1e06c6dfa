"""What the diary says to a runner; a page per language beside this one holds the words themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Why = Literal["unclear", "beyond", "several"]

Reason = Literal[
    "fresh-air", "time", "silence", "late", "restless", "weekend", "movement", "rhythm", "morning", "reset"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question, and what is said when its answer is not understood."""

    asks: str
    repeats: Mapping[Why, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekWords:
    """What is said of a week. ``days`` begin on Monday, ``months`` in January.

    ``kept`` is for so many runs (the last for that many and more); ``none_now`` and ``none_then`` for a week without,
    this one or another. In braces: ``tension`` and ``tensions`` have {before} and {after}, ``week`` {number},
    {first} and {last}, ``minutes`` {minutes}.
    """

    week: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    before: str
    after: str
    minutes: str
    none_now: str
    none_then: str
    kept: tuple[str, ...]
    tension: str
    tensions: str
    no_title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalWords:
    """Everything in one language.

    In braces: ``lower`` and ``higher`` have {before} and {after}, ``same`` {after}; ``fitting``, ``no_shorter`` and
    ``no_longer``, of which one follows ``why``, have {title} and {minutes}; what ``begin`` repeats has {names}.
    """

    welcome: str
    tension: Question
    need: Question
    wanted: Question
    skipping: str
    leave: str
    back: str
    tension_again: Question
    lower: str
    same: str
    higher: str
    lighter: Question
    stretch: str
    kept: str
    why: Mapping[Reason, str]
    fitting: str
    no_shorter: str
    no_longer: str
    begin: Question
    week: WeekWords
