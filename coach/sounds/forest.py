"""Forest bed: leaves, wind, and synthesized bird calls with the echo of trees."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coach.sounds.clip import Samples, Signal, make_fall, make_rise
from coach.sounds.noise_loops import (
    FIVES_OF_POINTS,
    SEVENS,
    THREES,
    THREES_OF_POINTS,
    TWOS,
    Layer,
    LayeredBed,
    make_noise_loop,
    make_random_curve,
    make_swell,
)
from coach.units import seconds_to_frames

CALL_RMS = 0.9
_LOUDEST_S = 0.4
_ECHO_S = 0.9


@dataclass(frozen=True, slots=True)
class BirdNote:
    """One whistle: when it starts, how long it lasts, from which pitch to which it slides, and its level."""

    start_s: float
    length_s: float
    from_hz: float
    to_hz: float
    level: float = 1.0


def _make_tit(high_hz: float, low_hz: float, times: int, pace_s: float) -> tuple[BirdNote, ...]:
    """Make a tit's call, two notes up and down like a saw."""
    return tuple(
        note
        for turn in range(times)
        for note in (
            BirdNote(turn * pace_s, 0.1, high_hz, 0.97 * high_hz, 0.8),
            BirdNote((turn + 0.46) * pace_s, 0.14, low_hz, 0.96 * low_hz),
        )
    )


def _make_chiffchaff(pitches_hz: tuple[float, ...]) -> tuple[BirdNote, ...]:
    """Make a chiffchaff's call, which says its name at an uneven pace."""
    return tuple(BirdNote(0.24 * turn + 0.02 * (turn % 2), 0.09, 1.12 * hz, hz) for turn, hz in enumerate(pitches_hz))


def _make_robin(pitches_hz: tuple[float, ...]) -> tuple[BirdNote, ...]:
    """Make a robin's song: thin silver notes that run down."""
    return tuple(
        BirdNote(0.11 * turn + 0.05 * (turn // 3), 0.1, hz, 0.9 * hz, 0.6 + 0.1 * (turn % 3))
        for turn, hz in enumerate(pitches_hz)
    )


def _make_pigeon(pitch_hz: float) -> tuple[BirdNote, ...]:
    """Make a wood pigeon's call, far off: five coos, the second the longest."""
    starts_and_lengths = ((0.0, 0.25), (0.34, 0.5), (0.98, 0.45), (1.56, 0.22), (1.86, 0.3))
    return tuple(BirdNote(start, length, 0.95 * pitch_hz, pitch_hz) for start, length in starts_and_lengths)


# The fifth and sixth are a blackbird's: slow, round notes that lean into each other.
CALLS = (
    _make_tit(4100.0, 3250.0, 3, 0.34),
    _make_tit(3800.0, 3100.0, 4, 0.31),
    _make_chiffchaff((3500.0, 3900.0, 3500.0, 3500.0, 3900.0)),
    _make_chiffchaff((3650.0, 3300.0, 3650.0)),
    (BirdNote(0.0, 0.24, 1900.0, 2150.0), BirdNote(0.27, 0.3, 2400.0, 2250.0), BirdNote(0.62, 0.3, 1800.0, 1700.0)),
    (BirdNote(0.0, 0.3, 2200.0, 2050.0), BirdNote(0.36, 0.2, 1750.0, 1850.0), BirdNote(0.6, 0.4, 2300.0, 1900.0)),
    _make_robin((4700.0, 4900.0, 4400.0, 4100.0, 4300.0, 3700.0, 3500.0)),
    _make_robin((4300.0, 3900.0, 4100.0, 3600.0)),
    _make_pigeon(470.0),
    _make_pigeon(440.0),
)


def make_calls(rate_hz: int) -> tuple[Samples, ...]:
    """Make every call, (frames, 2), its loudest 0.4 s at an RMS of `CALL_RMS`, with the echo of the wood."""
    echo = _make_echo(rate_hz)
    return tuple(_add_echo(_render_notes(notes, rate_hz), echo, rate_hz) for notes in CALLS)


def _render_notes(notes: tuple[BirdNote, ...], rate_hz: int) -> Signal:
    end_s = max(note.start_s + note.length_s for note in notes)
    line = np.zeros(seconds_to_frames(end_s, rate_hz) + 1)
    for note in notes:
        frames = seconds_to_frames(note.length_s, rate_hz)
        start = min(seconds_to_frames(note.start_s, rate_hz), line.size - frames)
        line[start : start + frames] += note.level * _render_note(note, frames, rate_hz)
    return line


def _render_note(note: BirdNote, frames: int, rate_hz: int) -> Signal:
    """Render a note: a nearly pure tone that slides in pitch, with a soft start and a longer fall."""
    glide_hz = note.from_hz + (note.to_hz - note.from_hz) * make_rise(frames)
    turn = 2.0 * np.pi * np.cumsum(glide_hz) / rate_hz
    tone: Signal = np.sin(turn) + 0.08 * np.sin(2.0 * turn)
    opening = round(frames * 0.3)
    tone[:opening] *= make_rise(opening)
    tone[opening:] *= make_fall(frames - opening)
    return tone


def _make_echo(rate_hz: int) -> Signal:
    """Make the impulse response of a wood, (2, frames): the direct sound, then echoes ever duller and fainter."""
    frames = seconds_to_frames(_ECHO_S, rate_hz)
    time_s = np.arange(frames) / rate_hz
    scattered = np.random.default_rng(61).standard_normal((2, frames)) * np.exp(-time_s / 0.16) * make_fall(frames)
    opening = seconds_to_frames(0.03, rate_hz)
    scattered[:, :opening] *= make_rise(opening)
    scattered *= 0.9 / np.sqrt(np.sum(scattered**2, axis=1, keepdims=True))
    scattered[:, 0] += 0.7
    return scattered


def _add_echo(line: Signal, echo: Signal, rate_hz: int) -> Samples:
    frames = line.size + echo.shape[1] - 1
    size = 1 << (frames - 1).bit_length()
    spectrum = np.fft.rfft(line.astype(np.float32), size) * np.fft.rfft(echo.astype(np.float32), size)
    sides = np.fft.irfft(spectrum, size)[:, :frames]
    window = seconds_to_frames(_LOUDEST_S, rate_hz)
    energy = np.cumsum(np.mean(sides.astype(np.float64) ** 2, axis=0))
    loudest = np.max(energy[window:] - energy[:-window]) / window
    return np.ascontiguousarray((sides * (CALL_RMS / np.sqrt(loudest))).T, np.float32)


_SLOT_S = 9
_CHANCE = 0.6
_SEED = 51


def make_forest(rate_hz: int) -> LayeredBed:
    """Make leaves that stir and settle, a breath of wind above them, and birds at a distance."""
    gusts = make_random_curve(FIVES_OF_POINTS, slowest_s=35.0, quickest_s=5.0, seed=52)
    stirring = np.float32(0.9) * make_random_curve(THREES_OF_POINTS, slowest_s=30.0, quickest_s=6.0, seed=53)
    stirring += np.float32(0.5) * make_random_curve(THREES_OF_POINTS, slowest_s=2.0, quickest_s=0.35, seed=54)
    low = make_noise_loop(SEVENS, rate_hz, low_hz=110, high_hz=420, level=0.58, seed=55)
    wide = make_noise_loop(THREES, rate_hz, low_hz=110, high_hz=420, level=0.55, seed=58)
    wide += make_noise_loop(THREES, rate_hz, low_hz=500, high_hz=1500, level=0.45, seed=56)
    leaves = make_noise_loop(TWOS, rate_hz, low_hz=1400, high_hz=3400, level=0.25, seed=57)
    return LayeredBed(
        rate_hz=rate_hz,
        layers=(
            Layer(low, make_swell(1.8, gusts)),
            Layer(wide, make_swell(2.6, gusts)),
            Layer(leaves, make_swell(3.5, stirring)),
        ),
        intermittents=(Birds(make_calls(rate_hz)),),
    )


@dataclass(frozen=True, slots=True)
class BirdCall:
    """One bird: when in its slot it calls (0 to 1), which call, and how loud left and right."""

    moment: float
    call: float
    gains: tuple[float, float]


@lru_cache(maxsize=256)
def choose_call(slot: int) -> BirdCall | None:
    """Choose whether a bird calls in a stretch of `_SLOT_S` seconds, and how; always the same for a slot."""
    if slot < 0:
        return None
    chance, moment, call, distance, side = np.random.default_rng((_SEED, slot)).random(5).tolist()
    if chance > _CHANCE:
        return None
    turn = np.pi / 4 + (side - 0.5) * 1.2
    level = 0.35 + 0.65 * distance
    return BirdCall(moment, call, (float(level * np.cos(turn)), float(level * np.sin(turn))))


@dataclass(frozen=True, slots=True, eq=False)
class Birds:
    """Sparse calls, at most one begins in each slot of time, and none is longer than a slot."""

    calls: tuple[Samples, ...]

    def add_to(self, mix: Samples, start_frame: int, rate_hz: int) -> None:
        """Add the calls that are audible in the stretch from a frame on."""
        slot_frames = _SLOT_S * rate_hz
        end_frame = start_frame + mix.shape[0]
        for slot in range(start_frame // slot_frames - 1, (end_frame - 1) // slot_frames + 1):
            if bird := choose_call(slot):
                self._add(mix, start_frame, bird, round((slot + bird.moment) * slot_frames))

    def _add(self, mix: Samples, start_frame: int, bird: BirdCall, call_frame: int) -> None:
        call = self.calls[int(bird.call * len(self.calls))]
        first = max(start_frame, call_frame)
        last = min(start_frame + mix.shape[0], call_frame + call.shape[0])
        if first < last:
            heard = call[first - call_frame : last - call_frame] * np.array(bird.gains, np.float32)
            mix[first - start_frame : last - start_frame] += heard
