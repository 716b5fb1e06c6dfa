"""Where in a recording the speaking begins and ends."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.units import db_to_gain, gain_to_db, seconds_to_frames

_WINDOW_S = 0.005
_UNDER_SPEECH_DB = 45.0
_OVER_NOISE_DB = 8.0
_LEAST_UNDER_SPEECH_DB = 30.0
_INAUDIBLE = 1e-4


def sounding(samples: Samples, rate_hz: int) -> tuple[int, int] | None:
    """The first frame of speech and the one after its last, or None where there is only silence.

    Speech is what lies less than 45 dB under the loudest 5 ms, or, where the room is louder than that, clearly over
    the room: 8 dB above the quietest tenth of the windows, though never less than 30 dB under the loudest.

    Args:
        samples: Mono float32 of shape (frames, 1).
        rate_hz: Their rate.
    """
    window = seconds_to_frames(_WINDOW_S, rate_hz)
    levels = _levels(samples[:, 0], window)
    loudest = float(levels.max(initial=0.0))
    if loudest < _INAUDIBLE:
        return None
    room = float(np.quantile(levels, 0.1))
    under_db = min(_UNDER_SPEECH_DB, gain_to_db(loudest / max(room, _INAUDIBLE * 0.01)) - _OVER_NOISE_DB)
    threshold = loudest * db_to_gain(-max(under_db, _LEAST_UNDER_SPEECH_DB))
    speech = np.flatnonzero(levels > threshold)
    return int(speech[0]) * window, min(int(speech[-1] + 1) * window, samples.shape[0])


def _levels(mono: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """Root mean square of each window, the last one filled up with silence."""
    padded = np.pad(mono.astype(np.float64), (0, -len(mono) % window))
    levels: NDArray[np.float64] = np.sqrt((padded.reshape(-1, window) ** 2).mean(axis=1))
    return levels
