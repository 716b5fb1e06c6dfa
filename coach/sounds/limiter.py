"""True-peak limiter, and the true peak: how far a sound swings between its samples, as a converter plays it."""

import math

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.units import db_to_gain, gain_to_db, seconds_to_frames

_TAPS = 24
_LOUD = 0.5
_AT_ONCE = 1 << 15


def _make_interpolator() -> NDArray[np.float32]:
    """Windowed-sinc weights, (taps, 3), for the points a quarter, a half and three quarters of the way to the next."""
    taps = np.arange(_TAPS) - (_TAPS // 2 - 1)
    offsets = taps[:, None] - np.array([0.25, 0.5, 0.75])
    weights: NDArray[np.float64] = np.sinc(offsets) * np.cos(np.pi * offsets / (_TAPS + 1)) ** 2
    weights /= weights.sum(axis=0)
    return weights.astype(np.float32)


_BETWEEN = _make_interpolator()


def find_frame_peaks(samples: Samples) -> NDArray[np.float32]:
    """The largest swing at each frame, in any channel: of the sample itself and of what lies beside it.

    Oversampled four times (ITU-R BS.1770-4, annex 2), but only near samples above -6 dBFS or, in a quiet sound,
    above half its peak: nothing else can become the peak.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.

    Returns:
        float32 of shape (frames,), linear.
    """
    peaks = np.zeros(samples.shape[0], np.float32)
    for channel in samples.T:
        swing = np.abs(channel)
        np.maximum(peaks, swing, out=peaks)
        if swing.size:
            _raise_between(peaks, channel, np.flatnonzero(swing > min(_LOUD, 0.5 * float(swing.max()))))
    return peaks


def _raise_between(peaks: NDArray[np.float32], channel: NDArray[np.float32], loud: NDArray[np.intp]) -> None:
    """Raise the peaks on either side of each gap that touches a loud frame to the swing inside the gap."""
    gaps = np.union1d(np.maximum(loud - 1, 0), loud)
    padded = np.concatenate([np.zeros(_TAPS // 2 - 1, np.float32), channel, np.zeros(_TAPS // 2, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, _TAPS)
    for first in range(0, gaps.size, _AT_ONCE):
        some = gaps[first : first + _AT_ONCE]
        swing = np.abs(windows[some] @ _BETWEEN).max(axis=1)
        peaks[some] = np.maximum(peaks[some], swing)
        after = np.minimum(some + 1, channel.size - 1)
        peaks[after] = np.maximum(peaks[after], swing)


def measure_true_peak_db(samples: Samples) -> float:
    """The true peak of a sound, in dBTP; minus infinity for silence or nothing at all.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.
    """
    peaks = find_frame_peaks(samples)
    return gain_to_db(float(peaks.max())) if peaks.size else -math.inf


Gains = NDArray[np.float64]

_LOOK_S = 0.005
_ROUNDING_DB = 1e-3


def limit_peaks(samples: Samples, rate_hz: int, ceiling_db: float) -> Samples:
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
    ceiling, peaks = db_to_gain(ceiling_db), find_frame_peaks(samples)
    if peaks.max(initial=0.0) <= ceiling:
        return samples
    reach = seconds_to_frames(_LOOK_S, rate_hz)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    lowest = _find_lowest_within(needed, reach)
    gain = _average(_average(np.pad(lowest, reach, mode="edge"), reach + 1), reach + 1)
    turned_down: Samples = (samples * gain[:, None]).astype(np.float32)
    over_db = measure_true_peak_db(turned_down) - ceiling_db
    if over_db > 0.0:
        turned_down *= np.float32(db_to_gain(-over_db - _ROUNDING_DB))
    return turned_down


def _find_lowest_within(gains: Gains, reach: int) -> Gains:
    """The lowest gain within reach of each, by minima over windows of twice the width each time."""
    lowest = np.pad(gains, reach, mode="edge")
    window, width = 2 * reach + 1, 1
    while 2 * width <= window:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = window - width
    return np.minimum(lowest[: lowest.size - rest], lowest[rest:])


def _average(gains: Gains, width: int) -> Gains:
    """The mean of each ``width`` neighbours; twice over it weighs them like a triangle, without a step in the gain."""
    sums = np.cumsum(np.concatenate([[0.0], gains]))
    means: Gains = (sums[width:] - sums[:-width]) / width
    return means
