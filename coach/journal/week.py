"""A week of running, from Monday to Sunday, and what may kindly be said of it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.journal.run import Run
from coach.journal.words import WeekWords
from coach.units import SECONDS_PER_MINUTE

LEAST_S = 300.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """An ISO week, and the runs that were begun in it by the clock where they were run, the first first."""

    monday: date
    runs: tuple[Run, ...]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        """Its number in the year, as calendars count."""
        return self.monday.isocalendar().week


def week_of(day: date, runs: Iterable[Run]) -> Week:
    """The week around a day, with those runs that are in it; one of less than five minutes was but a try."""
    monday = day - timedelta(days=day.weekday())
    within = [run for run in runs if 0 <= (run.started_at.date() - monday).days < 7 and run.ran_s >= LEAST_S]  # noqa: PLR2004
    return Week(monday=monday, runs=tuple(sorted(within, key=lambda run: run.started_at)))


def heading(week: Week, words: WeekWords) -> str:
    """The week's number and days."""
    month = words.months[week.sunday.month - 1]
    first = f"{week.monday.day}"
    if week.monday.month != week.sunday.month:
        first += f" {words.months[week.monday.month - 1]}"
    last = f"{week.sunday.day} {month} {week.sunday.year}"
    return words.week.format(number=week.number, first=first, last=last)


def sentences(week: Week, words: WeekWords, today: date) -> Iterator[str]:
    """How many runs there were, and what became of the tension; never a reproach."""
    if week.runs:
        yield words.kept[min(len(week.runs), len(words.kept)) - 1]
    else:
        yield words.none_now if week.monday <= today <= week.sunday else words.none_then
    both = [run for run in week.runs if run.tension_before is not None and run.tension_after is not None]
    if both:
        before, after = (_mean([getattr(run, name) for run in both]) for name in ("tension_before", "tension_after"))
        yield (words.tension if len(both) == 1 else words.tensions).format(before=before, after=after)


def minutes(run: Run, words: WeekWords) -> str:
    """How long a run was, to the minute."""
    return words.minutes.format(minutes=round(run.ran_s / SECONDS_PER_MINUTE))


def _mean(numbers: Sequence[int]) -> int:
    return math.floor(sum(numbers) / len(numbers) + 0.5)
