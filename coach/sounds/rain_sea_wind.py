"""Rain on leaves: a soft wash, and the small drops that stand out of it."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Samples
from coach.sounds.envelopes import fall, rise
from coach.sounds.noise_loops import (
    ELEVENS,
    FIVES,
    FIVES_OF_POINTS,
    POINTS_PER_SECOND,
    SEVENS,
    SEVENS_OF_POINTS,
    THREES,
    TWOS,
    Layer,
    LayeredBed,
    Swell,
    noise_loop,
    swell_db,
    wander,
)
from coach.units import seconds_to_frames

_DROPS_PER_SECOND = 45

_KINDS_HZ = np.geomspace(900.0, 3200.0, 24)

_LARGEST = 2.5

_DROP_S = 0.03

_OPENING_S = 0.0012


def rain(rate_hz: int) -> LayeredBed:
    """Steady rain, neither a hiss nor a downpour."""
    wash = noise_loop(THREES, rate_hz, low_hz=250, high_hz=900, level=0.6, seed=21)
    wash += noise_loop(THREES, rate_hz, low_hz=900, high_hz=2600, level=0.4, seed=22)
    return LayeredBed(
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


_WAVES = 367

_APART_S = (7.0, 12.0)

_SIZE = (0.6, 1.0)

_REACH_S = 12.0

_BETWEEN = 0.3


def sea(rate_hz: int) -> LayeredBed:
    """Slow waves, no two alike or equally far apart, in a row of about an hour."""
    deep = noise_loop(SEVENS, rate_hz, low_hz=60, high_hz=220, level=0.6, seed=32)
    breaking = noise_loop(THREES, rate_hz, low_hz=200, high_hz=850, level=0.9, seed=33)
    foam = noise_loop(TWOS, rate_hz, low_hz=900, high_hz=2600, level=0.35, seed=34)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(deep, _waves(later_s=-1.0, rise_s=1.5, fall_s=2.4)),
            Layer(breaking, _waves(later_s=0.0, rise_s=1.1, fall_s=1.8)),
            Layer(foam, _waves(later_s=0.9, rise_s=0.8, fall_s=2.4)),
        ),
    )


def _waves(*, later_s: float, rise_s: float, fall_s: float) -> Swell:
    """What one part of the sound does in a row of waves that closes on itself.

    Args:
        later_s: how long after the wave breaks this part is at its loudest.
        rise_s: how soon it comes, as the width of half a bell curve.
        fall_s: how soon it goes.
    """
    rng = np.random.default_rng(31)
    peaks_s = np.cumsum(rng.uniform(*_APART_S, _WAVES)) + later_s
    sizes = rng.uniform(*_SIZE, _WAVES)
    points = np.full(round((peaks_s[-1] - later_s) * POINTS_PER_SECOND), _BETWEEN)
    reach = np.arange(-_REACH_S * POINTS_PER_SECOND, _REACH_S * POINTS_PER_SECOND, dtype=np.intp)
    for peak_s, size in zip(peaks_s, sizes, strict=True):
        near = round(peak_s * POINTS_PER_SECOND) + reach
        points[near % points.size] += size * _hump(near / POINTS_PER_SECOND - peak_s, rise_s, fall_s)
    return Swell(points.astype(np.float32))


def _hump(since_s: NDArray[np.float64], rise_s: float, fall_s: float) -> NDArray[np.float64]:
    """How strong a wave is, by the time since its peak, where it is 1: half a bell curve up, a wider one down."""
    hump: NDArray[np.float64] = np.exp(-0.5 * (since_s / np.where(since_s < 0.0, rise_s, fall_s)) ** 2)
    return hump


def wind(rate_hz: int) -> LayeredBed:
    """Wind over open ground: gusts of many seconds, brighter as they grow."""
    gusts = wander(FIVES_OF_POINTS, slowest_s=30.0, quickest_s=4.0, seed=11)
    lulls = wander(SEVENS_OF_POINTS, slowest_s=40.0, quickest_s=6.0, seed=12)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(noise_loop(SEVENS, rate_hz, low_hz=70, high_hz=240, level=0.8, seed=13), swell_db(1.8, lulls)),
            Layer(noise_loop(THREES, rate_hz, low_hz=220, high_hz=650, level=0.8, seed=14), swell_db(2.4, gusts)),
            Layer(noise_loop(TWOS, rate_hz, low_hz=600, high_hz=1500, level=0.25, seed=15), swell_db(4.5, gusts)),
        ),
    )


def floor(rate_hz: int) -> LayeredBed:
    """Hardly anything: low noise that is never quite silent."""
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(noise_loop(THREES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=41)),
            Layer(noise_loop(FIVES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=42)),
        ),
    )
