"""Loudness in LUFS, by ITU-R BS.1770-4, and a limiter of true peaks for finished clips.

Samples are float32 of shape (frames, channels), full scale at 1.0.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.sounds.clip import Samples
from coach.units import db_to_gain, gain_to_db, seconds_to_frames

HOPS_PER_SECOND = 10
_HOPS_PER_BLOCK = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_LUFS = -0.691
_SPECTRUM_FRAMES = 1 << 16
_PIECE_FRAMES = _SPECTRUM_FRAMES * 3 // 4


def _make_shelf_filter(rate_hz: int) -> list[float]:
    """Make the first stage, the head's effect: a shelf of +4 dB above about 1.7 kHz, one second-order section."""
    warped = math.tan(math.pi * 1681.974450955533 / rate_hz)
    damping = warped / 0.7071752369554196
    high = 10.0 ** (3.999843853973347 / 20.0)
    middle = high**0.4996667741545416
    scale = 1.0 + damping + warped**2
    zeros = [high + middle * damping + warped**2, 2.0 * (warped**2 - high), high - middle * damping + warped**2]
    return [zero / scale for zero in zeros] + [
        1.0,
        2.0 * (warped**2 - 1.0) / scale,
        (1.0 - damping + warped**2) / scale,
    ]


def _make_high_pass_filter(rate_hz: int) -> list[float]:
    """Make the second stage: a high-pass at about 38 Hz, as one second-order section."""
    warped = math.tan(math.pi * 38.13547087602444 / rate_hz)
    damping = warped / 0.5003270373238773
    scale = 1.0 + damping + warped**2
    return [1.0, -2.0, 1.0, 1.0, 2.0 * (warped**2 - 1.0) / scale, (1.0 - damping + warped**2) / scale]


def apply_k_weighting(samples: Samples, rate_hz: int) -> Samples:
    """Apply K-weighting: both filters of BS.1770-4, at any rate, applied to the spectrum piece by piece.

    Each piece is padded with more silence than the filters ring for, so that nothing wraps around to its start.

    Returns:
        float32 of the same shape.
    """
    frames = samples.shape[0]
    weighted = np.zeros((frames + _SPECTRUM_FRAMES, samples.shape[1]), np.float32)
    for start in range(0, frames, _PIECE_FRAMES):
        piece = samples[start : start + _PIECE_FRAMES]
        spectrum = np.fft.rfft(piece, _SPECTRUM_FRAMES, axis=0) * _compute_response(rate_hz)
        weighted[start : start + _SPECTRUM_FRAMES] += np.fft.irfft(spectrum, _SPECTRUM_FRAMES, axis=0)
    return weighted[:frames]


@cache
def _compute_response(rate_hz: int) -> NDArray[np.complex64]:
    """Compute the response of both filters at each frequency of a piece's spectrum, as a column."""
    delayed = np.exp(-2j * np.pi * np.arange(_SPECTRUM_FRAMES // 2 + 1) / _SPECTRUM_FRAMES)
    powers = np.stack([np.ones_like(delayed), delayed, delayed**2])
    shelf, high_pass = np.array(_make_shelf_filter(rate_hz)), np.array(_make_high_pass_filter(rate_hz))
    both = (shelf[:3] @ powers) * (high_pass[:3] @ powers) / ((shelf[3:] @ powers) * (high_pass[3:] @ powers))
    response: NDArray[np.complex64] = both.astype(np.complex64)[:, None]
    return response


def measure_loudness_lufs(samples: Samples, rate_hz: int) -> float:
    """Measure the integrated, gated loudness of a sound; minus infinity for silence.

    Mono counts as what it becomes in two ears, the same on both channels of a pair: 3.01 dB more than the one
    channel alone. A sound under 0.4 s, too short to be gated, counts as one block of its own length.
    """
    energies = np.sum(np.square(apply_k_weighting(samples, rate_hz), dtype=np.float64), axis=1)
    if samples.shape[1] == 1:
        energies *= 2.0
    hop_frames = rate_hz // HOPS_PER_SECOND
    hops = energies.size // hop_frames
    if hops < _HOPS_PER_BLOCK:
        return _energy_to_lufs(float(energies.mean())) if energies.size else -math.inf
    return gate_loudness_lufs(energies[: hops * hop_frames].reshape(hops, hop_frames).mean(axis=1))


def gate_loudness_lufs(hop_energies: ArrayLike) -> float:
    """Compute integrated loudness: blocks of 400 ms every 100 ms, gated at -70 LUFS and 10 LU under the rest.

    Args:
        hop_energies: K-weighted mean square of each 100 ms, summed over channels, in order.

    Returns:
        LUFS; minus infinity where no block passes the gates.
    """
    hops = np.asarray(hop_energies, np.float64)
    if hops.size < _HOPS_PER_BLOCK:
        return -math.inf
    blocks = np.convolve(hops, np.full(_HOPS_PER_BLOCK, 1.0 / _HOPS_PER_BLOCK), mode="valid")
    audible = blocks[blocks > _lufs_to_energy(_ABSOLUTE_GATE_LUFS)]
    if not audible.size:
        return -math.inf
    gate = _lufs_to_energy(_energy_to_lufs(float(audible.mean())) + _RELATIVE_GATE_LU)
    return _energy_to_lufs(float(audible[audible > gate].mean()))


def _energy_to_lufs(energy: float) -> float:
    """Convert energy to LUFS. What lies under the absolute gate counts as silence."""
    return _OFFSET_LUFS + 10.0 * math.log10(energy) if energy > _lufs_to_energy(_ABSOLUTE_GATE_LUFS) else -math.inf


def _lufs_to_energy(lufs: float) -> float:
    return float(10.0 ** ((lufs - _OFFSET_LUFS) / 10.0))


_TAPS = 24
_LOUD = 0.5
_AT_ONCE = 1 << 15


def _make_interpolator() -> NDArray[np.float32]:
    """Make windowed-sinc weights, (taps, 3), for the points at 1/4, 1/2 and 3/4 of the way to the next sample."""
    taps = np.arange(_TAPS) - (_TAPS // 2 - 1)
    offsets = taps[:, None] - np.array([0.25, 0.5, 0.75])
    weights: NDArray[np.float64] = np.sinc(offsets) * np.cos(np.pi * offsets / (_TAPS + 1)) ** 2
    weights /= weights.sum(axis=0)
    return weights.astype(np.float32)


_BETWEEN = _make_interpolator()


def find_frame_peaks(samples: Samples) -> NDArray[np.float32]:
    """Find the true peak at each frame, in any channel: of the sample itself and of the points interpolated beside it.

    Oversampled four times (ITU-R BS.1770-4, annex 2), but only near samples above -6 dBFS or, in a quiet sound,
    above half its peak: nothing else can become the peak.

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
    """Raise the peaks on either side of each gap that touches a loud frame to the peak inside the gap."""
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
    """Measure the true peak of a sound, in dBTP; minus infinity for silence or nothing at all."""
    peaks = find_frame_peaks(samples)
    return gain_to_db(float(peaks.max())) if peaks.size else -math.inf


Gains = NDArray[np.float64]

_LOOK_S = 0.005
_ROUNDING_DB = 1e-3


def limit_peaks(samples: Samples, rate_hz: int, ceiling_db: float) -> Samples:
    """Limit the true peaks of a sound to a ceiling; the gain is lowered smoothly for some 5 ms around each.

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
    """Find the lowest gain within reach of each, by minima over windows of twice the width each time."""
    lowest = np.pad(gains, reach, mode="edge")
    window, width = 2 * reach + 1, 1
    while 2 * width <= window:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = window - width
    return np.minimum(lowest[: lowest.size - rest], lowest[rest:])


def _average(gains: Gains, width: int) -> Gains:
    """Average each ``width`` neighbours; done twice, the weights are a triangle, without a step in the gain."""
    sums = np.cumsum(np.concatenate([[0.0], gains]))
    means: Gains = (sums[width:] - sums[:-width]) / width
    return means
