"""Report of a week, from Monday to Sunday: as a plot and sentences in the terminal, and as a picture."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.charts.chart_scale import AXIS_Y, FACTS_Y, GROUND_Y, HEIGHT, LEFT, NAMES_Y, RIGHT, TITLE_Y, WIDTH
from coach.charts.palette import find_kind_ink
from coach.charts.shapes import Anchor, Area, Bar, Box, Dot, Label, Picture, Point, Polyline, Shape
from coach.charts.text_metrics import estimate_text_width, wrap_title
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
    """Select the week around a day, with its runs of five minutes or more."""
    monday = day - timedelta(days=day.weekday())
    within = [run for run in runs if 0 <= (run.started_at.date() - monday).days < 7 and run.ran_s >= LEAST_S]  # noqa: PLR2004
    return Week(monday=monday, runs=tuple(sorted(within, key=lambda run: run.started_at)))


def format_heading(week: Week, words: WeekWords) -> str:
    """Format the week as a title: its number, and its first and last day."""
    month = words.months[week.sunday.month - 1]
    first = f"{week.monday.day}"
    if week.monday.month != week.sunday.month:
        first += f" {words.months[week.monday.month - 1]}"
    last = f"{week.sunday.day} {month} {week.sunday.year}"
    return words.week.format(number=week.number, first=first, last=last)


def summarize(week: Week, words: WeekWords, today: date) -> Iterator[str]:
    """Summarize the number of runs and the tension in sentences; never a reproach."""
    if week.runs:
        yield words.kept[min(len(week.runs), len(words.kept)) - 1]
    else:
        yield words.none_now if week.monday <= today <= week.sunday else words.none_then
    both = [run for run in week.runs if run.tension_before is not None and run.tension_after is not None]
    if both:
        before, after = (_average([getattr(run, name) for run in both]) for name in ("tension_before", "tension_after"))
        yield (words.tension if len(both) == 1 else words.tensions).format(before=before, after=after)


def format_minutes(run: Run, words: WeekWords) -> str:
    """Format the length of a run, rounded to minutes."""
    return words.minutes.format(minutes=round(run.ran_s / SECONDS_PER_MINUTE))


def _average(numbers: Sequence[int]) -> int:
    return math.floor(sum(numbers) / len(numbers) + 0.5)


TEXT_WIDTH = 78
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
    """Format the week as text, at most 78 columns wide, without colours."""
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
        yield from wrap_text(sentence, TEXT_WIDTH)


def _format_run(run: Run, words: WeekWords, signs: PlotSigns) -> Iterator[str]:
    started = run.started_at
    when = f"{words.days[started.weekday()]} {started.day:2} {started:%H:%M}"
    plot, tension, length = _draw_plot(run, signs), format_tension(run), format_minutes(run, words)
    yield f"{fit_to_width(when, INDENT, ellipsis=DOTS)}{plot}{tension:8}  {length:>7}".rstrip()
    for about in (run.title or words.no_title, run.lighter or ""):
        yield from (" " * INDENT + line for line in wrap_text(to_one_line(about), TEXT_WIDTH - INDENT))


def _draw_plot(run: Run, signs: PlotSigns) -> str:
    """Draw the scale of tension, with a line from the tension before to the tension after."""
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
    """Format the tension before and after, such as ``7 -> 3``; "" where both are unknown."""
    if run.tension_before is None and run.tension_after is None:
        return ""
    return f"{run.tension_before or ''} -> {run.tension_after or ''}".strip()


CALM_Y, TENSE_Y = 166.0, 98.0
LONGEST_RISE, LONGEST_MIN = 80.0, 60.0
HILL_SHARE, MOST_HILL = 0.92, 150.0
HILL_POINTS = 40
TENSION_SHARE, MOST_TENSION_WIDTH = 0.42, 56.0
BEFORE_INK, AFTER_INK = "bell", "voice"
TEXT_SIZE, TEXT_SHARE, LEAST_TEXT = 11.5, 0.92, 90.0

# A hill has the colour of the kind of block that is typical of its form of run.
HILLS = {"reset": "breathing", "long": "easy", "intervals": "brisk", "mindful": "noticing", "trail": "listening"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunPosition:
    """The position of a run on the ground line: the middle of its part, and the width of that."""

    run: Run
    x: float
    width: float


def lay_out_week(week: Week, words: WeekWords, language: str, today: date) -> Picture:
    """Lay out the week as a wide picture, 1200 by 360."""
    summary = " ".join(summarize(week, words, today))
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        title=format_heading(week, words),
        about=" ".join([summary, *(f"{_describe_run(run, words)}." for run in week.runs)]),
        language=language,
        shapes=tuple(_draw_shapes(week, words, summary)),
    )


def _describe_run(run: Run, words: WeekWords) -> str:
    when = f"{words.days[run.started_at.weekday()]} {run.started_at:%H:%M}"
    facts = [
        to_one_line(run.title or words.no_title),
        format_minutes(run, words),
        format_tension(run),
        to_one_line(run.lighter or "").rstrip("."),
    ]
    return f"{when} {', '.join(filter(None, facts))}"


def _draw_shapes(week: Week, words: WeekWords, summary: str) -> Iterator[Shape]:
    yield Label(at=(LEFT, TITLE_Y), text=format_heading(week, words), size=22.0, ink="ink", bold=True)
    yield Label(at=(LEFT, FACTS_Y), text=summary, size=13.0, ink="muted")
    parts = list(_list_days(week))
    width = (RIGHT - LEFT) / len(parts)
    middles = [LEFT + width * (index + 0.5) for index in range(len(parts))]
    positions = [
        RunPosition(run=run, x=x, width=width) for (_, run), x in zip(parts, middles, strict=True) if run is not None
    ]
    if positions:
        yield from _draw_scale(words)
    for position in positions:
        yield from _draw_hill(position, words)
    yield Polyline(paths=(((LEFT, GROUND_Y), (RIGHT, GROUND_Y)),), ink="muted")
    for position in positions:
        yield from _draw_tension(position)
        yield from _draw_text(position, words)
    for (day, _), x in zip(parts, middles, strict=True):
        name = f"{words.days[day.weekday()]} {day.day}"
        yield Label(at=(x, AXIS_Y + 2.0), text=name, size=TEXT_SIZE, ink="muted", anchor="middle")


def _list_days(week: Week) -> Iterator[tuple[date, Run | None]]:
    """List the days of the week; a day with several runs comes once for each."""
    for nth in range(7):
        day = week.monday + timedelta(days=nth)
        runs = [run for run in week.runs if run.started_at.date() == day]
        yield from ((day, run) for run in runs or (None,))


def _draw_scale(words: WeekWords) -> Iterator[Shape]:
    """Draw the background of the tensions, the ends of their scale, and a legend of the dots."""
    yield Bar(box=Box(left=LEFT, top=TENSE_Y - 12.0, right=RIGHT, bottom=CALM_Y + 12.0), radius=6.0, ink="bed")
    for level in (TENSEST, CALMEST):
        yield Label(at=(LEFT + 20.0, _level_to_y(level) + 4.0), text=f"{level}", size=10.5, ink="muted", anchor="end")
    x = RIGHT
    for caption, ink in ((words.after, AFTER_INK), (words.before, BEFORE_INK)):
        yield Label(at=(x, TITLE_Y), text=caption, size=TEXT_SIZE, ink="muted", anchor="end")
        x -= estimate_text_width(caption, TEXT_SIZE) + 12.0
        yield Dot(centre=(x, TITLE_Y - 4.0), radius=5.0, ink=ink)
        x -= 22.0


def _draw_hill(position: RunPosition, words: WeekWords) -> Iterator[Shape]:
    half = min(MOST_HILL, position.width * HILL_SHARE) / 2.0
    rise = LONGEST_RISE * min(1.0, position.run.ran_s / SECONDS_PER_MINUTE / LONGEST_MIN)
    outline = tuple(_find_hill_point(position.x, half, rise, nth / HILL_POINTS) for nth in range(HILL_POINTS + 1))
    kind = HILLS.get(position.run.form or "", "free")
    yield Area(points=outline, ink=find_kind_ink(kind), tip=_describe_run(position.run, words))
    yield Polyline(paths=(outline,), ink="cadence", width=1.6)
    label = format_minutes(position.run, words)
    yield Label(at=(position.x, GROUND_Y - rise - 6.0), text=label, size=10.5, ink="muted", anchor="middle")


def _find_hill_point(x: float, half: float, rise: float, share: float) -> Point:
    return x + half * (2.0 * share - 1.0), GROUND_Y - rise * math.sin(math.pi * share) ** 2


def _draw_tension(position: RunPosition) -> Iterator[Shape]:
    """Draw a line from the tension before, on the left, to the tension after, on the right."""
    away = min(MOST_TENSION_WIDTH, position.width * TENSION_SHARE) / 2.0
    before, after = position.run.tension_before, position.run.tension_after
    if before is not None and after is not None:
        yield Polyline(
            paths=(((position.x - away, _level_to_y(before)), (position.x + away, _level_to_y(after))),),
            ink="cadence",
            width=1.6,
        )
    if before is not None:
        yield from _draw_level(before, position.x - away, BEFORE_INK, -9.0, "end")
    if after is not None:
        yield from _draw_level(after, position.x + away, AFTER_INK, 9.0, "start")


def _draw_level(level: int, x: float, ink: str, beside: float, anchor: Anchor) -> Iterator[Shape]:
    yield Dot(centre=(x, _level_to_y(level)), radius=5.0, ink=ink)
    yield Label(at=(x + beside, _level_to_y(level) + 4.0), text=f"{level}", size=TEXT_SIZE, ink="ink", anchor=anchor)


def _level_to_y(level: int) -> float:
    return CALM_Y + (TENSE_Y - CALM_Y) * (level - CALMEST) / (TENSEST - CALMEST)


def _draw_text(position: RunPosition, words: WeekWords) -> Iterator[Label]:
    """Write the title of the session, and what feels lighter, where there is room for text."""
    if position.width < LEAST_TEXT:
        return
    lines = [("ink", line) for line in _wrap_lines(position.run.title or words.no_title, position, 1)]
    lines += [("muted", line) for line in _wrap_lines(position.run.lighter or "", position, len(NAMES_Y) - 1)]
    for y, (ink, text) in zip(NAMES_Y, lines, strict=False):
        yield Label(at=(position.x, y), text=text, size=TEXT_SIZE, ink=ink, anchor="middle")


def _wrap_lines(text: str, position: RunPosition, most: int) -> tuple[str, ...]:
    room = position.width * TEXT_SHARE
    return wrap_title(to_one_line(text), width=room, fits=((TEXT_SIZE, most),), width_of=estimate_text_width).lines
