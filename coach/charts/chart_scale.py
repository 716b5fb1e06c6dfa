"""Chart scale: where times and cadences lie in a picture, its axis, and labels in rows that do not overlap."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coach.charts.shapes import ASCENT, Anchor, Label, Polyline
from coach.charts.text_metrics import estimate_text_width, shorten_label
from coach.timeline.timeline import PlannedBlock, Timeline
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock

WIDTH = 1200
HEIGHT = 360
LEFT = 40.0
RIGHT = WIDTH - LEFT
EDGE = WIDTH - 24.0  # text is wider than estimated in some browsers
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

    def find_x(self, time_s: float) -> float:
        """Convert a time to x, in pixels; times outside the session are drawn at its ends."""
        share = min(1.0, max(0.0, time_s / self.length_s)) if self.length_s > 0.0 else 0.0
        return LEFT + (RIGHT - LEFT) * share

    def find_height(self, spm: float) -> float:
        """Convert a cadence to a height above the ground line, in pixels."""
        share = (spm - self.slowest_spm) / (self.fastest_spm - self.slowest_spm)
        return WALKING_HEIGHT + (RUNNING_HEIGHT - WALKING_HEIGHT) * share

    def find_end_heights(self, block: PlannedBlock) -> tuple[float, float]:
        """Compute the height of a block at its start and its end; a block without running is low."""
        if not block.running:
            return NOT_RUNNING_HEIGHT, NOT_RUNNING_HEIGHT
        return self.find_height(block.start_spm), self.find_height(block.end_spm)

    def find_height_at(self, x: float, block: PlannedBlock) -> float:
        """Compute the height of a block at an x; beyond its ends, that of the nearer end."""
        left, right = self.find_x(block.start_s), self.find_x(block.end_s)
        start_height, end_height = self.find_end_heights(block)
        share = min(1.0, max(0.0, (x - left) / (right - left))) if right > left else 0.0
        return start_height + (end_height - start_height) * share


def make_scale(timeline: Timeline) -> ChartScale:
    """Choose the scales that hold the whole timeline, and at least the cadences from walking to running."""
    cadences = [spm for block in timeline.blocks if block.running for spm in (block.start_spm, block.end_spm)]
    return ChartScale(
        length_s=timeline.length_s, slowest_spm=min([WALKING_SPM, *cadences]), fastest_spm=max([RUNNING_SPM, *cadences])
    )


STEPS_S = (5.0, 10.0, 15.0, 30.0, *(minutes * SECONDS_PER_MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240)))
LEAST_APART = 70.0
MARK = 4.0


def draw_time_axis(scale: ChartScale) -> Iterator[Polyline | Label]:
    """Draw the ground line, marks at round times, and the whole length at its end."""
    times_s = [*_list_round_times(scale), scale.length_s]
    xs = [scale.find_x(time_s) for time_s in times_s]
    marks = (((x, GROUND_Y), (x, GROUND_Y + MARK)) for x in xs)
    yield Polyline(paths=(((LEFT, GROUND_Y), (RIGHT, GROUND_Y)), *marks), ink="muted")
    for time_s, x in zip(times_s, xs, strict=True):
        text = seconds_to_clock(round(time_s))
        yield Label(at=(x, AXIS_Y), text=text, size=10.5, ink="muted", anchor=_choose_anchor(x))


def _choose_anchor(x: float) -> Anchor:
    """Choose a time's anchor: times stay within the margins, so the first and last are set beside their mark."""
    return "start" if x <= LEFT else "end" if x >= RIGHT else "middle"


def _list_round_times(scale: ChartScale) -> Iterator[float]:
    """Yield the round times up to shortly before the end."""
    step_s = find_round_step_s(LEAST_APART * scale.length_s / (RIGHT - LEFT))
    time_s = 0.0
    while RIGHT - scale.find_x(time_s) > LEAST_APART:
        yield time_s
        time_s += step_s


def find_round_step_s(least_s: float) -> float:
    """Find the shortest round step of at least so many seconds."""
    return next((step_s for step_s in STEPS_S if step_s >= least_s), least_s)


BESIDE = 4.0
AIR = 8.0
MOST_WIDTH = 230.0
LEAST_LETTERS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelRows:
    """The rows of one part of the picture: baselines, the ones nearest to the start of the leader lines first.

    With ``both_sides``, a label without room to the right of its leader line may be on its left. Otherwise only one at
    the edge may.
    """

    baselines: tuple[float, ...]
    foot_y: float
    size: float
    leader_width: float = 1.0
    both_sides: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelRequest:
    """A label wanted at an x; ``least_width`` is the width in pixels down to which it may be shortened."""

    x: float
    text: str
    least_width: float
    leader_ink: str
    text_ink: str


def place_labels(requests: Sequence[LabelRequest], rows: LabelRows) -> Iterator[Polyline | Label]:
    """Place the labels that fit, with their leader lines; where not all fit, the first ones stay."""
    yield from place_label_groups([[request] for request in requests], rows)


def place_label_groups(groups: Iterable[Sequence[LabelRequest]], rows: LabelRows) -> Iterator[Polyline | Label]:
    """Place the labels that fit, with their leader lines; where not all fit, those of the first groups stay.

    Of a group all labels are placed, or else only its first.
    """
    kept: list[LabelRequest] = []
    placed: list[Label] = []
    for group in groups:
        for wanted in (group, group[:1])[: len(group)]:
            together = sorted([*kept, *wanted], key=lambda one: -one.x)
            labels = _try_rows(together, rows, MOST_WIDTH) or _try_rows(together, rows, 0.0)
            if labels:
                kept, placed = together, labels
                break
    for request, label in zip(kept, placed, strict=True):
        yield _draw_leader(request, rows, label.at[1])
        yield label


def _try_rows(requests: Sequence[LabelRequest], rows: LabelRows, wanted_width: float) -> list[Label]:
    """Make labels for requests given right to left, or none if one of them does not fit.

    ``free`` holds how far right each row is still free. A leader line crosses the rows nearer its start, and ends
    their free part. Text is shortened only in a row that has the request's least width, and ``wanted_width``.
    """
    free = [float(WIDTH)] * len(rows.baselines)
    labels = []
    for request in requests:
        placed = _place(request, rows, free, max(wanted_width, request.least_width))
        if placed is None:
            return []
        row, label = placed
        free[: row + 1] = [request.x - AIR] * (row + 1)
        free[row] = min(request.x, label.box.left) - AIR
        labels.append(label)
    return labels


def _place(
    request: LabelRequest, rows: LabelRows, free: Sequence[float], least_width: float
) -> tuple[int, Label] | None:
    """Find the row and label of a request: the lowest row with room; else the highest, left of its leader."""
    whole = min(estimate_text_width(request.text, rows.size), MOST_WIDTH)
    order = range(len(free))
    at_edge = request.x + BESIDE + whole > EDGE
    right = () if at_edge else [(row, False) for row in order]
    left = [(row, True) for row in reversed(order)] if at_edge or rows.both_sides else ()
    for row, is_left in (*right, *left):
        room = request.x - BESIDE if is_left else min(free[row], EDGE) - request.x - BESIDE
        text = _shorten(request.text, min(room, MOST_WIDTH), rows.size)
        fits = text == request.text or (room >= least_width and len(text) >= LEAST_LETTERS)
        if text and fits and request.x <= min(free[: row + 1]):
            return row, _make_label(request, text, rows, row, is_left=is_left)
    return None


@cache
def _shorten(text: str, width: float, size: float) -> str:
    return shorten_label(text, lambda tried: estimate_text_width(tried, size) <= width)


def _make_label(request: LabelRequest, text: str, rows: LabelRows, row: int, *, is_left: bool) -> Label:
    at = request.x - BESIDE if is_left else request.x + BESIDE, rows.baselines[row]
    return Label(at=at, text=text, size=rows.size, ink=request.text_ink, anchor="end" if is_left else "start")


def _draw_leader(request: LabelRequest, rows: LabelRows, baseline: float) -> Polyline:
    tip_y = baseline - ASCENT * rows.size if rows.foot_y > baseline else baseline
    return Polyline(
        paths=(((request.x, rows.foot_y), (request.x, tip_y)),), ink=request.leader_ink, width=rows.leader_width
    )
