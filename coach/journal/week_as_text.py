"""A week for the terminal: for each run a line from the tension before it to the tension after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coach.journal.columns import padded, tidy, wrapped
from coach.journal.run import CALMEST, TENSEST, Run
from coach.journal.week import Week, heading, minutes, sentences
from coach.journal.words import WeekWords

WIDTH = 78
INDENT = 15
STEP = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
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


FINE = Marks(before="●", after="○", both="◉", way="─", scale="·")
PLAIN = Marks(before="#", after="o", both="@", way="-", scale=".")


def as_text(week: Week, words: WeekWords, today: date, marks: Marks = FINE) -> str:
    """The week in lines of 78 columns at most, without colours."""
    return "\n".join(_lines(week, words, today, marks))


def _lines(week: Week, words: WeekWords, today: date, marks: Marks) -> Iterator[str]:
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
        yield from wrapped(sentence, WIDTH)


def _run(run: Run, words: WeekWords, marks: Marks) -> Iterator[str]:
    started = run.started_at
    when = f"{words.days[started.weekday()]} {started.day:2} {started:%H:%M}"
    yield f"{padded(when, INDENT)}{_plot(run, marks)}{in_numbers(run):8}  {minutes(run, words):>7}".rstrip()
    for about in (run.title or words.no_title, run.lighter or ""):
        yield from (" " * INDENT + line for line in wrapped(tidy(about), WIDTH - INDENT))


def _plot(run: Run, marks: Marks) -> str:
    """The scale of tension, with a way from where the runner was to where the runner came."""
    return "".join(
        _sign(run, level, marks) + (marks.way if _on_the_way(run, level + 0.5) else " ") * (STEP - 1)
        for level in range(CALMEST, TENSEST + 1)
    )


def _sign(run: Run, level: int, marks: Marks) -> str:
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
