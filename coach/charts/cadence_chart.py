"""Cadence chart: each block as an area in its colour, as high as its cadence, with its name below.

Ticks and breaths are too many to draw one by one, so their density is drawn slot by slot within the blocks.
"""

import bisect
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from coach.charts.chart_scale import (
    AXIS_Y,
    GROUND_Y,
    LEFT,
    NAMES_Y,
    ChartScale,
    LabelRequest,
    LabelRows,
    place_label_groups,
)
from coach.charts.palette import ink_of_block
from coach.charts.shapes import Anchor, Area, Label, Point, Polyline
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import BreathSound, PlannedBlock, Tick
from coach.units import db_to_gain, seconds_to_clock, seconds_to_text

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


def draw_ticks(events: Sequence[Tick], blocks: Sequence[PlannedBlock], scale: ChartScale) -> Iterator[Polyline]:
    """Draw hairlines at the bottom of each block with ticks: shorter where softer, fewer where ticks thin out."""

    def hair(x: float, height: float, share: float) -> DensityPath:
        return (x, GROUND_Y - 1.0), (x, GROUND_Y - 1.0 - height * TICK_SHARE * share)

    yield from _draw_density(_measure_slots(events, scale, TICK_SLOT), TICK_SLOT, blocks, scale, hair)


def draw_breaths(
    events: Sequence[BreathSound], blocks: Sequence[PlannedBlock], scale: ChartScale
) -> Iterator[Polyline]:
    """Draw a row of humps in each block with breath sounds: lower where softer."""

    def hump(x: float, height: float, share: float) -> DensityPath:
        foot = GROUND_Y - height * BREATH_FOOT_SHARE
        return tuple(
            _find_hump_point(x, foot, height * BREATH_SHARE * share, part / HUMP_POINTS)
            for part in range(HUMP_POINTS + 1)
        )

    yield from _draw_density(_measure_slots(events, scale, BREATH_SLOT), BREATH_SLOT, blocks, scale, hump)


def _find_hump_point(x: float, foot: float, height: float, share: float) -> Point:
    return x + (share - 0.5) * BREATH_SLOT, foot - height * math.sin(math.pi * share) ** 2


def _measure_slots(events: Sequence[Tick | BreathSound], scale: ChartScale, slot: float) -> Mapping[int, float]:
    """Sum the amplitudes in each slot that has any, smoothed, as shares of the largest."""
    own: dict[int, float] = defaultdict(float)
    for event in events:
        own[int((scale.find_x(event.start_s) - LEFT) / slot)] += db_to_gain(event.gain_db)
    smoothed = {index: _smooth(own, index) for index in sorted(own)}
    most = max(smoothed.values(), default=1.0) or 1.0
    return {index: max(FAINTEST, power / most) for index, power in smoothed.items()}


def _smooth(own: Mapping[int, float], index: int) -> float:
    """Average the near slots that have any, as the number of ticks in a slot varies by one."""
    around = [own[near] for near in range(index - NEAR_SLOTS, index + NEAR_SLOTS + 1) if near in own]
    return sum(around) / len(around)


def _draw_density(
    loudness: Mapping[int, float], slot: float, blocks: Sequence[PlannedBlock], scale: ChartScale, drawn: DensityPainter
) -> Iterator[Polyline]:
    """Draw one polyline of many strokes for each block."""
    starts = [scale.find_x(block.start_s) for block in blocks]
    strokes: dict[int, list[DensityPath]] = defaultdict(list)
    for index, share in loudness.items():
        x = LEFT + (index + 0.5) * slot
        block = bisect.bisect_right(starts, x) - 1
        if block >= 0 and starts[block] <= x - slot / 2.0 and x + slot / 2.0 <= scale.find_x(blocks[block].end_s):
            strokes[block].append(drawn(x, scale.find_height_at(x, blocks[block]), share))
    for paths in strokes.values():
        yield Polyline(paths=tuple(paths), ink="paper", width=1.3)


NAMES = LabelRows(baselines=NAMES_Y, foot_y=AXIS_Y + 5.0, size=12.0, leader_width=2.5, both_sides=True)
NAME_LEAST_WIDTH = 64.0
GAP = 1.0
NUMBER_SIZE = 10.5
NUMBER_GAP = 5.0
NUMBER_ROOM = 24.0
RAMP_SPM = 2.0


def draw_blocks(blocks: Sequence[PlannedBlock], scale: ChartScale) -> Iterator[Area]:
    """Draw an area for each block, to scale, with a thin gap before the next."""
    for block in blocks:
        left, right = scale.find_x(block.start_s), scale.find_x(block.end_s)
        right = max(left, right - min(GAP, (right - left) / 3.0))
        start_height, end_height = scale.find_end_heights(block)
        outline = (left, GROUND_Y), (left, GROUND_Y - start_height), (right, GROUND_Y - end_height), (right, GROUND_Y)
        yield Area(points=outline, ink=ink_of_block(block), tip=_format_tip(block))


def _format_tip(block: PlannedBlock) -> str:
    lasts = seconds_to_text(round(block.end_s - block.start_s))
    return f"{seconds_to_clock(block.start_s)} {to_one_line(block.title)} ({lasts})"


def draw_cadence(blocks: Sequence[PlannedBlock], scale: ChartScale) -> Iterator[Polyline]:
    """Draw the cadence as a line along the tops of all blocks that are run or walked."""
    paths: list[list[Point]] = []
    before: PlannedBlock | None = None
    for block in blocks:
        if block.running:
            if before is None or not before.running:
                paths.append([])
            start_height, end_height = scale.find_end_heights(block)
            paths[-1] += [
                (scale.find_x(block.start_s), GROUND_Y - start_height),
                (scale.find_x(block.end_s), GROUND_Y - end_height),
            ]
        before = block
    if paths:
        yield Polyline(paths=tuple(map(tuple, paths)), ink="cadence", width=1.6)


def draw_cadence_numbers(blocks: Sequence[PlannedBlock], scale: ChartScale) -> Iterator[Label]:
    """Write each cadence where it first occurs: over the middle of a steady block, at the ends of a ramp."""
    shown: set[str] = set()
    placed: list[Label] = []
    for block in blocks:
        for label in _place_block_numbers(block, scale) if block.running else ():
            if label.text not in shown and not any(label.box.meets(other.box) for other in placed):
                shown.add(label.text)
                placed.append(label)
    yield from placed


def _place_block_numbers(block: PlannedBlock, scale: ChartScale) -> Iterator[Label]:
    left, right = scale.find_x(block.start_s), scale.find_x(block.end_s)
    if right - left < NUMBER_ROOM:
        return
    if abs(block.end_spm - block.start_spm) < RAMP_SPM:
        yield _place_number((left + right) / 2.0, block.start_spm, "middle", block, scale)
        return
    yield _place_number(left + 3.0, block.start_spm, "start", block, scale)
    yield _place_number(right - 3.0, block.end_spm, "end", block, scale)


def _place_number(x: float, spm: float, anchor: Anchor, block: PlannedBlock, scale: ChartScale) -> Label:
    """Place a number just above the highest point of the cadence line below it."""
    label = Label(at=(x, 0.0), text=f"{spm:.0f}", size=NUMBER_SIZE, ink="muted", anchor=anchor)
    height = max(scale.find_height_at(edge, block) for edge in (label.box.left, label.box.right))
    return replace(label, at=(x, GROUND_Y - height - NUMBER_GAP))


def draw_names(blocks: Sequence[PlannedBlock], scale: ChartScale) -> Iterator[Polyline | Label]:
    """Write the names of the blocks under the time axis; where not all fit, those of the longest blocks stay.

    A name that comes back, as in intervals, is given each time, or else only the first time.
    """
    by_name: defaultdict[str, list[PlannedBlock]] = defaultdict(list)
    for block in blocks:
        by_name[to_one_line(block.title)].append(block)
    by_length = sorted(by_name.values(), key=lambda same: min(block.start_s - block.end_s for block in same))
    yield from place_label_groups([[_make_name_label(block, scale) for block in same] for same in by_length], NAMES)


def _make_name_label(block: PlannedBlock, scale: ChartScale) -> LabelRequest:
    return LabelRequest(
        x=scale.find_x(block.start_s) + NAMES.leader_width / 2.0,
        text=to_one_line(block.title),
        least_width=NAME_LEAST_WIDTH,
        leader_ink=ink_of_block(block),
        text_ink="ink",
    )
