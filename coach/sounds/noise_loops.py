"""Noise loops whose lengths share no factor, under swells that are loops themselves.

Everything here is a function of the absolute frame alone. Any stretch can be asked for at any time, and comes out
the same to the last bit however it is cut into blocks.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples

Curve = NDArray[np.float32]

# Lengths of loops in frames, 8 to 37 s at 48 kHz. Powers of different primes are quick to transform, and together
# repeat only after days.
TWOS, THREES, FIVES, SEVENS, ELEVENS = 2**19, 3**12, 5**8, 7**7, 11**6
POINTS_PER_SECOND = 20

# Lengths of swells in points: 49, 65 and 98 minutes.
THREES_OF_POINTS, FIVES_OF_POINTS, SEVENS_OF_POINTS = 3**10, 5**7, 7**6


@dataclass(frozen=True, slots=True, eq=False)
class Swell:
    """A gain that varies slowly, in a loop: points ``POINTS_PER_SECOND`` apart, with straight lines between."""

    points: Curve

    def compute_gains(self, start_frame: int, frames: int, rate_hz: int) -> Curve:
        """Compute the gain of each frame, twice, once for either channel: float32 of shape (2 * frames,)."""
        step = rate_hz // POINTS_PER_SECOND
        first = start_frame // step
        last = (start_frame + frames - 1) // step + 1
        points = self.points[np.arange(first, last + 1) % self.points.size]
        lines = np.diff(points)[:, None] * _make_ramp(step)
        lines += points[:-1, None]
        skipped = 2 * (start_frame - first * step)
        return lines.reshape(-1)[skipped : skipped + 2 * frames]

    @property
    def power(self) -> float:
        """The mean square of the gain."""
        return float(np.mean(self.points.astype(np.float64) ** 2))


@lru_cache(maxsize=8)
def _make_ramp(step: int) -> Curve:
    """Compute how far each frame lies from one point to the next, 0 to 1, for both channels."""
    return np.repeat(np.arange(step, dtype=np.float32) / np.float32(step), 2)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A loop of stereo noise, (frames, 2), and the swell it is heard through, if any."""

    loop: Samples
    swell: Swell | None = None

    def add_to(self, mix: Samples, start_frame: int, rate_hz: int) -> None:
        """Add the stretch from a frame on to a mix of shape (frames, 2)."""
        heard = read_loop(self.loop, start_frame, mix.shape[0])
        if self.swell:
            heard = heard.reshape(-1) * self.swell.compute_gains(start_frame, mix.shape[0], rate_hz)
        mix += heard.reshape(mix.shape)

    @property
    def power(self) -> float:
        """The mean square of all that is heard of it, over frames and channels."""
        loudness = float(np.mean(np.square(self.loop, dtype=np.float32), dtype=np.float64))
        return loudness * (self.swell.power if self.swell else 1.0)


def read_loop(loop: Samples, start_frame: int, frames: int) -> Samples:
    """Read a stretch of an endless loop: a view where the stretch does not cross the seam."""
    start = start_frame % loop.shape[0]
    if start + frames <= loop.shape[0]:
        return loop[start : start + frames]
    around: Samples = loop[np.arange(start, start + frames) % loop.shape[0]]
    return around


def make_noise_loop(frames: int, rate_hz: int, *, low_hz: float, high_hz: float, level: float, seed: int) -> Samples:
    """Make noise between two frequencies, with soft shoulders, that loops; left and right are uncorrelated.

    Args:
        frames: the length; a power of a small prime is quick.
        rate_hz: the sample rate.
        low_hz: where the level has fallen by 3 dB towards the bass (12 dB an octave).
        high_hz: and towards the treble.
        level: the RMS of either channel.
        seed: which noise.

    Returns:
        float32 of shape (frames, 2).
    """
    pitches_hz = np.arange(frames // 2 + 1, dtype=np.float32) * np.float32(rate_hz / frames)
    bins = min(pitches_hz.size, int(6.0 * high_hz * frames / rate_hz))
    pitches_hz[0] = 1.0
    pitches_hz = pitches_hz[:bins]
    weights = 1.0 / np.sqrt((1.0 + (low_hz / pitches_hz) ** 4) * (1.0 + (pitches_hz / high_hz) ** 4))
    parts = np.random.default_rng(seed).standard_normal((2, bins, 2), np.float32).view(np.complex64)[..., 0]
    loop = np.fft.irfft(parts * weights, frames).T
    loop *= level / np.sqrt(np.mean(np.square(loop), axis=0))
    return np.ascontiguousarray(loop, np.float32)


def make_random_curve(points: int, *, slowest_s: float, quickest_s: float, seed: int) -> Curve:
    """Make a smooth random curve around 0, mostly within 1 and never beyond 1.5, that loops.

    It has ``points``, ``POINTS_PER_SECOND`` apart, and waves from the quickest to the slowest; ``seed`` chooses it.
    """
    pitches_hz = np.fft.rfftfreq(points, 1.0 / POINTS_PER_SECOND)
    rng = np.random.default_rng(seed)
    parts = rng.standard_normal(pitches_hz.size) + 1j * rng.standard_normal(pitches_hz.size)
    curve = np.fft.irfft(parts * ((pitches_hz >= 1.0 / slowest_s) & (pitches_hz <= 1.0 / quickest_s)), points)
    curve /= np.sqrt(np.mean(curve**2))
    return (1.5 * np.tanh(curve / 1.5)).astype(np.float32)


def make_swell(depth_db: float, curve: Curve) -> Swell:
    """Make a swell that moves so many decibels up and down as the curve goes from -1 to 1."""
    return Swell(np.power(np.float32(10.0), curve * np.float32(depth_db / 20.0)))


class IntermittentNoise(Protocol):
    """A sound that is heard now and then above the layers, at its own level."""

    def add_to(self, mix: Samples, start_frame: int, rate_hz: int) -> None:
        """Add the stretch from a frame on to a mix of shape (frames, 2)."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LayeredBed:
    """Layers of noise, and intermittent sounds whose level is relative to the layers' RMS of 1."""

    rate_hz: int
    layers: tuple[Layer, ...]
    intermittents: tuple[IntermittentNoise, ...] = ()
    gain: float = 1.0

    def scale_to_rms(self, rms: float) -> Self:
        """Scale the bed, its layers together at an RMS over frames and channels."""
        power = sum(layer.power for layer in self.layers)
        return type(self)(
            rate_hz=self.rate_hz, layers=self.layers, intermittents=self.intermittents, gain=rms / float(np.sqrt(power))
        )

    def render(self, start_frame: int, frames: int) -> Samples:
        """Return the stretch from a frame on, float32 of shape (frames, 2)."""
        mix = np.zeros((frames, 2), np.float32)
        for part in (*self.layers, *self.intermittents):
            part.add_to(mix, start_frame, self.rate_hz)
        mix *= np.float32(self.gain)
        return mix
