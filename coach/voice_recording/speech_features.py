"""Features of recorded speech: segments between pauses, mel cepstra, and their distance by dynamic time warping."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip, resample

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


def resample_for_speech(clip: Clip) -> NDArray[np.float32]:
    """Resample a clip for analysis: the mean of its channels at 16 kHz, in one dimension."""
    return resample(clip.samples.mean(axis=1, dtype=np.float32), clip.rate_hz, RATE_HZ)


def find_segments(mono: NDArray[np.float32]) -> tuple[SpeechSegment, ...]:
    """Find the speech segments of a recording at 16 kHz, in order.

    Speech is at least 10 dB above the room, which is the quietest tenth of the recording, and at most 38 dB below its
    loudest parts. The gap of a closed consonant does not end a segment, and a click is not one.
    """
    levels_db = _measure_levels_db(mono)
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


def _measure_levels_db(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """Measure the level of each hop in the band of speech, without the rumble and the hiss of a room."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(mono, (_WINDOW // 2, _WINDOW)), _WINDOW)[::_HOP]
    count = len(mono) // _HOP
    powers = np.empty(count)
    for start in range(0, count, _AT_ONCE):
        spectrum = np.abs(np.fft.rfft(windows[start : min(start + _AT_ONCE, count)] * np.hanning(_WINDOW), axis=1))
        powers[start : start + len(spectrum)] = (spectrum[:, _TONES] ** 2).mean(axis=1)
    smoothed = np.convolve(powers, np.full(_SMOOTHED_HOPS, 1.0 / _SMOOTHED_HOPS), mode="same")[:count]
    levels_db: NDArray[np.float64] = 10.0 * np.log10(smoothed + _INAUDIBLE**2)
    return levels_db


Features = NDArray[np.float32]

FEATURE_HOP_S = 0.02
_FEATURE_HOP = round(RATE_HZ * FEATURE_HOP_S)
_FEATURE_WINDOW = 400
_FFT = 512
_BANDS = 26
_CEPSTRA = 12
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7_000.0
_QUICKEST = 3
_UNLIKE = np.float32(1e6)


def extract_features(mono: NDArray[np.float32], segments: Sequence[SpeechSegment]) -> tuple[Features, tuple[int, ...]]:
    """Extract one cepstrum for each 20 ms of the segments; the silence between them is left out.

    Args:
        mono: A recording at 16 kHz.
        segments: Where in it someone speaks.

    Returns:
        The cepstra of shape (rows, 12), and for each segment the row after its last.
    """
    rows = [_compute_cepstra(mono[round(each.start_s * RATE_HZ) : round(each.end_s * RATE_HZ)]) for each in segments]
    ends = np.cumsum([len(each) for each in rows], dtype=np.int64).tolist()
    return np.concatenate([np.zeros((0, _CEPSTRA), np.float32), *rows]), tuple(ends)


def normalize_features(said: Features, around: Features) -> Features:
    """Normalize features by mean and variance, which removes what a voice and a microphone add to all of them."""
    if not len(around):
        return said
    spread = np.maximum(around.std(axis=0), np.float32(1e-3))
    even: Features = ((said - around.mean(axis=0)) / spread).astype(np.float32)
    return even


def measure_dtw_distance(reference: Features, said: Features, ends: Sequence[int]) -> NDArray[np.float32]:
    """Measure how far speech is from a reference, if it ends at each of some rows: the mean distance of matched rows.

    Each row of the reference is matched with the same row of speech as the row before it, or with one of the next
    three: so only pauses can be left out, and speech can be at most three times as fast.
    Both are normalized features; ``ends`` are rows of ``said`` after the last, each with its own answer.
    """
    # Twelve numbers a row are too few to be worth the threads that a matrix product would wake.
    squares = (reference**2).sum(axis=1)[:, None] + (said**2).sum(axis=1)[None, :]
    distances = np.sqrt(np.maximum(squares - 2.0 * np.einsum("ik,jk->ij", reference, said), 0.0) / _CEPSTRA)
    padded = np.full(len(said) + _QUICKEST, _UNLIKE, np.float32)
    padded[_QUICKEST] = distances[0, 0]
    for row in distances[1:]:
        best = padded[_QUICKEST:]
        for back in range(1, _QUICKEST + 1):
            best = np.minimum(best, padded[_QUICKEST - back : len(padded) - back])
        padded[_QUICKEST:] = best + row
    answers: NDArray[np.float32] = padded[_QUICKEST:][np.asarray(ends) - 1] / np.float32(len(reference))
    return answers


def _compute_cepstra(mono: NDArray[np.float32]) -> Features:
    count = max(1, len(mono) // _FEATURE_HOP)
    brighter = np.diff(mono, prepend=np.float32(0.0))
    padded = np.pad(brighter, (_FEATURE_WINDOW // 2, _FEATURE_WINDOW + _FEATURE_HOP))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _FEATURE_WINDOW)[
        : count * _FEATURE_HOP : _FEATURE_HOP
    ] * np.hanning(_FEATURE_WINDOW)
    powers = np.abs(np.fft.rfft(windows, _FFT, axis=1)) ** 2
    logs = np.log(powers @ _make_mel_bands().T + 1e-8)
    cepstra: Features = (logs @ _make_cosines().T).astype(np.float32)
    return cepstra


@cache
def _make_mel_bands() -> NDArray[np.float64]:
    """Make triangular filters on the mel scale, (bands, frequencies)."""
    lowest, highest = (1127.0 * np.log1p(hz / 700.0) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    mels = np.linspace(lowest, highest, _BANDS + 2)
    edges_hz = 700.0 * np.expm1(mels / 1127.0)
    tones_hz = np.fft.rfftfreq(_FFT, 1.0 / RATE_HZ)
    rising = (tones_hz - edges_hz[:-2, None]) / np.diff(edges_hz)[:-1, None]
    falling = (edges_hz[2:, None] - tones_hz) / np.diff(edges_hz)[1:, None]
    bands: NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling))
    return bands


@cache
def _make_cosines() -> NDArray[np.float64]:
    """Make the cosines that turn log bands into cepstra 1 to 12."""
    orders = np.arange(1, _CEPSTRA + 1)[:, None]
    cosines: NDArray[np.float64] = np.cos(np.pi * orders * (np.arange(_BANDS) + 0.5) / _BANDS)
    return cosines
