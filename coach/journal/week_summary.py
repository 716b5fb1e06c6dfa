"""A week of running, from Monday to Sunday, and what may kindly be said of it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.journal.run import CALMEST, TENSEST, Run
from coach.languages.screen_words import WeekWords
from coach.text.cell_width import pad_to_width, tidy_text, wrap_columns
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


WIDTH = 78

INDENT = 15

STEP = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class PlotSigns:
    """The signs that a plot is drawn with."""

    before: str
    after: str
    both: str
    way: str
    scale: str

    @property
    def signs(self) -> str:
        """All of them."""
        return self.before + self.after + self.both + self.way + self.scale


FINE = PlotSigns(before="●", after="○", both="◉", way="─", scale="·")

PLAIN = PlotSigns(before="#", after="o", both="@", way="-", scale=".")


def week_to_text(week: Week, words: WeekWords, today: date, marks: PlotSigns = FINE) -> str:
    """The week in lines of 78 columns at most, without colours."""
    return "\n".join(_lines(week, words, today, marks))


def _lines(week: Week, words: WeekWords, today: date, marks: PlotSigns) -> Iterator[str]:
    yield heading(week, words)
    yield ""
    if week.runs:
        yield " " * INDENT + "".join(f"{level:<{STEP}}" for level in range(CALMEST, TENSEST + 1)).rstrip()
        for run in week.runs:
            yield from _run(run, words, marks)
        yield ""
        yield f"{' ' * INDENT}{marks.before} {words.before}  {marks.after} {words.after}"
        yield ""
    for sentence in sentences(week, words, today):
        yield from wrap_columns(sentence, WIDTH)


def _run(run: Run, words: WeekWords, marks: PlotSigns) -> Iterator[str]:
    started = run.started_at
    when = f"{words.days[started.weekday()]} {started.day:2} {started:%H:%M}"
    yield f"{pad_to_width(when, INDENT)}{_plot(run, marks)}{in_numbers(run):8}  {minutes(run, words):>7}".rstrip()
    for about in (run.title or words.no_title, run.lighter or ""):
        yield from (" " * INDENT + line for line in wrap_columns(tidy_text(about), WIDTH - INDENT))


def _plot(run: Run, marks: PlotSigns) -> str:
    """The scale of tension, with a way from where the runner was to where the runner came."""
    return "".join(
        _sign(run, level, marks) + (marks.way if _on_the_way(run, level + 0.5) else " ") * (STEP - 1)
        for level in range(CALMEST, TENSEST + 1)
    )


def _sign(run: Run, level: int, marks: PlotSigns) -> str:
    if level == run.tension_before:
        return marks.both if level == run.tension_after else marks.before
    if level == run.tension_after:
        return marks.after
    return marks.way if _on_the_way(run, level) else marks.scale


def _on_the_way(run: Run, level: float) -> bool:
    before, after = run.tension_before, run.tension_after
    return before is not None and after is not None and min(before, after) < level < max(before, after)


def in_numbers(run: Run) -> str:
    """The tension before and after, such as ``7 -> 3``; "" where neither is known."""
    if run.tension_before is None and run.tension_after is None:
        return ""
    return f"{run.tension_before or ''} -> {run.tension_after or ''}".strip()
