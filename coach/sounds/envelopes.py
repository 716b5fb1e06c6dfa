"""The two things nearly every sound here is made of: smooth slopes, and noise of a certain colour."""

import numpy as np
from numpy.typing import NDArray


def rise(frames: int) -> NDArray[np.float64]:
    """A smooth slope from exactly 0 to exactly 1: half a raised cosine."""
    slope: NDArray[np.float64] = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, frames))
    return slope


def fall(frames: int) -> NDArray[np.float64]:
    """A smooth slope from exactly 1 to exactly 0."""
    return rise(frames)[::-1]


def band_noise(frames: int, rate_hz: int, *, low_hz: float, high_hz: float, seed: int) -> NDArray[np.float64]:
    """Noise of RMS 1 between two pitches, with soft shoulders; it joins up with itself when repeated.

    The level falls by a half, in dB about 3, at either pitch, and by some 12 dB an octave further out.
    """
    pitches_hz = np.fft.rfftfreq(frames, 1.0 / rate_hz)
    pitches_hz[0] = pitches_hz[1]
    weights = 1.0 / np.sqrt((1.0 + (low_hz / pitches_hz) ** 4) * (1.0 + (pitches_hz / high_hz) ** 4))
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(frames))
    noise = np.fft.irfft(white * weights, frames)
    noise /= np.sqrt(np.mean(noise**2))
    return noise
