"""Chart scales: where times and cadences are drawn, and the time axis."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.charts.shapes import Anchor, Label, Polyline
from coach.timeline.timeline import PlannedBlock, Timeline
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock

WIDTH = 1200

HEIGHT = 360

LEFT = 40.0

RIGHT = WIDTH - LEFT

EDGE = WIDTH - 8.0

TITLE_Y = 44.0

FACTS_Y = 64.0

WORDS_Y = (134.0, 119.0, 104.0, 89.0)

VOICE_TOP = 142.0

VOICE_BOTTOM = 149.0

GROUND_Y = 278.0

AXIS_Y = 293.0

NAMES_Y = (313.0, 328.0, 343.0)

WALKING_SPM = 100.0

RUNNING_SPM = 160.0

NOT_RUNNING_HEIGHT = 18.0

WALKING_HEIGHT = 36.0

RUNNING_HEIGHT = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartScale:
    """The scales of one picture: its length in seconds, and the lowest and highest cadence."""

    length_s: float
    slowest_spm: float
    fastest_spm: float

    def x(self, time_s: float) -> float:
        """The x of a time in pixels; times outside the session are drawn at its ends."""
        share = min(1.0, max(0.0, time_s / self.length_s)) if self.length_s > 0.0 else 0.0
        return LEFT + (RIGHT - LEFT) * share

    def height(self, spm: float) -> float:
        """The height of a cadence above the ground line, in pixels."""
        share = (spm - self.slowest_spm) / (self.fastest_spm - self.slowest_spm)
        return WALKING_HEIGHT + (RUNNING_HEIGHT - WALKING_HEIGHT) * share

    def end_heights(self, block: PlannedBlock) -> tuple[float, float]:
        """The height of a block at its start and its end; a block without running is low."""
        if not block.running:
            return NOT_RUNNING_HEIGHT, NOT_RUNNING_HEIGHT
        return self.height(block.start_spm), self.height(block.end_spm)

    def height_at(self, x: float, block: PlannedBlock) -> float:
        """The height of a block at an x; beyond its ends, that of the nearer end."""
        left, right = self.x(block.start_s), self.x(block.end_s)
        start_height, end_height = self.end_heights(block)
        share = min(1.0, max(0.0, (x - left) / (right - left))) if right > left else 0.0
        return start_height + (end_height - start_height) * share


def scale_for(timeline: Timeline) -> ChartScale:
    """The scales that hold the whole timeline, and at least the cadences from walking to running."""
    cadences = [spm for block in timeline.blocks if block.running for spm in (block.start_spm, block.end_spm)]
    return ChartScale(
        length_s=timeline.length_s,
        slowest_spm=min([WALKING_SPM, *cadences]),
        fastest_spm=max([RUNNING_SPM, *cadences]),
    )


STEPS_S = (5.0, 10.0, 15.0, 30.0, *(minutes * SECONDS_PER_MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240)))

LEAST_APART = 70.0

MARK = 4.0


def draw_time_axis(scale: ChartScale) -> Iterator[Polyline | Label]:
    """The ground line, marks at round times, and the whole length at its end."""
    times_s = [*_round_times(scale), scale.length_s]
    xs = [scale.x(time_s) for time_s in times_s]
    marks = (((x, GROUND_Y), (x, GROUND_Y + MARK)) for x in xs)
    yield Polyline(paths=(((LEFT, GROUND_Y), (RIGHT, GROUND_Y)), *marks), ink="muted")
    for time_s, x in zip(times_s, xs, strict=True):
        text = seconds_to_clock(round(time_s))
        yield Label(at=(x, AXIS_Y), text=text, size=10.5, ink="muted", anchor=_anchor(x))


def _anchor(x: float) -> Anchor:
    """Times stay within the margins, so the first and last are set beside their mark."""
    return "start" if x <= LEFT else "end" if x >= RIGHT else "middle"


def _round_times(scale: ChartScale) -> Iterator[float]:
    """The round times up to shortly before the end."""
    step_s = round_step_s(LEAST_APART * scale.length_s / (RIGHT - LEFT))
    time_s = 0.0
    while RIGHT - scale.x(time_s) > LEAST_APART:
        yield time_s
        time_s += step_s


def round_step_s(least_s: float) -> float:
    """The shortest round step of at least so many seconds."""
    return next((step_s for step_s in STEPS_S if step_s >= least_s), least_s)
