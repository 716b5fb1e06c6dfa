"""Chart of a week: a hill for each run, as high as it was long, and the change of tension above it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coach.charts.chart_scale import AXIS_Y, FACTS_Y, GROUND_Y, HEIGHT, LEFT, NAMES_Y, RIGHT, TITLE_Y, WIDTH
from coach.charts.palette import ink_of_kind
from coach.charts.shapes import Anchor, Area, Bar, Box, Dot, Label, Picture, Point, Polyline, Shape
from coach.charts.text_metrics import text_width, wrap_title
from coach.journal.diary import CALMEST, TENSEST, Run
from coach.journal.week_summary import Week, format_heading, format_minutes, format_tension, summarize
from coach.languages.screen_words import WeekWords
from coach.text.sanitize import to_one_line
from coach.units import SECONDS_PER_MINUTE

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
    """The week as a wide picture, 1200 by 360."""
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
    """The days of the week; a day with several runs comes once for each."""
    for nth in range(7):
        day = week.monday + timedelta(days=nth)
        runs = [run for run in week.runs if run.started_at.date() == day]
        yield from ((day, run) for run in runs or (None,))


def _draw_scale(words: WeekWords) -> Iterator[Shape]:
    """The background of the tensions, the ends of their scale, and a legend of the dots."""
    yield Bar(box=Box(left=LEFT, top=TENSE_Y - 12.0, right=RIGHT, bottom=CALM_Y + 12.0), radius=6.0, ink="bed")
    for level in (TENSEST, CALMEST):
        yield Label(at=(LEFT + 20.0, _level_to_y(level) + 4.0), text=f"{level}", size=10.5, ink="muted", anchor="end")
    x = RIGHT
    for caption, ink in ((words.after, AFTER_INK), (words.before, BEFORE_INK)):
        yield Label(at=(x, TITLE_Y), text=caption, size=TEXT_SIZE, ink="muted", anchor="end")
        x -= text_width(caption, TEXT_SIZE) + 12.0
        yield Dot(centre=(x, TITLE_Y - 4.0), radius=5.0, ink=ink)
        x -= 22.0


def _draw_hill(position: RunPosition, words: WeekWords) -> Iterator[Shape]:
    half = min(MOST_HILL, position.width * HILL_SHARE) / 2.0
    rise = LONGEST_RISE * min(1.0, position.run.ran_s / SECONDS_PER_MINUTE / LONGEST_MIN)
    outline = tuple(_find_hill_point(position.x, half, rise, nth / HILL_POINTS) for nth in range(HILL_POINTS + 1))
    kind = HILLS.get(position.run.form or "", "free")
    yield Area(points=outline, ink=ink_of_kind(kind), tip=_describe_run(position.run, words))
    yield Polyline(paths=(outline,), ink="cadence", width=1.6)
    label = format_minutes(position.run, words)
    yield Label(at=(position.x, GROUND_Y - rise - 6.0), text=label, size=10.5, ink="muted", anchor="middle")


def _find_hill_point(x: float, half: float, rise: float, share: float) -> Point:
    return x + half * (2.0 * share - 1.0), GROUND_Y - rise * math.sin(math.pi * share) ** 2


def _draw_tension(position: RunPosition) -> Iterator[Shape]:
    """A line from the tension before, on the left, to the tension after, on the right."""
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
    """The title of the session, and what feels lighter, where there is room for text."""
    if position.width < LEAST_TEXT:
        return
    lines = [("ink", line) for line in _wrap_lines(position.run.title or words.no_title, position, 1)]
    lines += [("muted", line) for line in _wrap_lines(position.run.lighter or "", position, len(NAMES_Y) - 1)]
    for y, (ink, text) in zip(NAMES_Y, lines, strict=False):
        yield Label(at=(position.x, y), text=text, size=TEXT_SIZE, ink=ink, anchor="middle")


def _wrap_lines(text: str, position: RunPosition, most: int) -> tuple[str, ...]:
    room = position.width * TEXT_SHARE
    return wrap_title(to_one_line(text), width=room, fits=((TEXT_SIZE, most),), width_of=text_width).lines
