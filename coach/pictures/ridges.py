"""A session as hills: its cadence made round, as the foreground of a cover and as paler hills behind."""

import bisect
import math
from dataclasses import dataclass

from coach.pictures.frame import frame_of
from coach.timeline.types import Timeline

SAMPLES = 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Ridge:
    """Heights from 0 to 1 at evenly spread places from left to right; there are ``SAMPLES`` + 1 of them."""

    heights: tuple[float, ...]

    def rounded(self, share: float) -> "Ridge":
        """The ridge evened out over a share (0 to 1) of its width, its ends carried on."""
        reach = max(1, round(SAMPLES * share / 2.0))
        weights = [1.0 + math.cos(math.pi * away / (reach + 1)) for away in range(-reach, reach + 1)]
        heights = [
            sum(w * self._at(middle + away) for away, w in zip(range(-reach, reach + 1), weights, strict=True))
            for middle in range(SAMPLES + 1)
        ]
        return Ridge(heights=tuple(height / sum(weights) for height in heights))

    def turned(self) -> "Ridge":
        """The ridge seen from behind."""
        return Ridge(heights=self.heights[::-1])

    def _at(self, index: int) -> float:
        return self.heights[min(SAMPLES, max(0, index))]


def ridge_of(timeline: Timeline) -> Ridge:
    """The cadence of a timeline over its length, as sharp as it is."""
    frame = frame_of(timeline)
    starts = [block.start_s for block in timeline.blocks]
    left, right = frame.x(0.0), frame.x(timeline.length_s)
    top = frame.rise(frame.fastest_spm)
    heights = []
    for sample in range(SAMPLES + 1):
        share = sample / SAMPLES
        block = timeline.blocks[max(0, bisect.bisect_right(starts, timeline.length_s * share) - 1)]
        heights.append(frame.rise_at(left + (right - left) * share, block) / top)
    return Ridge(heights=tuple(heights))
