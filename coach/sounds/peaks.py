"""True peaks: how far the sound swings between its samples, as a converter will play it."""

import math

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.units import gain_to_db

_TAPS = 24
_LOUD = 0.5
_AT_ONCE = 1 << 15


def _between_samples() -> NDArray[np.float32]:
    """Windowed-sinc weights, (taps, 3), for the points a quarter, a half and three quarters of the way to the next."""
    taps = np.arange(_TAPS) - (_TAPS // 2 - 1)
    offsets = taps[:, None] - np.array([0.25, 0.5, 0.75])
    weights: NDArray[np.float64] = np.sinc(offsets) * np.cos(np.pi * offsets / (_TAPS + 1)) ** 2
    weights /= weights.sum(axis=0)
    return weights.astype(np.float32)


_BETWEEN = _between_samples()


def frame_peaks(samples: Samples) -> NDArray[np.float32]:
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


def true_peak_db(samples: Samples) -> float:
    """The true peak of a sound, in dBTP; minus infinity for silence or nothing at all.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.
    """
    peaks = frame_peaks(samples)
    return gain_to_db(float(peaks.max())) if peaks.size else -math.inf
