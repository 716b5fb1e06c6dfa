"""Bells: a stroke of a soft mallet, left to ring out.

Each overtone is really two, a little apart, as in any bell that is not perfectly round. The two drift in and out of
step, and do so at different moments left and right, so that the bell seems to breathe and to stand in the room.
"""

import cmath
import math

import numpy as np
from numpy.typing import NDArray

from coach.sounds.bell_presets import MAKERS, BellOvertone
from coach.sounds.clip import Clip, Signal
from coach.sounds.envelopes import fall, rise
from coach.units import seconds_to_frames

ComplexSignal = NDArray[np.complex128]

_ENDING = 0.3

_TWIN_LEVEL = 0.4

_SIDE_TURN = 0.6


def ring_bell(name: str, rate_hz: int) -> Clip:
    """One stroke, stereo, peaking at exactly 1.0 and ending in silence.

    Args:
        name: one of ``coach.sounds.registry.BELLS``.
        rate_hz: the sample rate to make it at.
    """
    made = MAKERS[name]
    frames = seconds_to_frames(made.length_s, rate_hz)
    sides = np.zeros((2, frames))
    for number, mode in enumerate(made.overtones):
        left, right = _twins(mode, frames, rate_hz, turn=float(number))
        sides[0] += left
        sides[1] += right
    ending = round(frames * _ENDING)
    sides[:, -ending:] *= fall(ending)
    return Clip(samples=np.ascontiguousarray(sides.T / np.abs(sides).max(), np.float32), rate_hz=rate_hz)


def _twins(mode: BellOvertone, frames: int, rate_hz: int, turn: float) -> tuple[Signal, Signal]:
    """A mode and its weaker twin, left and right: they beat against each other, and not alike on both sides.

    A soft rise, then an even decay.
    """
    carrier = _turning(-1.0 / mode.decay_s, mode.pitch_hz, frames, rate_hz, start=mode.level * cmath.exp(1j * turn))
    rising = seconds_to_frames(mode.rise_s, rate_hz)
    carrier[:rising] *= rise(rising)
    twin = _turning(0.0, mode.beat_hz, frames, rate_hz, start=_TWIN_LEVEL)
    twin *= carrier
    middle = carrier.imag + math.cos(_SIDE_TURN) * twin.imag
    side = math.sin(_SIDE_TURN) * twin.real
    return middle - side, middle + side


def _turning(growth_per_s: float, pitch_hz: float, frames: int, rate_hz: int, *, start: complex) -> ComplexSignal:
    """``start exp((growth + 2 pi i pitch) t)``: a few hundred powers multiplied, as a sine for each frame is slow."""
    per_frame = (growth_per_s + 2j * np.pi * pitch_hz) / rate_hz
    fine = math.isqrt(frames) + 1
    coarse = -(-frames // fine)
    powers: ComplexSignal = np.outer(
        start * np.exp(per_frame * fine * np.arange(coarse)), np.exp(per_frame * np.arange(fine))
    )
    return powers.ravel()[:frames]
