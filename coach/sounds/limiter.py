"""A peak limiter for finished clips, which can look both ways in time and so needs neither delay nor distortion."""

import numpy as np

from coach.sounds.clip import Samples
from coach.sounds.peaks import frame_peaks, true_peak_db
from coach.units import db_to_gain, seconds_to_frames

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
    if true_peak_db(samples) <= ceiling_db:
        return samples
    from scipy.ndimage import convolve1d, minimum_filter1d  # noqa: PLC0415 - only loud clips pay for scipy

    reach = seconds_to_frames(_LOOK_S, rate_hz)
    needed = np.minimum(1.0, db_to_gain(ceiling_db) / np.maximum(frame_peaks(samples), 1e-9))
    lowest = minimum_filter1d(needed, 2 * reach + 1, mode="nearest")
    weights = np.hanning(2 * reach + 3)[1:-1]
    gain = convolve1d(lowest, weights / weights.sum(), mode="nearest")
    turned_down: Samples = (samples * gain[:, None]).astype(np.float32)
    over_db = true_peak_db(turned_down) - ceiling_db
    if over_db > 0.0:
        turned_down *= np.float32(db_to_gain(-over_db - _ROUNDING_DB))
    return turned_down
