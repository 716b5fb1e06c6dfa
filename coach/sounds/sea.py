"""The sea on a beach: waves that gather, break, and draw back hissing softly."""

import numpy as np
from numpy.typing import NDArray

from coach.sounds.loops import POINTS_PER_SECOND, SEVENS, THREES, TWOS, Layer, Swell, noise_loop
from coach.sounds.scenery import Scenery

_WAVES = 367
_APART_S = (7.0, 12.0)
_SIZE = (0.6, 1.0)
_REACH_S = 12.0
_BETWEEN = 0.3


def sea(rate_hz: int) -> Scenery:
    """Slow waves, no two alike or equally far apart, in a row of about an hour."""
    deep = noise_loop(SEVENS, rate_hz, low_hz=60, high_hz=220, level=0.6, seed=32)
    breaking = noise_loop(THREES, rate_hz, low_hz=200, high_hz=850, level=0.9, seed=33)
    foam = noise_loop(TWOS, rate_hz, low_hz=900, high_hz=2600, level=0.35, seed=34)
    return Scenery(
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
