"""Breath sounds: moving air that rises through the in-breath and winds down through the out-breath."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from coach.sounds.clip import Clip, Samples, Signal, make_fall, make_rise
from coach.sounds.noise_loops import read_loop
from coach.units import seconds_to_frames

BreathPhase = Literal["in", "out"]

_BANDS = 9
_NOISE_FRAMES = 1 << 18


@dataclass(frozen=True, kw_only=True, slots=True)
class AirMovement:
    """The timbre of a breath: its pitch at the start and end of each phase, and its bandwidth in octaves."""

    in_hz: tuple[float, float]
    out_hz: tuple[float, float]
    octaves: float


AIR = AirMovement(in_hz=(420.0, 1500.0), out_hz=(900.0, 260.0), octaves=0.55)
WAVE = AirMovement(in_hz=(230.0, 900.0), out_hz=(700.0, 140.0), octaves=0.9)
MAKERS = {"air": AIR, "wave": WAVE}


def make_breath(name: str, phase: BreathPhase, length_s: float, rate_hz: int) -> Clip:
    """Make the sound of one in- or out-breath, mono, peaking at exactly 1.0 and silent at both ends.

    Args:
        name: one of ``coach.sounds.registry.BREATHS``.
        phase: in rises in pitch and level until just before its end; out begins soon and sinks away.
        length_s: how long it lasts, from about half a second.
        rate_hz: the sample rate to make it at.
    """
    air = MAKERS[name]
    frames = seconds_to_frames(length_s, rate_hz)
    signal = _make_gliding_noise(air.in_hz if phase == "in" else air.out_hz, air.octaves, frames, rate_hz)
    signal *= _make_inflow(frames) if phase == "in" else _make_outflow(frames)
    signal /= np.abs(signal).max()
    return Clip(samples=signal[:, None], rate_hz=rate_hz)


def _make_inflow(frames: int) -> Signal:
    """Make the envelope of an in-breath: it rises over 82 % of its length, then stops softly, as lungs are full."""
    opening, gathering = round(frames * 0.1), round(frames * 0.82)
    flow = np.concatenate([0.25 + 0.75 * make_rise(gathering), make_fall(frames - gathering)])
    flow[:opening] *= make_rise(opening)
    return flow


def _make_outflow(frames: int) -> Signal:
    """Make the envelope of an out-breath: it is strongest soon after its start, then falls to its end."""
    opening = round(frames * 0.15)
    return np.concatenate([make_rise(opening), make_fall(frames - opening) ** 1.1])


def _make_gliding_noise(glide_hz: tuple[float, float], octaves: float, frames: int, rate_hz: int) -> Samples:
    """Make band noise that glides between two pitches: fixed narrow bands, crossfaded along the way."""
    first, last = np.log2(glide_hz)
    path = np.linspace(first, last, frames, dtype=np.float32)
    signal = np.zeros(frames, np.float32)
    for centre, band in zip(
        _find_band_centres(glide_hz, octaves), _make_narrow_bands(glide_hz, octaves, rate_hz), strict=True
    ):
        signal += read_loop(band, 0, frames) * np.exp(
            np.float32(-0.5 / octaves**2) * np.square(path - np.float32(centre))
        )
    return signal


def _find_band_centres(glide_hz: tuple[float, float], octaves: float) -> Signal:
    """Find the centres of the narrow bands that a glide passes through, in octaves above 1 Hz."""
    return np.linspace(np.log2(min(glide_hz)) - octaves, np.log2(max(glide_hz)) + octaves, _BANDS)


@lru_cache(maxsize=4)
def _make_narrow_bands(glide_hz: tuple[float, float], octaves: float, rate_hz: int) -> Samples:
    """Make noise for each narrow band, (bands, frames); cached, as a session breathes many hundred times."""
    pitches_hz = np.maximum(np.fft.rfftfreq(_NOISE_FRAMES, 1.0 / rate_hz), 1.0)
    white = np.fft.rfft(np.random.default_rng(7).standard_normal(_NOISE_FRAMES)) / np.sqrt(pitches_hz)
    centres = _find_band_centres(glide_hz, octaves)
    width = centres[1] - centres[0]
    bands = np.empty((_BANDS, _NOISE_FRAMES), np.float32)
    for band, centre in zip(bands, centres, strict=True):
        weights = np.exp(-0.5 * ((np.log2(pitches_hz) - centre) / width) ** 2)
        band[:] = np.fft.irfft(white * weights, _NOISE_FRAMES)
    return bands
