"""Ticks and breath as texture: too many to draw one by one, so each slot of paper shows how much sounds there."""

import bisect
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from coach.charts.chart_scale import GROUND_Y, LEFT, ChartScale
from coach.charts.shapes import Point, Polyline
from coach.timeline.timeline import BreathSound, PlannedBlock, Tick
from coach.units import db_to_gain

TICK_SLOT = 4.0

TICK_SHARE = 0.2

BREATH_SLOT = 16.0

BREATH_FOOT_SHARE = 0.32

BREATH_SHARE = 0.2

HUMP_POINTS = 8

NEAR_SLOTS = 2

FAINTEST = 0.15

DensityPath = tuple[Point, ...]

DensityPainter = Callable[[float, float, float], DensityPath]


def ticks(events: Sequence[Tick], blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Polyline]:
    """A row of hairlines at the foot of each block that ticks: shorter where softer, fewer where they thin out."""

    def hair(x: float, rise: float, share: float) -> DensityPath:
        return (x, GROUND_Y - 1.0), (x, GROUND_Y - 1.0 - rise * TICK_SHARE * share)

    yield from _texture(_loudness(events, frame, TICK_SLOT), TICK_SLOT, blocks, frame, hair)


def breaths(events: Sequence[BreathSound], blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Polyline]:
    """A row of humps in each block that breathes aloud: lower where softer."""

    def hump(x: float, rise: float, share: float) -> DensityPath:
        foot = GROUND_Y - rise * BREATH_FOOT_SHARE
        return tuple(
            _on_hump(x, foot, rise * BREATH_SHARE * share, part / HUMP_POINTS) for part in range(HUMP_POINTS + 1)
        )

    yield from _texture(_loudness(events, frame, BREATH_SLOT), BREATH_SLOT, blocks, frame, hump)


def _on_hump(x: float, foot: float, height: float, share: float) -> Point:
    return x + (share - 0.5) * BREATH_SLOT, foot - height * math.sin(math.pi * share) ** 2


def _loudness(events: Sequence[Tick | BreathSound], frame: ChartScale, slot: float) -> Mapping[int, float]:
    """The amplitudes in each slot that has any, evened out with its neighbours', as a share of the most there is."""
    own: dict[int, float] = defaultdict(float)
    for event in events:
        own[int((frame.x(event.start_s) - LEFT) / slot)] += db_to_gain(event.gain_db)
    evened = {index: _evened(own, index) for index in sorted(own)}
    most = max(evened.values(), default=1.0) or 1.0
    return {index: max(FAINTEST, power / most) for index, power in evened.items()}


def _evened(own: Mapping[int, float], index: int) -> float:
    """The mean over the slots around that have any: how many ticks fall in a slot changes by one from slot to slot."""
    around = [own[near] for near in range(index - NEAR_SLOTS, index + NEAR_SLOTS + 1) if near in own]
    return sum(around) / len(around)


def _texture(
    loudness: Mapping[int, float], slot: float, blocks: Sequence[PlannedBlock], frame: ChartScale, drawn: DensityPainter
) -> Iterator[Polyline]:
    """One line of many strokes for each block."""
    starts = [frame.x(block.start_s) for block in blocks]
    strokes: dict[int, list[DensityPath]] = defaultdict(list)
    for index, share in loudness.items():
        x = LEFT + (index + 0.5) * slot
        block = bisect.bisect_right(starts, x) - 1
        if block >= 0 and starts[block] <= x - slot / 2.0 and x + slot / 2.0 <= frame.x(blocks[block].end_s):
            strokes[block].append(drawn(x, frame.rise_at(x, blocks[block]), share))
    for paths in strokes.values():
        yield Polyline(paths=tuple(paths), ink="paper", width=1.3)
