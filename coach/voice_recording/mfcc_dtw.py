"""How alike two people say the same words: cepstra of the mel scale, warped onto each other in time."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.voice_recording.speech_segments import RATE_HZ, SpeechSegment

Features = NDArray[np.float32]

HOP_S = 0.02

_HOP = round(RATE_HZ * HOP_S)

_WINDOW = 400

_FFT = 512

_BANDS = 26

_CEPSTRA = 12

_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7_000.0

_QUICKEST = 3

_UNLIKE = np.float32(1e6)


def features(mono: NDArray[np.float32], islands: Sequence[SpeechSegment]) -> tuple[Features, tuple[int, ...]]:
    """What is said, as rows of one cepstrum for each 20 ms of the islands; the quiet between them is left out.

    Args:
        mono: A recording at 16 kHz.
        islands: Where in it someone speaks.

    Returns:
        The cepstra of shape (rows, 12), and for each island the row after its last.
    """
    rows = [_cepstra(mono[round(each.start_s * RATE_HZ) : round(each.end_s * RATE_HZ)]) for each in islands]
    ends = np.cumsum([len(each) for each in rows], dtype=np.int64).tolist()
    return np.concatenate([np.zeros((0, _CEPSTRA), np.float32), *rows]), tuple(ends)


def normalize_features(said: Features, around: Features) -> Features:
    """Features without what a voice and a microphone add to all of them alike."""
    if not len(around):
        return said
    spread = np.maximum(around.std(axis=0), np.float32(1e-3))
    even: Features = ((said - around.mean(axis=0)) / spread).astype(np.float32)
    return even


def dtw_distance(reference: Features, said: Features, ends: Sequence[int]) -> NDArray[np.float32]:
    """How far what is said is from a reference, if it ends at each of some rows: the mean distance of matched rows.

    Each row of the reference is matched with the same row of what is said as the one before it, or with one of the
    next three; so nothing may be left out but pauses, and nobody speaks more than three times as quickly.

    Args:
        reference: Levelled features of the words.
        said: Levelled features from where they may begin.
        ends: Rows of ``said`` after the last, each with its own answer.
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


def _cepstra(mono: NDArray[np.float32]) -> Features:
    count = max(1, len(mono) // _HOP)
    brighter = np.diff(mono, prepend=np.float32(0.0))
    padded = np.pad(brighter, (_WINDOW // 2, _WINDOW + _HOP))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: count * _HOP : _HOP] * np.hanning(_WINDOW)
    powers = np.abs(np.fft.rfft(windows, _FFT, axis=1)) ** 2
    logs = np.log(powers @ _mel_bands().T + 1e-8)
    cepstra: Features = (logs @ _cosines().T).astype(np.float32)
    return cepstra


@cache
def _mel_bands() -> NDArray[np.float64]:
    """Triangles on the mel scale, (bands, frequencies)."""
    lowest, highest = (1127.0 * np.log1p(hz / 700.0) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    mels = np.linspace(lowest, highest, _BANDS + 2)
    edges_hz = 700.0 * np.expm1(mels / 1127.0)
    tones_hz = np.fft.rfftfreq(_FFT, 1.0 / RATE_HZ)
    rising = (tones_hz - edges_hz[:-2, None]) / np.diff(edges_hz)[:-1, None]
    falling = (edges_hz[2:, None] - tones_hz) / np.diff(edges_hz)[1:, None]
    bands: NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling))
    return bands


@cache
def _cosines() -> NDArray[np.float64]:
    """The cosines that turn log bands to cepstra 1 to 12."""
    orders = np.arange(1, _CEPSTRA + 1)[:, None]
    cosines: NDArray[np.float64] = np.cos(np.pi * orders * (np.arange(_BANDS) + 0.5) / _BANDS)
    return cosines
