"""A peak limiter for finished clips, which can look both ways in time and so needs neither delay nor distortion."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.sounds.peaks import frame_peaks, true_peak_db
from coach.units import db_to_gain, seconds_to_frames

Gains = NDArray[np.float64]

_LOOK_S = 0.005
_ROUNDING_DB = 1e-3


def limited(samples: Samples, rate_hz: int, ceiling_db: float) -> Samples:
    """The same sound with no true peak above a ceiling, turned down smoothly for some 5 ms around each that was.

    The gain at each frame is a smooth average of the lowest gain needed within reach: never more than that frame
    needs, all channels alike. What swings between samples may still end a hair too high, and is then scaled away.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.
        rate_hz: their rate.
        ceiling_db: the highest true peak allowed, in dBTP.

    Returns:
        float32 of the same shape; the very same samples if they were under the ceiling.
    """
    ceiling, peaks = db_to_gain(ceiling_db), frame_peaks(samples)
    if peaks.max(initial=0.0) <= ceiling:
        return samples
    reach = seconds_to_frames(_LOOK_S, rate_hz)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    lowest = _lowest_within(needed, reach)
    gain = _averaged(_averaged(np.pad(lowest, reach, mode="edge"), reach + 1), reach + 1)
    turned_down: Samples = (samples * gain[:, None]).astype(np.float32)
    over_db = true_peak_db(turned_down) - ceiling_db
    if over_db > 0.0:
        turned_down *= np.float32(db_to_gain(-over_db - _ROUNDING_DB))
    return turned_down


def _lowest_within(gains: Gains, reach: int) -> Gains:
    """The lowest gain within reach of each, by minima over windows of twice the width each time."""
    lowest = np.pad(gains, reach, mode="edge")
    window, width = 2 * reach + 1, 1
    while 2 * width <= window:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = window - width
    return np.minimum(lowest[: lowest.size - rest], lowest[rest:])


def _averaged(gains: Gains, width: int) -> Gains:
    """The mean of each ``width`` neighbours; twice over it weighs them like a triangle, without a step in the gain."""
    sums = np.cumsum(np.concatenate([[0.0], gains]))
    means: Gains = (sums[width:] - sums[:-width]) / width
    return means
