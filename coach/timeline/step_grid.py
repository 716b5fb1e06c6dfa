"""The step grid: the n-th step falls where the integral of cadence reaches n, across all blocks without a hiccup."""

import bisect
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.session.session import Breath
from coach.timeline.timeline import Phase
from coach.units import SECONDS_PER_MINUTE, steps_to_seconds

# Steps closer to a boundary than this are on it: far below a sample, far above the error of a float.
TINY_STEPS = 1e-7


@dataclass(frozen=True, kw_only=True, slots=True)
class GridSegment:
    """A segment of time whose cadence is a straight line, and the breath cycle that steps are counted in.

    ``steps`` is the integral of cadence at its start; the cycle's first step is number ``anchor``.
    """

    start_s: float
    end_s: float
    start_spm: float
    end_spm: float
    breath: Breath
    steps: float
    anchor: int

    @property
    def mean_spm(self) -> float:
        """The mean cadence, which a straight line has half-way."""
        return (self.start_spm + self.end_spm) / 2.0

    @property
    def end_steps(self) -> float:
        """The integral of cadence at its end."""
        return self.steps + self.mean_spm * (self.end_s - self.start_s) / SECONDS_PER_MINUTE

    def steps_at(self, time_s: float) -> float:
        """The integral of cadence at a time within the segment."""
        elapsed_s = time_s - self.start_s
        slope = (self.end_spm - self.start_spm) / (self.end_s - self.start_s)
        return self.steps + (self.start_spm + slope * elapsed_s / 2.0) * elapsed_s / SECONDS_PER_MINUTE

    def spm_at(self, time_s: float) -> float:
        """The cadence at a time within the segment."""
        share = (time_s - self.start_s) / (self.end_s - self.start_s)
        return self.start_spm + (self.end_spm - self.start_spm) * share

    def time_of(self, step: float) -> float:
        """When the integral reaches ``step``: a quadratic's root, in the form that is exact for a steady cadence."""
        minutes_of_steps = (step - self.steps) * SECONDS_PER_MINUTE
        slope = (self.end_spm - self.start_spm) / (self.end_s - self.start_s)
        root = math.sqrt(max(0.0, self.start_spm**2 + 2.0 * slope * minutes_of_steps))
        return self.start_s + 2.0 * minutes_of_steps / (self.start_spm + root)

    def end_at_cycle(self, near_s: float) -> float:
        """The start of a breath cycle nearest to a time, if the segment were to end there."""
        if not self.breath.steps:
            return near_s
        steps = self.steps + self.mean_spm * (near_s - self.start_s) / SECONDS_PER_MINUTE
        cycles = round((steps - self.anchor) / self.breath.steps)
        return self.start_s + steps_to_seconds(self.anchor + cycles * self.breath.steps - self.steps, self.mean_spm)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the grid; ``count`` numbers it within its phase from 1. Without a breath cycle both are None."""

    start_s: float
    number: int
    phase: Phase | None
    count: int | None


class StepGrid:
    """The steps of a whole session.

    Args:
        blocks: for each block the segments it is run in, end to end: one, or more if its cadence changes on the way.
    """

    def __init__(self, blocks: Sequence[Sequence[GridSegment]]) -> None:
        self.blocks = tuple(tuple(segments) for segments in blocks)
        self._starts_s = [segments[0].start_s for segments in self.blocks]

    def start_s(self, index: int) -> float:
        """Where block ``index`` begins."""
        return self._starts_s[index]

    def end_s(self, index: int) -> float:
        """Where block ``index`` ends."""
        return self.blocks[index][-1].end_s

    def block_at(self, time_s: float) -> int:
        """Which block a time lies in; the last, for what lies beyond its end."""
        return max(0, bisect.bisect_right(self._starts_s, time_s) - 1)

    def stretch_at(self, time_s: float) -> GridSegment:
        """Which segment a time lies in."""
        segments = self.blocks[self.block_at(time_s)]
        return next((segment for segment in segments if time_s < segment.end_s), segments[-1])

    def steps_in(self, index: int, from_s: float | None = None) -> Iterator[Step]:
        """The steps of block ``index`` in order of time, from a time on if one is given."""
        for segment in self.blocks[index]:
            if from_s is None or from_s < segment.end_s:
                yield from self._steps(segment, from_s)

    def steps_from(self, time_s: float) -> Iterator[Step]:
        """All steps at or after a time."""
        for index in range(self.block_at(time_s), len(self.blocks)):
            yield from self.steps_in(index, time_s)

    def _steps(self, segment: GridSegment, from_s: float | None) -> Iterator[Step]:
        first = segment.steps if from_s is None else segment.steps_at(max(from_s, segment.start_s))
        number = math.ceil(first - TINY_STEPS)
        while number < segment.end_steps - TINY_STEPS:
            yield self._step(segment, number)
            number += 1

    def _step(self, segment: GridSegment, number: int) -> Step:
        phase, count = _find_phase(number - segment.anchor, segment.breath)
        return Step(start_s=segment.time_of(number), number=number, phase=phase, count=count)


def _find_phase(steps_since_anchor: int, breath: Breath) -> tuple[Phase | None, int | None]:
    if not breath.steps or steps_since_anchor < 0:
        return None, None
    position = steps_since_anchor % breath.steps
    if position < breath.steps_in:
        return "in", position + 1
    return "out", position - breath.steps_in + 1


def continue_count(previous: GridSegment | None, breath: Breath) -> tuple[float, int]:
    """Where a segment begins that follows another: its count of steps, and its cycle's first step.

    A breath that stays the same keeps its cycle; a new one begins on the next step.
    """
    if previous is None:
        return 0.0, 0
    steps = previous.end_steps
    if abs(steps - round(steps)) < TINY_STEPS:
        steps = float(round(steps))
    return steps, previous.anchor if breath == previous.breath else math.ceil(steps)
