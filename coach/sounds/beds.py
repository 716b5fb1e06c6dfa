"""Beds: continuous background sounds, such as rain or the sea, that loop for as long as a session lasts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip, Samples, make_fall, make_rise
from coach.sounds.forest import make_forest
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
    make_noise_loop,
    make_random_curve,
    make_swell,
    read_loop,
)
from coach.units import db_to_gain, seconds_to_frames

BED_RMS_DB = -44.0
"""The RMS of a bed over minutes, against full scale, over both channels; in no 0.4 s does it pass `BED_PEAK_DB`."""

BED_PEAK_DB = -38.0
FLOOR = "floor"
FLOOR_RMS_DB = -66.0
"""The RMS of the floor: under hearing outdoors, yet enough to keep a Bluetooth headset awake."""

_SEAM_S = 2.0


class AmbientBed(Protocol):
    """An endless sound that can be read from any frame."""

    def render(self, start_frame: int, frames: int) -> Samples:
        """Return the stretch from a frame on, float32 of shape (frames, 2).

        It is the same to the last bit however it is cut into stretches.
        """


@dataclass(frozen=True, slots=True, eq=False)
class LoopedBed:
    """A finished loop, (frames, 2), repeated."""

    loop: Samples

    def render(self, start_frame: int, frames: int) -> Samples:
        """Return the stretch from a frame on, float32 of shape (frames, 2)."""
        return read_loop(self.loop, start_frame, frames).copy()


def make_bed(name: str, rate_hz: int) -> AmbientBed:
    """Make a bed of ``coach.sounds.registry.BEDS`` at `BED_RMS_DB`, or `FLOOR` at `FLOOR_RMS_DB`."""
    if name == FLOOR:
        return make_floor(rate_hz).scale_to_rms(db_to_gain(FLOOR_RMS_DB))
    return MAKERS[name](rate_hz).scale_to_rms(db_to_gain(BED_RMS_DB))


def loop_recording(clip: Clip) -> AmbientBed:
    """Loop an author's recording as a bed, at `BED_RMS_DB`, its end crossfaded into its start at equal power.

    It is mono or stereo, of at least one frame. Silence stays silent.
    """
    sides = np.broadcast_to(clip.samples, (clip.frames, 2))
    seam = min(seconds_to_frames(_SEAM_S, clip.rate_hz), clip.frames // 2)
    loop = np.array(sides[: clip.frames - seam])
    loop[:seam] *= np.sqrt(make_rise(seam))[:, None]
    loop[:seam] += sides[clip.frames - seam :] * np.sqrt(make_fall(seam))[:, None]
    loudness = float(np.sqrt(np.mean(np.square(loop), dtype=np.float64)))
    return LoopedBed((loop * (db_to_gain(BED_RMS_DB) / loudness)).astype(np.float32) if loudness else loop)


_DROPS_PER_SECOND = 45
_KINDS_HZ = np.geomspace(900.0, 3200.0, 24)
_LARGEST = 2.5
_DROP_S = 0.03
_OPENING_S = 0.0012


def make_rain(rate_hz: int) -> LayeredBed:
    """Make steady rain, neither a hiss nor a downpour: band noise, and two loops of drops."""
    wash = make_noise_loop(THREES, rate_hz, low_hz=250, high_hz=900, level=0.6, seed=21)
    wash += make_noise_loop(THREES, rate_hz, low_hz=900, high_hz=2600, level=0.4, seed=22)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(wash),
            Layer(_make_drops(ELEVENS, rate_hz, level=0.35, seed=23)),
            Layer(_make_drops(SEVENS, rate_hz, level=0.35, seed=24)),
        ),
    )


def _make_drops(frames: int, rate_hz: int, *, level: float, seed: int) -> Samples:
    """Make a loop of drops of random sizes and panning, (frames, 2), with ``level`` as its RMS over both channels."""
    rng = np.random.default_rng(seed)
    kinds = [_make_drop(rate_hz, pitch_hz) for pitch_hz in _KINDS_HZ]
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


def _make_drop(rate_hz: int, pitch_hz: float) -> NDArray[np.float32]:
    """Make one drop: a short, soft plop whose pitch rises a little as its bubble closes."""
    frames = seconds_to_frames(_DROP_S, rate_hz)
    time_s = np.arange(frames) / rate_hz
    plop = np.sin(2.0 * np.pi * pitch_hz * time_s * (1.0 + 4.0 * time_s)) * np.exp(-time_s * pitch_hz / 4.5)
    opening = seconds_to_frames(_OPENING_S, rate_hz)
    plop[:opening] *= make_rise(opening)
    plop *= make_fall(frames)
    return plop.astype(np.float32)


_WAVES = 367
_APART_S = (7.0, 12.0)
_SIZE = (0.6, 1.0)
_REACH_S = 12.0
_BETWEEN = 0.3


def make_sea(rate_hz: int) -> LayeredBed:
    """Make slow waves that differ in size and are 7 to 12 s apart, in a sequence of about an hour."""
    deep = make_noise_loop(SEVENS, rate_hz, low_hz=60, high_hz=220, level=0.6, seed=32)
    breaking = make_noise_loop(THREES, rate_hz, low_hz=200, high_hz=850, level=0.9, seed=33)
    foam = make_noise_loop(TWOS, rate_hz, low_hz=900, high_hz=2600, level=0.35, seed=34)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(deep, _make_waves(later_s=-1.0, rise_s=1.5, fall_s=2.4)),
            Layer(breaking, _make_waves(later_s=0.0, rise_s=1.1, fall_s=1.8)),
            Layer(foam, _make_waves(later_s=0.9, rise_s=0.8, fall_s=2.4)),
        ),
    )


def _make_waves(*, later_s: float, rise_s: float, fall_s: float) -> Swell:
    """Make the gain of one layer of noise over the sequence of waves, which loops.

    Args:
        later_s: how long after the wave breaks this layer is at its loudest.
        rise_s: how fast it rises, as the standard deviation of half a bell curve.
        fall_s: how fast it falls, likewise.
    """
    rng = np.random.default_rng(31)
    peaks_s = np.cumsum(rng.uniform(*_APART_S, _WAVES)) + later_s
    sizes = rng.uniform(*_SIZE, _WAVES)
    points = np.full(round((peaks_s[-1] - later_s) * POINTS_PER_SECOND), _BETWEEN)
    reach = np.arange(-_REACH_S * POINTS_PER_SECOND, _REACH_S * POINTS_PER_SECOND, dtype=np.intp)
    for peak_s, size in zip(peaks_s, sizes, strict=True):
        near = round(peak_s * POINTS_PER_SECOND) + reach
        points[near % points.size] += size * _make_hump(near / POINTS_PER_SECOND - peak_s, rise_s, fall_s)
    return Swell(points.astype(np.float32))


def _make_hump(since_s: NDArray[np.float64], rise_s: float, fall_s: float) -> NDArray[np.float64]:
    """Compute a wave's strength by the time since its peak, where it is 1: a bell curve, wider after the peak."""
    hump: NDArray[np.float64] = np.exp(-0.5 * (since_s / np.where(since_s < 0.0, rise_s, fall_s)) ** 2)
    return hump


def make_wind(rate_hz: int) -> LayeredBed:
    """Make wind over open ground: gusts of many seconds, brighter as they grow."""
    gusts = make_random_curve(FIVES_OF_POINTS, slowest_s=30.0, quickest_s=4.0, seed=11)
    lulls = make_random_curve(SEVENS_OF_POINTS, slowest_s=40.0, quickest_s=6.0, seed=12)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(make_noise_loop(SEVENS, rate_hz, low_hz=70, high_hz=240, level=0.8, seed=13), make_swell(1.8, lulls)),
            Layer(
                make_noise_loop(THREES, rate_hz, low_hz=220, high_hz=650, level=0.8, seed=14), make_swell(2.4, gusts)
            ),
            Layer(
                make_noise_loop(TWOS, rate_hz, low_hz=600, high_hz=1500, level=0.25, seed=15), make_swell(4.5, gusts)
            ),
        ),
    )


def make_floor(rate_hz: int) -> LayeredBed:
    """Make the noise floor: low noise, hardly audible, that is never quite silent."""
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(make_noise_loop(THREES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=41)),
            Layer(make_noise_loop(FIVES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=42)),
        ),
    )


MAKERS: dict[str, Callable[[int], LayeredBed]] = {
    "wind": make_wind,
    "rain": make_rain,
    "forest": make_forest,
    "sea": make_sea,
}
