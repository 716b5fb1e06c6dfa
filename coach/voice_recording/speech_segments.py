"""Where someone speaks in a long recording: islands of sound in the quiet of a room."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip

RATE_HZ = 16_000

HOP_S = 0.01

_HOP = round(RATE_HZ * HOP_S)

_QUIETEST_SHARE = 0.1

_LOUD_SHARE = 0.95

_OVER_ROOM_DB = 10.0

_UNDER_SPEECH_DB = 38.0

_SMOOTHED_HOPS = 3

_CLOSED_S = 0.16

_SHORTEST_S = 0.06

_INAUDIBLE = 1e-7

_WINDOW = 400

_TONES = slice(round(200 * _WINDOW / RATE_HZ), round(4_000 * _WINDOW / RATE_HZ))

_AT_ONCE = 4_096


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechSegment:
    """A stretch of sound with quiet on either side, in seconds from the recording's start."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


def speech_rate(clip: Clip) -> NDArray[np.float32]:
    """A clip as its listeners here have it: the mean of its channels at 16 kHz, in one dimension."""
    import soxr  # noqa: PLC0415 - only those who make clips need it

    mono = clip.samples.mean(axis=1, dtype=np.float32)
    resampled: NDArray[np.float32] = soxr.resample(mono, clip.rate_hz, RATE_HZ)
    return resampled


def find_segments(mono: NDArray[np.float32]) -> tuple[SpeechSegment, ...]:
    """The islands of a recording at 16 kHz, in their order.

    Sound is what is 10 dB over the room, which is the quietest tenth of the recording, and no more than 38 dB under
    its loudest parts. Closed consonants leave no gap, and clicks are no islands.
    """
    levels_db = _levels_db(mono)
    if not levels_db.size:
        return ()
    room_db, loud_db = np.quantile(levels_db, [_QUIETEST_SHARE, _LOUD_SHARE])
    sounding = levels_db > max(room_db + _OVER_ROOM_DB, loud_db - _UNDER_SPEECH_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], sounding, [False]]).astype(np.int8)))
    joined: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if joined and (start - joined[-1][1]) * HOP_S < _CLOSED_S:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(
        SpeechSegment(start_s=start * HOP_S, end_s=end * HOP_S)
        for start, end in joined
        if (end - start) * HOP_S >= _SHORTEST_S
    )


def _levels_db(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """The level of each hop in the tones of speech, without the rumble and the hiss of a room."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(mono, (_WINDOW // 2, _WINDOW)), _WINDOW)[::_HOP]
    count = len(mono) // _HOP
    powers = np.empty(count)
    for start in range(0, count, _AT_ONCE):
        spectrum = np.abs(np.fft.rfft(windows[start : min(start + _AT_ONCE, count)] * np.hanning(_WINDOW), axis=1))
        powers[start : start + len(spectrum)] = (spectrum[:, _TONES] ** 2).mean(axis=1)
    smoothed = np.convolve(powers, np.full(_SMOOTHED_HOPS, 1.0 / _SMOOTHED_HOPS), mode="same")[:count]
    levels_db: NDArray[np.float64] = 10.0 * np.log10(smoothed + _INAUDIBLE**2)
    return levels_db
