"""The ground the landscape stands on, with its minutes."""

from collections.abc import Iterator

from coach.pictures.frame import AXIS_Y, GROUND_Y, LEFT, RIGHT, Frame
from coach.pictures.shapes import Anchor, Label, Line
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock

STEPS_S = (5.0, 10.0, 15.0, 30.0, *(minutes * SECONDS_PER_MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240)))
LEAST_APART = 70.0
MARK = 4.0


def minutes(frame: Frame) -> Iterator[Line | Label]:
    """The ground line, a mark at every so many minutes, and the whole length at its end."""
    times_s = [*_times(frame), frame.length_s]
    xs = [frame.x(time_s) for time_s in times_s]
    marks = (((x, GROUND_Y), (x, GROUND_Y + MARK)) for x in xs)
    yield Line(paths=(((LEFT, GROUND_Y), (RIGHT, GROUND_Y)), *marks), ink="muted")
    for time_s, x in zip(times_s, xs, strict=True):
        text = seconds_to_clock(round(time_s))
        yield Label(at=(x, AXIS_Y), text=text, size=10.5, ink="muted", anchor=_anchor(x))


def _anchor(x: float) -> Anchor:
    """Times stay within the margins, so the first and last stand beside their mark."""
    return "start" if x <= LEFT else "end" if x >= RIGHT else "middle"


def _times(frame: Frame) -> Iterator[float]:
    """The round times up to shortly before the end."""
    step_s = round_step_s(LEAST_APART * frame.length_s / (RIGHT - LEFT))
    time_s = 0.0
    while RIGHT - frame.x(time_s) > LEAST_APART:
        yield time_s
        time_s += step_s


def round_step_s(least_s: float) -> float:
    """The shortest round time that is no shorter than this."""
    return next((step_s for step_s in STEPS_S if step_s >= least_s), least_s)
