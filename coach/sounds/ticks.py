"""Cadence ticks: soft, dry strokes on a step.

Every overtone of a tick peaks at one moment, `PEAK_S` after it begins. So however a tick is pitched, what the ear
takes for its beginning stands still, and the time between two ticks is exact.
"""

from dataclasses import dataclass, replace

import numpy as np

from coach.sounds.breath_sounds import BreathPhase
from coach.sounds.clip import Clip, Signal, make_band_noise, make_fall, make_rise
from coach.units import seconds_to_frames

PEAK_S = 0.003
_LENGTH_S = 0.085
_END_S = 0.02
_ROUND_S = 0.0008
_PITCH = {"in": 4 / 3, None: 7 / 6, "out": 1.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class TickOvertone:
    """One overtone: the ratio of its pitch to the tick's, its level, and the time in which it falls to 1/e."""

    ratio: float
    level: float
    decay_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TickTimbre:
    """The timbre of a tick: pitch on the out-breath, overtones, the one a strong tick adds, and a brush of noise."""

    pitch_hz: float
    overtones: tuple[TickOvertone, ...]
    body: TickOvertone
    brush: float = 0.0


WOOD = TickTimbre(
    pitch_hz=640.0,
    overtones=(
        TickOvertone(ratio=1.0, level=1.0, decay_s=0.013),
        TickOvertone(ratio=2.42, level=0.25, decay_s=0.005),
        TickOvertone(ratio=3.9, level=0.07, decay_s=0.003),
    ),
    body=TickOvertone(ratio=0.5, level=0.4, decay_s=0.015),
)

CLICK = TickTimbre(
    pitch_hz=1150.0,
    overtones=(TickOvertone(ratio=1.0, level=1.0, decay_s=0.005), TickOvertone(ratio=1.83, level=0.35, decay_s=0.003)),
    body=TickOvertone(ratio=0.5, level=0.45, decay_s=0.009),
)

DRUM = TickTimbre(
    pitch_hz=165.0,
    overtones=(
        TickOvertone(ratio=1.0, level=1.0, decay_s=0.022),
        TickOvertone(ratio=1.59, level=0.45, decay_s=0.014),
        TickOvertone(ratio=2.14, level=0.3, decay_s=0.01),
        TickOvertone(ratio=4.2, level=0.2, decay_s=0.005),
    ),
    body=TickOvertone(ratio=0.75, level=0.5, decay_s=0.024),
)

STEP = TickTimbre(
    pitch_hz=120.0,
    overtones=(
        TickOvertone(ratio=1.0, level=0.8, decay_s=0.014),
        TickOvertone(ratio=2.6, level=0.5, decay_s=0.006),
        TickOvertone(ratio=5.3, level=0.3, decay_s=0.003),
    ),
    body=TickOvertone(ratio=0.7, level=0.45, decay_s=0.016),
    brush=0.5,
)

MAKERS = {"wood": WOOD, "click": CLICK, "drum": DRUM, "step": STEP}


def make_tick(name: str, phase: BreathPhase | None, strong: bool, rate_hz: int) -> Clip:  # noqa: FBT001 - every caller has one
    """Make a cadence tick, mono, peaking at exactly 1.0 and `PEAK_S` after its start; the planner sets its level.

    Args:
        name: one of ``coach.sounds.registry.TICKS``.
        phase: of the breath: an in-tick is a fourth higher than an out-tick; None lies between.
        strong: whether this is the first tick of its phase, which is a little fuller.
        rate_hz: the sample rate to make it at.
    """
    struck = MAKERS[name]
    peak = seconds_to_frames(PEAK_S, rate_hz)
    time_s = (np.arange(seconds_to_frames(_LENGTH_S, rate_hz)) - peak) / rate_hz
    pitch_hz = struck.pitch_hz * _PITCH[phase]
    overtones = tuple(_lengthen(mode) for mode in (*struck.overtones, struck.body)) if strong else struck.overtones
    signal = _ring(overtones, pitch_hz, time_s)
    signal += struck.brush * _make_brush_noise(pitch_hz, time_s, rate_hz)
    signal[: peak + 1] *= make_rise(peak + 1)
    end = seconds_to_frames(_END_S, rate_hz)
    signal[-end:] *= make_fall(end)
    return Clip(samples=(signal / signal[peak]).astype(np.float32)[:, None], rate_hz=rate_hz)


def _lengthen(mode: TickOvertone) -> TickOvertone:
    """Let an overtone ring longer, which keeps a strong tick as loud, at equal peak, as a plain one."""
    return replace(mode, decay_s=1.4 * mode.decay_s)


def _ring(overtones: tuple[TickOvertone, ...], pitch_hz: float, time_s: Signal) -> Signal:
    """Add up overtones that all peak at time zero, with a rounded top: a sharp one would sound as a click."""
    since_s = np.hypot(np.maximum(time_s, 0.0), _ROUND_S) - _ROUND_S
    signal = np.zeros_like(time_s)
    for mode in overtones:
        signal += mode.level * np.cos(2.0 * np.pi * mode.ratio * pitch_hz * time_s) * np.exp(-since_s / mode.decay_s)
    return signal


def _make_brush_noise(pitch_hz: float, time_s: Signal, rate_hz: int) -> Signal:
    """Make the rustle of a sole on a path, a moment after it touches; at its loudest about 1."""
    noise = make_band_noise(time_s.size, rate_hz, low_hz=4.0 * pitch_hz, high_hz=9.0 * pitch_hz, seed=1)
    since = np.maximum(time_s - 2.0 * PEAK_S, 0.0) / 0.009
    return noise * since * np.exp(1.0 - since) / 3.0
