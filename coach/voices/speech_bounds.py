"""Speech bounds: where a recording's speech begins and ends, and where its first vowel begins."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip, Samples
from coach.units import db_to_gain, gain_to_db, seconds_to_frames

_WINDOW_S = 0.005

_UNDER_SPEECH_DB = 45.0

_OVER_NOISE_DB = 8.0

_LEAST_UNDER_SPEECH_DB = 30.0

_INAUDIBLE = 1e-4


def find_speech(samples: Samples, rate_hz: int) -> tuple[int, int] | None:
    """The first frame of speech and the one after its last, or None where there is only silence.

    Speech is what lies less than 45 dB under the loudest 5 ms, or, where the room noise is louder than that, clearly
    above the noise: 8 dB over the quietest tenth of the windows, though never less than 30 dB under the loudest.

    Args:
        samples: Mono float32 of shape (frames, 1).
        rate_hz: Their rate.
    """
    window = seconds_to_frames(_WINDOW_S, rate_hz)
    levels = _measure_levels(samples[:, 0], window)
    loudest = float(levels.max(initial=0.0))
    if loudest < _INAUDIBLE:
        return None
    noise = float(np.quantile(levels, 0.1))
    under_db = min(_UNDER_SPEECH_DB, gain_to_db(loudest / max(noise, _INAUDIBLE * 0.01)) - _OVER_NOISE_DB)
    threshold = loudest * db_to_gain(-max(under_db, _LEAST_UNDER_SPEECH_DB))
    speech = np.flatnonzero(levels > threshold)
    return int(speech[0]) * window, min(int(speech[-1] + 1) * window, samples.shape[0])


def _measure_levels(mono: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """Root mean square of each window, the last one padded with silence."""
    padded = np.pad(mono.astype(np.float64), (0, -len(mono) % window))
    levels: NDArray[np.float64] = np.sqrt((padded.reshape(-1, window) ** 2).mean(axis=1))
    return levels


RATE_HZ = 16_000

_HOP = 40

_WINDOW = 256

_FFT = 512

_BAND_EDGES_HZ = (200, 337, 494, 675, 884, 1125, 1402, 1721, 2089, 2512, 3000)

_FLOOR_DB = -30.0

_SIMILAR_DB = 10.0

_REACH_S = 0.35

_NUCLEUS_HOPS = 4

_QUIET = 1e-3


def find_vowel_onset_s(clip: Clip) -> float:
    """Find when the first vowel begins, in seconds from the clip's first frame; 0 in silence.

    Args:
        clip: Mono, at any rate, of a voice or a person.
    """
    import soxr  # noqa: PLC0415 - only needed to make clips

    mono = soxr.resample(clip.samples[:, 0], clip.rate_hz, RATE_HZ)
    powers = _measure_band_powers(mono)
    total = np.convolve(powers.sum(axis=1), np.hanning(18) / np.hanning(18).sum(), mode="same")
    if not total.max() > 0.0:
        return 0.0
    start = int(np.argmax(total > total.max() * _QUIET))
    reach = int(_REACH_S * RATE_HZ / _HOP)
    nucleus = start + int(np.argmax(total[start : start + reach]))
    return max(0.0, (_find_vowel_start(powers, nucleus) * _HOP) / RATE_HZ)


def _measure_band_powers(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power per hop (row, centred on the hop's first sample) and band (column) of the speech range."""
    padded = np.pad(mono.astype(np.float64), _WINDOW // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP] * np.hanning(_WINDOW)
    spectrum = np.abs(np.fft.rfft(windows, _FFT, axis=1)) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(_FFT, 1.0 / RATE_HZ), _BAND_EDGES_HZ)
    powers: NDArray[np.float64] = np.add.reduceat(spectrum, edges, axis=1)[:, :-1]
    return powers


def _find_vowel_start(powers: NDArray[np.float64], nucleus: int) -> int:
    """The first hop of the run up to the nucleus in which every hop sounds like it."""
    around = slice(max(0, nucleus - _NUCLEUS_HOPS), nucleus + _NUCLEUS_HOPS + 1)
    floor = powers[around].mean(axis=0).max() * 10.0 ** (_FLOOR_DB / 10.0)
    levels_db = 10.0 * np.log10(np.maximum(powers, floor))
    unlike_db = np.sqrt(((levels_db - levels_db[around].mean(axis=0)) ** 2).mean(axis=1))
    other = np.flatnonzero(unlike_db[:nucleus] > _SIMILAR_DB)
    return int(other[-1]) + 1 if other.size else 0
