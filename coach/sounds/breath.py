"""Breath sounds: moving air that rises through the in-breath and winds down through the out-breath."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coach.sounds.clip import Clip
from coach.sounds.shapes import fall, rise
from coach.units import seconds_to_frames

Phase = Literal["in", "out"]
Signal = NDArray[np.float64]

_BANDS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Air:
    """How air moves: its pitch at the start and end of each phase, and how wide a band it fills, in octaves."""

    in_hz: tuple[float, float]
    out_hz: tuple[float, float]
    octaves: float


AIR = Air(in_hz=(420.0, 1500.0), out_hz=(900.0, 260.0), octaves=0.55)
WAVE = Air(in_hz=(230.0, 900.0), out_hz=(700.0, 140.0), octaves=0.9)
MAKERS = {"air": AIR, "wave": WAVE}


def breath(name: str, phase: Phase, length_s: float, rate_hz: int) -> Clip:
    """The sound of one in- or out-breath, mono, peaking at exactly 1.0 and silent at both ends.

    Args:
        name: one of ``coach.sounds.registry.BREATHS``.
        phase: in rises in pitch and level until just before its end; out begins soon and sinks away.
        length_s: how long it lasts, from about half a second.
        rate_hz: the sample rate to make it at.
    """
    air = MAKERS[name]
    frames = seconds_to_frames(length_s, rate_hz)
    signal = _gliding_noise(air.in_hz if phase == "in" else air.out_hz, air.octaves, frames, rate_hz)
    signal *= _inflow(frames) if phase == "in" else _outflow(frames)
    return Clip(samples=(signal / np.abs(signal).max()).astype(np.float32)[:, None], rate_hz=rate_hz)


def _inflow(frames: int) -> Signal:
    """Gathers over most of the breath, then stops softly: lungs are full."""
    opening, gathering = round(frames * 0.1), round(frames * 0.82)
    flow = np.concatenate([0.25 + 0.75 * rise(gathering), fall(frames - gathering)])
    flow[:opening] *= rise(opening)
    return flow


def _outflow(frames: int) -> Signal:
    """Lets go at once, then ever less."""
    opening = round(frames * 0.15)
    return np.concatenate([rise(opening), fall(frames - opening) ** 1.1])


def _gliding_noise(glide_hz: tuple[float, float], octaves: float, frames: int, rate_hz: int) -> Signal:
    """Noise in a band that glides between two pitches: fixed narrow bands, faded into each other along the way."""
    first, last = np.log2(glide_hz)
    centres = np.linspace(min(first, last) - octaves, max(first, last) + octaves, _BANDS)
    path = np.linspace(first, last, frames)
    pitches_hz = np.fft.rfftfreq(frames, 1.0 / rate_hz)
    heights = np.log2(np.maximum(pitches_hz, 1.0))
    white = np.fft.rfft(np.random.default_rng(7).standard_normal(frames)) / np.sqrt(np.maximum(pitches_hz, 1.0))
    width = centres[1] - centres[0]
    signal = np.zeros(frames)
    for centre in centres:
        band = np.fft.irfft(white * np.exp(-0.5 * ((heights - centre) / width) ** 2), frames)
        signal += band * np.exp(-0.5 * ((path - centre) / octaves) ** 2)
    return signal
