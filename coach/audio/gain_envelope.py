"""Gains that move smoothly over a whole session, known at any frame without what came before."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

FrameSpan = tuple[int, int]


class Envelope:
    """0 at rest and 1 within its spans, with soft shoulders: arrived when a span begins, leaving after its end.

    Spans whose shoulders would meet become one, so that it never pumps between them. The shoulders are a smoothstep,
    which starts and arrives without a corner.
    """

    def __init__(self, spans: Iterable[FrameSpan], *, rise_frames: int, fall_frames: int) -> None:
        points: list[int] = []
        for start, end in _joined(spans, rise_frames + fall_frames):
            points += [start - rise_frames, start, end, end + fall_frames]
        self._points = np.array(points, np.float64)
        self._heights = np.array([0.0, 1.0, 1.0, 0.0] * (len(points) // 4))

    def at(self, start: int, frames: int) -> NDArray[np.float32] | float:
        """The height of each frame from ``start``: a plain number where it is one throughout, else (frames, 1)."""
        if not self._points.size:
            return 0.0
        first, last = np.searchsorted(self._points, (start, start + frames - 1), side="right")
        if first == last and first % 2 == 0:
            return 1.0 if first % 4 == 2 else 0.0  # noqa: PLR2004 - two points passed of each span's four: on its plateau
        line = np.interp(np.arange(start, start + frames), self._points, self._heights)
        curve: NDArray[np.float32] = (line * line * (3.0 - 2.0 * line)).astype(np.float32)
        return curve[:, None]


def _joined(spans: Iterable[FrameSpan], apart: int) -> Iterable[FrameSpan]:
    current: FrameSpan | None = None
    for start, end in sorted(spans):
        if current is not None and start - current[1] <= apart:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
