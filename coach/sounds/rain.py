"""Rain on leaves: a soft wash, and the small drops that stand out of it."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.sounds.loops import ELEVENS, SEVENS, THREES, Layer, noise_loop
from coach.sounds.scenery import Scenery
from coach.sounds.shapes import fall, rise
from coach.units import seconds_to_frames

_DROPS_PER_SECOND = 45
_KINDS_HZ = np.geomspace(900.0, 3200.0, 24)
_LARGEST = 2.5
_DROP_S = 0.03
_OPENING_S = 0.0012


def rain(rate_hz: int) -> Scenery:
    """Steady rain, neither a hiss nor a downpour."""
    wash = noise_loop(THREES, rate_hz, low_hz=250, high_hz=900, level=0.6, seed=21)
    wash += noise_loop(THREES, rate_hz, low_hz=900, high_hz=2600, level=0.4, seed=22)
    return Scenery(
        rate_hz=rate_hz,
        layers=(
            Layer(wash),
            Layer(_drops(ELEVENS, rate_hz, level=0.35, seed=23)),
            Layer(_drops(SEVENS, rate_hz, level=0.35, seed=24)),
        ),
    )


def _drops(frames: int, rate_hz: int, *, level: float, seed: int) -> Samples:
    """A loop of drops of all sizes and on all sides, (frames, 2), of an RMS over both channels."""
    rng = np.random.default_rng(seed)
    kinds = [_drop(rate_hz, pitch_hz) for pitch_hz in _KINDS_HZ]
    count = round(frames / rate_hz * _DROPS_PER_SECOND)
    sizes = np.minimum(np.exp(rng.normal(0.0, 0.6, count)), _LARGEST)
    sides = rng.uniform(0.15, np.pi / 2 - 0.15, count)
    gains = (sizes * np.array([np.cos(sides), np.sin(sides)])).T.astype(np.float32)
    starts = rng.integers(0, frames - kinds[0].size, count)
    loop = np.zeros((frames, 2), np.float32)
    for start, kind, gain in zip(starts, rng.integers(0, len(kinds), count), gains, strict=True):
        loop[start : start + kinds[kind].size] += kinds[kind][:, None] * gain
    loop *= level / np.sqrt(np.mean(np.square(loop), dtype=np.float64))
    return loop


def _drop(rate_hz: int, pitch_hz: float) -> NDArray[np.float32]:
    """One drop: a short, soft plop whose pitch rises a little as its bubble closes."""
    frames = seconds_to_frames(_DROP_S, rate_hz)
    time_s = np.arange(frames) / rate_hz
    plop = np.sin(2.0 * np.pi * pitch_hz * time_s * (1.0 + 4.0 * time_s)) * np.exp(-time_s * pitch_hz / 4.5)
    opening = seconds_to_frames(_OPENING_S, rate_hz)
    plop[:opening] *= rise(opening)
    plop *= fall(frames)
    return plop.astype(np.float32)
