"""Loudness in LUFS, by ITU-R BS.1770-4."""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.sounds.clip import Samples

HOPS_PER_SECOND = 10
_HOPS_PER_BLOCK = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_LUFS = -0.691
_SPECTRUM_FRAMES = 1 << 16
_PIECE_FRAMES = _SPECTRUM_FRAMES * 3 // 4


def _make_shelf_filter(rate_hz: int) -> list[float]:
    """The first stage, the head's effect: a shelf of +4 dB above about 1.7 kHz, as one second-order section."""
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
    """The second stage: a high-pass at about 38 Hz, as one second-order section."""
    warped = math.tan(math.pi * 38.13547087602444 / rate_hz)
    damping = warped / 0.5003270373238773
    scale = 1.0 + damping + warped**2
    return [1.0, -2.0, 1.0, 1.0, 2.0 * (warped**2 - 1.0) / scale, (1.0 - damping + warped**2) / scale]


def apply_k_weighting(samples: Samples, rate_hz: int) -> Samples:
    """Apply K-weighting: both filters of BS.1770-4, at any rate, applied to the spectrum piece by piece.

    The filters have fallen silent long before the quiet that is put behind each piece ends, so that nothing of a
    piece comes round to its own beginning.

    Args:
        samples: float32 of shape (frames, channels).
        rate_hz: their rate.

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
    """What both filters together do to each frequency of a piece's spectrum, as a column."""
    delayed = np.exp(-2j * np.pi * np.arange(_SPECTRUM_FRAMES // 2 + 1) / _SPECTRUM_FRAMES)
    powers = np.stack([np.ones_like(delayed), delayed, delayed**2])
    shelf, high_pass = np.array(_make_shelf_filter(rate_hz)), np.array(_make_high_pass_filter(rate_hz))
    both = (shelf[:3] @ powers) * (high_pass[:3] @ powers) / ((shelf[3:] @ powers) * (high_pass[3:] @ powers))
    response: NDArray[np.complex64] = both.astype(np.complex64)[:, None]
    return response


def measure_loudness_lufs(samples: Samples, rate_hz: int) -> float:
    """The integrated, gated loudness of a sound; minus infinity for silence.

    Mono counts as what it becomes in two ears, the same on both channels of a pair: 3.01 dB more than the one
    channel alone. A sound under 0.4 s, too short to be gated, counts as one block of its own length.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.
        rate_hz: their rate.
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
    """The integrated loudness of a whole: blocks of 400 ms every 100 ms, gated at -70 LUFS and 10 LU under the rest.

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
    """Energy to LUFS. What lies under the absolute gate counts as silence."""
    return _OFFSET_LUFS + 10.0 * math.log10(energy) if energy > _lufs_to_energy(_ABSOLUTE_GATE_LUFS) else -math.inf


def _lufs_to_energy(lufs: float) -> float:
    return float(10.0 ** ((lufs - _OFFSET_LUFS) / 10.0))
