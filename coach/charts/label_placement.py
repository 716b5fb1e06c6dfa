"""Label placement: text on leader lines, in rows, so that no label overlaps another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coach.charts.chart_scale import EDGE, WIDTH
from coach.charts.shapes import ASCENT, Label, Polyline
from coach.charts.text_metrics import shorten_label, text_width

BESIDE = 4.0

AIR = 8.0

MOST_WIDTH = 230.0

LEAST_LETTERS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelRows:
    """The rows of one part of the picture: baselines, the ones nearest to the start of the leader lines first."""

    baselines: tuple[float, ...]
    foot_y: float
    size: float
    leader_width: float = 1.0


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
    kept: list[LabelRequest] = []
    placed: list[Label] = []
    for request in requests:
        together = sorted([*kept, request], key=lambda one: -one.x)
        labels = _try_rows(together, rows, MOST_WIDTH) or _try_rows(together, rows, 0.0)
        if labels:
            kept, placed = together, labels
    for request, label in zip(kept, placed, strict=True):
        yield _draw_leader(request, rows, label.at[1])
        yield label


def _try_rows(requests: Sequence[LabelRequest], rows: LabelRows, wanted_width: float) -> list[Label]:
    """Labels for requests given right to left, or none if one of them does not fit.

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
    """The row and label of a request: in the lowest row with room, or in the highest if it is left of its leader."""
    is_left = (
        request.x + BESIDE + least_width > EDGE and request.x + BESIDE + text_width(request.text, rows.size) > EDGE
    )
    order = range(len(free))
    for row in reversed(order) if is_left else order:
        room = request.x - BESIDE if is_left else min(free[row], EDGE) - request.x - BESIDE
        text = _shorten(request.text, min(room, MOST_WIDTH), rows.size)
        fits = text == request.text or (room >= least_width and len(text) >= LEAST_LETTERS)
        if text and fits and request.x <= min(free[: row + 1]):
            return row, _make_label(request, text, rows, row, is_left=is_left)
    return None


@cache
def _shorten(text: str, width: float, size: float) -> str:
    return shorten_label(text, lambda tried: text_width(tried, size) <= width)


def _make_label(request: LabelRequest, text: str, rows: LabelRows, row: int, *, is_left: bool) -> Label:
    at = request.x - BESIDE if is_left else request.x + BESIDE, rows.baselines[row]
    return Label(at=at, text=text, size=rows.size, ink=request.text_ink, anchor="end" if is_left else "start")


def _draw_leader(request: LabelRequest, rows: LabelRows, baseline: float) -> Polyline:
    tip_y = baseline - ASCENT * rows.size if rows.foot_y > baseline else baseline
    return Polyline(
        paths=(((request.x, rows.foot_y), (request.x, tip_y)),), ink=request.leader_ink, width=rows.leader_width
    )
