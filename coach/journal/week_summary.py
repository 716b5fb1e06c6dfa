"""Summary of a week, from Monday to Sunday: its runs as a plot in the terminal, and a few kind sentences."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.journal.diary import CALMEST, TENSEST, Run
from coach.languages.screen_words import WeekWords
from coach.text.cell_width import DOTS, fit_to_width, wrap_text
from coach.text.sanitize import to_one_line
from coach.units import SECONDS_PER_MINUTE

LEAST_S = 300.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """An ISO week and the runs that began in it, in local time, the earliest first."""

    monday: date
    runs: tuple[Run, ...]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        """Its number in the year (ISO 8601)."""
        return self.monday.isocalendar().week


def select_week(day: date, runs: Iterable[Run]) -> Week:
    """The week around a day, with its runs of five minutes or more."""
    monday = day - timedelta(days=day.weekday())
    within = [run for run in runs if 0 <= (run.started_at.date() - monday).days < 7 and run.ran_s >= LEAST_S]  # noqa: PLR2004
    return Week(monday=monday, runs=tuple(sorted(within, key=lambda run: run.started_at)))


def format_heading(week: Week, words: WeekWords) -> str:
    """The week as a title: its number, and its first and last day."""
    month = words.months[week.sunday.month - 1]
    first = f"{week.monday.day}"
    if week.monday.month != week.sunday.month:
        first += f" {words.months[week.monday.month - 1]}"
    last = f"{week.sunday.day} {month} {week.sunday.year}"
    return words.week.format(number=week.number, first=first, last=last)


def summarize(week: Week, words: WeekWords, today: date) -> Iterator[str]:
    """Sentences on the number of runs and on the tension; never a reproach."""
    if week.runs:
        yield words.kept[min(len(week.runs), len(words.kept)) - 1]
    else:
        yield words.none_now if week.monday <= today <= week.sunday else words.none_then
    both = [run for run in week.runs if run.tension_before is not None and run.tension_after is not None]
    if both:
        before, after = (_average([getattr(run, name) for run in both]) for name in ("tension_before", "tension_after"))
        yield (words.tension if len(both) == 1 else words.tensions).format(before=before, after=after)


def format_minutes(run: Run, words: WeekWords) -> str:
    """The length of a run, rounded to minutes."""
    return words.minutes.format(minutes=round(run.ran_s / SECONDS_PER_MINUTE))


def _average(numbers: Sequence[int]) -> int:
    return math.floor(sum(numbers) / len(numbers) + 0.5)


WIDTH = 78

INDENT = 15

STEP = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class PlotSigns:
    """The characters of a plot."""

    before: str
    after: str
    both: str
    line: str
    scale: str

    @property
    def signs(self) -> str:
        """All of them, to test whether the terminal can show them."""
        return self.before + self.after + self.both + self.line + self.scale


FINE = PlotSigns(before="●", after="○", both="◉", line="─", scale="·")

PLAIN = PlotSigns(before="#", after="o", both="@", line="-", scale=".")


def format_week(week: Week, words: WeekWords, today: date, signs: PlotSigns = FINE) -> str:
    """The week as text, at most 78 columns wide, without colours."""
    return "\n".join(_format_lines(week, words, today, signs))


def _format_lines(week: Week, words: WeekWords, today: date, signs: PlotSigns) -> Iterator[str]:
    yield format_heading(week, words)
    yield ""
    if week.runs:
        yield " " * INDENT + "".join(f"{level:<{STEP}}" for level in range(CALMEST, TENSEST + 1)).rstrip()
        for run in week.runs:
            yield from _format_run(run, words, signs)
        yield ""
        yield f"{' ' * INDENT}{signs.before} {words.before}  {signs.after} {words.after}"
        yield ""
    for sentence in summarize(week, words, today):
        yield from wrap_text(sentence, WIDTH)


def _format_run(run: Run, words: WeekWords, signs: PlotSigns) -> Iterator[str]:
    started = run.started_at
    when = f"{words.days[started.weekday()]} {started.day:2} {started:%H:%M}"
    plot, tension, length = _draw_plot(run, signs), format_tension(run), format_minutes(run, words)
    yield f"{fit_to_width(when, INDENT, ellipsis=DOTS)}{plot}{tension:8}  {length:>7}".rstrip()
    for about in (run.title or words.no_title, run.lighter or ""):
        yield from (" " * INDENT + line for line in wrap_text(to_one_line(about), WIDTH - INDENT))


def _draw_plot(run: Run, signs: PlotSigns) -> str:
    """The scale of tension, with a line from the tension before to the tension after."""
    return "".join(
        _choose_sign(run, level, signs) + (signs.line if _is_between(run, level + 0.5) else " ") * (STEP - 1)
        for level in range(CALMEST, TENSEST + 1)
    )


def _choose_sign(run: Run, level: int, signs: PlotSigns) -> str:
    if level == run.tension_before:
        return signs.both if level == run.tension_after else signs.before
    if level == run.tension_after:
        return signs.after
    return signs.line if _is_between(run, level) else signs.scale


def _is_between(run: Run, level: float) -> bool:
    before, after = run.tension_before, run.tension_after
    return before is not None and after is not None and min(before, after) < level < max(before, after)


def format_tension(run: Run) -> str:
    """The tension before and after, such as ``7 -> 3``; "" where both are unknown."""
    if run.tension_before is None and run.tension_after is None:
        return ""
    return f"{run.tension_before or ''} -> {run.tension_after or ''}".strip()
