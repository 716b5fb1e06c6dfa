"""Bells: the stroke of a soft mallet, left to ring out.

Each overtone is two tones slightly apart, as in any bell that is not perfectly round. They beat against each other,
and at different moments left and right, which gives the bell its width.
"""

import cmath
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip, Signal, make_fall, make_rise
from coach.sounds.registry import BELL_LENGTHS_S
from coach.units import seconds_to_frames


@dataclass(frozen=True, kw_only=True, slots=True)
class BellOvertone:
    """One overtone: pitch, level, the time in which it falls to 1/e, how often it beats, and its attack."""

    pitch_hz: float
    level: float
    decay_s: float
    beat_hz: float
    rise_s: float


# The ratios 1 : 2.78 : 5.18 : 8.16 are those measured on a Tibetan bowl (Inacio, Henrique and Antunes 2006).
BOWL = (
    BellOvertone(pitch_hz=212.0, level=1.0, decay_s=2.3, beat_hz=0.55, rise_s=0.022),
    BellOvertone(pitch_hz=589.4, level=0.5, decay_s=1.5, beat_hz=0.9, rise_s=0.02),
    BellOvertone(pitch_hz=1098.2, level=0.16, decay_s=0.8, beat_hz=1.4, rise_s=0.018),
    BellOvertone(pitch_hz=1729.9, level=0.04, decay_s=0.4, beat_hz=2.1, rise_s=0.016),
)

# A free tube: 1 : 2.76 : 5.40.
CHIME = (
    BellOvertone(pitch_hz=622.0, level=1.0, decay_s=1.1, beat_hz=0.7, rise_s=0.008),
    BellOvertone(pitch_hz=1714.0, level=0.3, decay_s=0.5, beat_hz=1.2, rise_s=0.006),
    BellOvertone(pitch_hz=3361.0, level=0.05, decay_s=0.16, beat_hz=1.9, rise_s=0.005),
)

# A broad plate: crowded, and the higher the mode, the later it has gathered its share.
GONG = (
    BellOvertone(pitch_hz=104.0, level=0.9, decay_s=3.0, beat_hz=0.35, rise_s=0.04),
    BellOvertone(pitch_hz=156.7, level=0.6, decay_s=2.6, beat_hz=0.5, rise_s=0.05),
    BellOvertone(pitch_hz=211.3, level=0.7, decay_s=2.2, beat_hz=0.7, rise_s=0.07),
    BellOvertone(pitch_hz=272.0, level=0.35, decay_s=1.7, beat_hz=0.9, rise_s=0.12),
    BellOvertone(pitch_hz=329.5, level=0.3, decay_s=1.3, beat_hz=1.1, rise_s=0.2),
    BellOvertone(pitch_hz=415.8, level=0.2, decay_s=1.0, beat_hz=1.3, rise_s=0.3),
    BellOvertone(pitch_hz=538.6, level=0.12, decay_s=0.7, beat_hz=1.7, rise_s=0.35),
)

MAKERS = {"bowl": BOWL, "chime": CHIME, "gong": GONG}

ComplexSignal = NDArray[np.complex128]

_ENDING = 0.3
_TWIN_LEVEL = 0.4
_SIDE_TURN = 0.6


def ring_bell(name: str, rate_hz: int) -> Clip:
    """Make one stroke of a bell of ``coach.sounds.registry.BELLS``: stereo, peaking at 1.0, silent at its end."""
    frames = seconds_to_frames(BELL_LENGTHS_S[name], rate_hz)
    sides = np.zeros((2, frames))
    for number, mode in enumerate(MAKERS[name]):
        left, right = _ring_twins(mode, frames, rate_hz, turn=float(number))
        sides[0] += left
        sides[1] += right
    ending = round(frames * _ENDING)
    sides[:, -ending:] *= make_fall(ending)
    return Clip(samples=np.ascontiguousarray(sides.T / np.abs(sides).max(), np.float32), rate_hz=rate_hz)


def _ring_twins(mode: BellOvertone, frames: int, rate_hz: int, turn: float) -> tuple[Signal, Signal]:
    """Make an overtone and a weaker second tone, whose beats differ between left and right.

    Its attack is smooth, its decay exponential.
    """
    carrier = _make_rotation(
        -1.0 / mode.decay_s, mode.pitch_hz, frames, rate_hz, start=mode.level * cmath.exp(1j * turn)
    )
    rising = seconds_to_frames(mode.rise_s, rate_hz)
    carrier[:rising] *= make_rise(rising)
    twin = _make_rotation(0.0, mode.beat_hz, frames, rate_hz, start=_TWIN_LEVEL)
    twin *= carrier
    middle = carrier.imag + math.cos(_SIDE_TURN) * twin.imag
    side = math.sin(_SIDE_TURN) * twin.real
    return middle - side, middle + side


def _make_rotation(growth_per_s: float, pitch_hz: float, frames: int, rate_hz: int, *, start: complex) -> ComplexSignal:
    """Compute ``start exp((growth + 2 pi i pitch) t)`` as products of few powers: a sine per frame is slow."""
    per_frame = (growth_per_s + 2j * np.pi * pitch_hz) / rate_hz
    fine = math.isqrt(frames) + 1
    coarse = -(-frames // fine)
    powers: ComplexSignal = np.outer(
        start * np.exp(per_frame * fine * np.arange(coarse)), np.exp(per_frame * np.arange(fine))
    )
    return powers.ravel()[:frames]
