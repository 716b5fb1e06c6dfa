"""The blocks as a landscape: each in its colour, as high as its cadence, with its name below."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.charts.chart_scale import AXIS_Y, GROUND_Y, NAMES_Y, ChartScale
from coach.charts.label_placement import LabelRequest, LabelRows, place_labels
from coach.charts.palette import ink_of_kind
from coach.charts.shapes import Anchor, Area, Label, Point, Polyline
from coach.charts.text_metrics import clean_label
from coach.timeline.timeline import PlannedBlock
from coach.units import seconds_to_clock, seconds_to_text

NAMES = LabelRows(baselines=NAMES_Y, foot_y=AXIS_Y + 5.0, size=12.0, pole_width=2.5)

NAME_LEAST_WIDTH = 64.0

GAP = 1.0

NUMBER_SIZE = 10.5

NUMBER_GAP = 5.0

NUMBER_ROOM = 24.0

RAMP_SPM = 2.0


def areas(blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Area]:
    """One area for each block, to scale, a hair apart from the next."""
    for block in blocks:
        left, right = frame.x(block.start_s), frame.x(block.end_s)
        right = max(left, right - min(GAP, (right - left) / 3.0))
        start_rise, end_rise = frame.rises(block)
        outline = (left, GROUND_Y), (left, GROUND_Y - start_rise), (right, GROUND_Y - end_rise), (right, GROUND_Y)
        yield Area(points=outline, ink=ink_of_kind(block.kind), tip=_tip(block))


def _tip(block: PlannedBlock) -> str:
    lasts = seconds_to_text(round(block.end_s - block.start_s))
    return f"{seconds_to_clock(block.start_s)} {clean_label(block.title)} ({lasts})"


def cadence(blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Polyline]:
    """The cadence as a line along the tops of all blocks that are run or walked."""
    paths: list[list[Point]] = []
    before: PlannedBlock | None = None
    for block in blocks:
        if block.running:
            if before is None or not before.running:
                paths.append([])
            start_rise, end_rise = frame.rises(block)
            paths[-1] += [(frame.x(block.start_s), GROUND_Y - start_rise), (frame.x(block.end_s), GROUND_Y - end_rise)]
        before = block
    if paths:
        yield Polyline(paths=tuple(map(tuple, paths)), ink="cadence", width=1.6)


def cadence_numbers(blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Label]:
    """Each cadence as a number where it first comes: over the middle of a steady block, at the ends of a ramp."""
    told: set[str] = set()
    placed: list[Label] = []
    for block in blocks:
        for label in _numbers(block, frame) if block.running else ():
            if label.text not in told and not any(label.box.meets(other.box) for other in placed):
                told.add(label.text)
                placed.append(label)
    yield from placed


def _numbers(block: PlannedBlock, frame: ChartScale) -> Iterator[Label]:
    left, right = frame.x(block.start_s), frame.x(block.end_s)
    if right - left < NUMBER_ROOM:
        return
    if abs(block.end_spm - block.start_spm) < RAMP_SPM:
        yield _number((left + right) / 2.0, block.start_spm, "middle", block, frame)
        return
    yield _number(left + 3.0, block.start_spm, "start", block, frame)
    yield _number(right - 3.0, block.end_spm, "end", block, frame)


def _number(x: float, spm: float, anchor: Anchor, block: PlannedBlock, frame: ChartScale) -> Label:
    """A number just above the highest of the cadence line below it."""
    label = Label(at=(x, 0.0), text=f"{spm:.0f}", size=NUMBER_SIZE, ink="muted", anchor=anchor)
    rise = max(frame.rise_at(edge, block) for edge in (label.box.left, label.box.right))
    return replace(label, at=(x, GROUND_Y - rise - NUMBER_GAP))


def names(blocks: Sequence[PlannedBlock], frame: ChartScale) -> Iterator[Polyline | Label]:
    """The names of the blocks under the time axis; the longest-lasting stay where not all find room."""
    by_length = sorted(blocks, key=lambda block: block.start_s - block.end_s)
    yield from place_labels([_name_flag(block, frame) for block in by_length], NAMES)


def _name_flag(block: PlannedBlock, frame: ChartScale) -> LabelRequest:
    return LabelRequest(
        x=frame.x(block.start_s) + NAMES.pole_width / 2.0,
        text=clean_label(block.title),
        least_width=NAME_LEAST_WIDTH,
        pole_ink=ink_of_kind(block.kind),
        text_ink="ink",
    )
