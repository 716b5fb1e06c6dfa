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
    """The rows of one part of the picture: baselines, those nearest to the feet of the leader lines first."""

    baselines: tuple[float, ...]
    foot_y: float
    size: float
    pole_width: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelRequest:
    """A label wanted at a place; ``least_width`` is the width in pixels down to which it may be shortened."""

    x: float
    text: str
    least_width: float
    pole_ink: str
    text_ink: str


def place_labels(flags: Sequence[LabelRequest], rows: LabelRows) -> Iterator[Polyline | Label]:
    """Place the labels that fit beside each other, with their leader lines; where not all fit, the first ones stay."""
    kept: list[LabelRequest] = []
    standing: list[Label] = []
    for flag in flags:
        together = sorted([*kept, flag], key=lambda one: -one.x)
        labels = _try_rows(together, rows, MOST_WIDTH) or _try_rows(together, rows, 0.0)
        if labels:
            kept, standing = together, labels
    for flag, label in zip(kept, standing, strict=True):
        yield _draw_pole(flag, rows, label.at[1])
        yield label


def _try_rows(flags: Sequence[LabelRequest], rows: LabelRows, wanted_width: float) -> list[Label]:
    """Labels for flags given right to left, or none when one of them finds no room.

    ``free`` holds how far right each row is still free. A pole crosses the rows nearer its foot and ends their room.
    Words are shortened only in a row that has their flag's least width, and ``wanted_width``.
    """
    free = [float(WIDTH)] * len(rows.baselines)
    labels = []
    for flag in flags:
        placed = _place(flag, rows, free, max(wanted_width, flag.least_width))
        if placed is None:
            return []
        row, label = placed
        free[: row + 1] = [flag.x - AIR] * (row + 1)
        free[row] = min(flag.x, label.box.left) - AIR
        labels.append(label)
    return labels


def _place(flag: LabelRequest, rows: LabelRows, free: Sequence[float], least_width: float) -> tuple[int, Label] | None:
    """The row and label of a flag: in the lowest row with room, but in the highest when leaning back over others."""
    leans_left = flag.x + BESIDE + least_width > EDGE and flag.x + BESIDE + text_width(flag.text, rows.size) > EDGE
    order = range(len(free))
    for row in reversed(order) if leans_left else order:
        room = flag.x - BESIDE if leans_left else min(free[row], EDGE) - flag.x - BESIDE
        text = _shorten(flag.text, min(room, MOST_WIDTH), rows.size)
        fits = text == flag.text or (room >= least_width and len(text) >= LEAST_LETTERS)
        if text and fits and flag.x <= min(free[: row + 1]):
            return row, _make_label(flag, text, rows, row, leans_left=leans_left)
    return None


@cache
def _shorten(text: str, width: float, size: float) -> str:
    return shorten_label(text, lambda tried: text_width(tried, size) <= width)


def _make_label(flag: LabelRequest, text: str, rows: LabelRows, row: int, *, leans_left: bool) -> Label:
    at = flag.x - BESIDE if leans_left else flag.x + BESIDE, rows.baselines[row]
    return Label(at=at, text=text, size=rows.size, ink=flag.text_ink, anchor="end" if leans_left else "start")


def _draw_pole(flag: LabelRequest, rows: LabelRows, baseline: float) -> Polyline:
    tip_y = baseline - ASCENT * rows.size if rows.foot_y > baseline else baseline
    return Polyline(paths=(((flag.x, rows.foot_y), (flag.x, tip_y)),), ink=flag.pole_ink, width=rows.pole_width)
