"""Loudness as ears have it: ITU-R BS.1770-4, the measure behind LUFS."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.sounds.clip import Samples

HOPS_PER_SECOND = 10
_HOPS_PER_BLOCK = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_LUFS = -0.691
_BELOW_HEARING = 1e-9
_AT_ONCE_FRAMES = 1 << 16
_RINGS_S = 0.25


def _shelf(rate_hz: int) -> list[float]:
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


def _high_pass(rate_hz: int) -> list[float]:
    """The second stage: deaf to what lies below about 38 Hz, as one second-order section."""
    warped = math.tan(math.pi * 38.13547087602444 / rate_hz)
    damping = warped / 0.5003270373238773
    scale = 1.0 + damping + warped**2
    return [1.0, -2.0, 1.0, 1.0, 2.0 * (warped**2 - 1.0) / scale, (1.0 - damping + warped**2) / scale]


class LoudnessMeter:
    """Measures a sound that arrives in blocks, without keeping it."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._sections = np.array([_shelf(rate_hz), _high_pass(rate_hz)])
        self._state = np.zeros((2, channels, 2))
        self._sums_as_stereo = 2.0 if channels == 1 else 1.0
        self._hop_frames = rate_hz // HOPS_PER_SECOND
        self._part = np.zeros((channels, 0))
        self._hops: list[float] = []

    def add(self, samples: Samples) -> None:
        """Take in the next samples, of shape (frames, channels)."""
        for first in range(0, samples.shape[0], _AT_ONCE_FRAMES):
            weighted = self.weighted(samples[first : first + _AT_ONCE_FRAMES])
            waiting = np.concatenate([self._part, weighted.T], axis=1)
            hops = waiting.shape[1] // self._hop_frames
            whole, self._part = np.split(waiting, [hops * self._hop_frames], axis=1)
            self._hops.extend(self._energies(whole.reshape(len(whole), hops, self._hop_frames)))

    def weighted(self, samples: Samples) -> NDArray[np.float64]:
        """The next samples, K-weighted, as float64 of the same shape. The filters' memory runs on from call to call.

        An inaudible tone at half the sample rate keeps them out of denormal numbers, which make silence slow.
        """
        from scipy.signal import sosfilt  # noqa: PLC0415 - half a second, paid only by those who measure

        guarded = np.array(samples.T, np.float64, order="C")
        guarded[:, ::2] += _BELOW_HEARING
        guarded[:, 1::2] -= _BELOW_HEARING
        filtered, self._state = sosfilt(self._sections, guarded, zi=self._state)
        weighted: NDArray[np.float64] = filtered.T
        return weighted

    def _energies(self, hops: NDArray[np.float64]) -> list[float]:
        """Mean square per hop, summed over channels, of (channels, hops, frames)."""
        sums = np.einsum("chf,chf->h", hops, hops) * (self._sums_as_stereo / hops.shape[2])
        return [float(energy) for energy in sums]

    @property
    def hop_energies(self) -> tuple[float, ...]:
        """Mean square of each whole 100 ms so far, summed over channels."""
        return tuple(self._hops)

    def lufs(self) -> float:
        """The gated loudness of all that was added; a sound too short to gate counts as one block of its own length."""
        if len(self._hops) >= _HOPS_PER_BLOCK:
            return gated_loudness(self._hops)
        rest = self._part.shape[1]
        total = sum(self._hops) * self._hop_frames
        if rest:
            total += self._energies(self._part[:, None])[0] * rest
        return _lufs(total / max(1, len(self._hops) * self._hop_frames + rest))


def k_weighted(samples: Samples, rate_hz: int) -> Samples:
    """Samples as loudness hears them: both filters of BS.1770-4, at any rate, by way of their spectrum.

    Both filters have fallen silent long before `_RINGS_S`, so with that much quiet behind the samples nothing of
    their end comes round to their beginning.

    Args:
        samples: float32 of shape (frames, channels).
        rate_hz: their rate.

    Returns:
        float32 of the same shape.
    """
    frames = samples.shape[0]
    size = 1 << (frames + int(_RINGS_S * rate_hz)).bit_length()
    spectrum = np.fft.rfft(samples, size, axis=0) * _response(rate_hz, size)
    weighted: Samples = np.fft.irfft(spectrum, size, axis=0)[:frames].astype(np.float32)
    return weighted


@lru_cache(maxsize=8)
def _response(rate_hz: int, size: int) -> NDArray[np.complex64]:
    """What both filters together do to each frequency of a spectrum, (size // 2 + 1, 1)."""
    delayed = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    powers = np.stack([np.ones_like(delayed), delayed, delayed**2])
    both = np.ones_like(delayed)
    for section in (_shelf(rate_hz), _high_pass(rate_hz)):
        both *= (np.array(section[:3]) @ powers) / (np.array(section[3:]) @ powers)
    response: NDArray[np.complex64] = both.astype(np.complex64)[:, None]
    return response


def loudness_lufs(samples: Samples, rate_hz: int) -> float:
    """The integrated, gated loudness of a sound; minus infinity for silence.

    Mono counts as what it becomes in two ears, the same on both channels of a pair: 3.01 dB more than the one
    channel alone. A sound under 0.4 s, too short to be gated, counts as one block of its own length.

    Args:
        samples: float32 of shape (frames, channels), full scale at 1.0.
        rate_hz: their rate.
    """
    meter = LoudnessMeter(rate_hz, samples.shape[1])
    meter.add(samples)
    return meter.lufs()


def gated_loudness(hop_energies: ArrayLike) -> float:
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
    audible = blocks[blocks > _energy(_ABSOLUTE_GATE_LUFS)]
    if not audible.size:
        return -math.inf
    gate = _energy(_lufs(float(audible.mean())) + _RELATIVE_GATE_LU)
    return _lufs(float(audible[audible > gate].mean()))


def _lufs(energy: float) -> float:
    """Energy to LUFS. What lies under the absolute gate counts as silence."""
    return _OFFSET_LUFS + 10.0 * math.log10(energy) if energy > _energy(_ABSOLUTE_GATE_LUFS) else -math.inf


def _energy(lufs: float) -> float:
    return float(10.0 ** ((lufs - _OFFSET_LUFS) / 10.0))
