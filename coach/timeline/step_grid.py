"""The step grid: the n-th step falls where the integral of cadence reaches n, across all blocks without a gap."""

import bisect
import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.session.session import Breath
from coach.timeline.timeline import Phase
from coach.units import SECONDS_PER_MINUTE, steps_to_seconds

# Steps closer to a boundary than this are on it: far below a sample, far above the error of a float.
TINY_STEPS = 1e-7


@dataclass(frozen=True, kw_only=True, slots=True)
class GridSegment:
    """A stretch of time whose cadence is a straight line, and the breath cycle in which its steps are counted.

    ``steps`` is the integral of cadence at its start; step number ``anchor`` is the first of a breath cycle. Where the
    breath is in seconds, the cadence is one step a second.
    """

    start_s: float
    end_s: float
    start_spm: float
    end_spm: float
    breath: Breath
    steps: float
    anchor: float

    @property
    def mean_spm(self) -> float:
        """The mean cadence, which on a straight line is that half-way."""
        return (self.start_spm + self.end_spm) / 2.0

    @property
    def end_steps(self) -> float:
        """The integral of cadence at its end."""
        return self.steps + self.mean_spm * (self.end_s - self.start_s) / SECONDS_PER_MINUTE

    def count_steps(self, time_s: float) -> float:
        """Count steps, not rounded, up to a time within the segment: the integral of cadence."""
        elapsed_s = time_s - self.start_s
        slope = (self.end_spm - self.start_spm) / (self.end_s - self.start_s)
        return self.steps + (self.start_spm + slope * elapsed_s / 2.0) * elapsed_s / SECONDS_PER_MINUTE

    def find_spm(self, time_s: float) -> float:
        """Find the cadence at a time within the segment."""
        share = (time_s - self.start_s) / (self.end_s - self.start_s)
        return self.start_spm + (self.end_spm - self.start_spm) * share

    def find_time_s(self, step: float) -> float:
        """Find when the integral reaches ``step``: a quadratic's root, in the form exact for a steady cadence."""
        minutes_of_steps = (step - self.steps) * SECONDS_PER_MINUTE
        slope = (self.end_spm - self.start_spm) / (self.end_s - self.start_s)
        root = math.sqrt(max(0.0, self.start_spm**2 + 2.0 * slope * minutes_of_steps))
        return self.start_s + 2.0 * minutes_of_steps / (self.start_spm + root)

    def find_cycle_start_s(self, near_s: float) -> float:
        """Find the start of a breath cycle nearest to a time, if the segment were to end there."""
        if not self.breath.length:
            return near_s
        steps = self.steps + self.mean_spm * (near_s - self.start_s) / SECONDS_PER_MINUTE
        cycles = round((steps - self.anchor) / self.breath.length)
        return self.start_s + steps_to_seconds(self.anchor + cycles * self.breath.length - self.steps, self.mean_spm)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the grid. ``count`` is its number within its phase, from 1; without a breath cycle both are None.

    ``number`` is whole, unless it counts the seconds of a breath that begins or changes between two.
    """

    start_s: float
    number: float
    phase: Phase | None
    count: int | None


class StepGrid:
    """The steps of a whole session.

    ``blocks`` are the segments of each block, end to end: one, or more if its cadence is changed while it is run.
    """

    def __init__(self, blocks: Sequence[Sequence[GridSegment]]) -> None:
        self.blocks = tuple(tuple(segments) for segments in blocks)
        self.starts_s = tuple(segments[0].start_s for segments in self.blocks)
        self.ends_s = tuple(segments[-1].end_s for segments in self.blocks)

    def find_block(self, time_s: float) -> int:
        """Find the index of the block at a time; beyond the end it is that of the last."""
        return max(0, bisect.bisect_right(self.starts_s, time_s) - 1)

    def find_segment(self, time_s: float) -> GridSegment:
        """Find the segment at a time."""
        segments = self.blocks[self.find_block(time_s)]
        return next((segment for segment in segments if time_s < segment.end_s), segments[-1])

    def iter_steps(
        self, index: int, from_s: float | None = None, phases: Collection[Phase] = frozenset()
    ) -> Iterator[Step]:
        """Iterate over the steps of block ``index`` in order of time, from a time on if one is given.

        If ``phases`` are given, only the first step of each of these is meant.
        """
        for segment in self.blocks[index]:
            if from_s is None or from_s < segment.end_s:
                yield from self._iterate_segment_steps(segment, from_s, phases)

    def iter_steps_from(self, time_s: float) -> Iterator[Step]:
        """Iterate over all steps at or after a time."""
        for index in range(self.find_block(time_s), len(self.blocks)):
            yield from self.iter_steps(index, time_s)

    def _iterate_segment_steps(
        self, segment: GridSegment, from_s: float | None, phases: Collection[Phase]
    ) -> Iterator[Step]:
        steps = segment.steps if from_s is None else segment.count_steps(max(from_s, segment.start_s))
        first, end = steps - TINY_STEPS, segment.end_steps - TINY_STEPS
        length = segment.breath.length
        if not length:
            for number in () if phases else range(math.ceil(first), math.ceil(end)):
                yield Step(start_s=segment.find_time_s(number), number=number, phase=None, count=None)
            return
        beats = [beat for beat in _list_beats(segment.breath) if not phases or (beat[1] in phases and beat[2] == 1)]
        if not beats:
            return
        for cycle in itertools.count(math.floor((first - segment.anchor) / length)):
            start = segment.anchor + cycle * length
            for offset, phase, count in beats:
                if start + offset >= end:
                    return
                if start + offset >= first:
                    time_s = segment.find_time_s(start + offset)
                    yield Step(start_s=time_s, number=start + offset, phase=phase, count=count)


@lru_cache(maxsize=64)
def _list_beats(breath: Breath) -> tuple[tuple[float, Phase, int], ...]:
    """List the steps of one cycle: where in the cycle each is, its phase, and its number within that."""
    beats: list[tuple[float, Phase, int]] = []
    offset = 0.0 if breath.in_seconds else 0
    for phase, length in breath.phases:
        beats += [(offset + count, phase, count + 1) for count in range(math.ceil(length - TINY_STEPS))]
        offset += length
    return tuple(beats)


def snap_to_step(steps: float) -> float:
    """Round a count of steps that differs from a whole number by a float error only."""
    return float(round(steps)) if abs(steps - round(steps)) < TINY_STEPS else steps


def continue_count(previous: GridSegment | None, breath: Breath) -> tuple[float, float]:
    """Continue the count of steps after a segment: the count at which the next begins, and its cycle's first step.

    A breath that stays the same keeps its cycle; a new one begins on the next step, in seconds at once.
    """
    if previous is None:
        return 0.0, 0
    steps = snap_to_step(previous.end_steps)
    if breath == previous.breath:
        return steps, previous.anchor
    return steps, steps if breath.in_seconds else math.ceil(steps)
