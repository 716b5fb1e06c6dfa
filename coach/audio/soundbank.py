"""Sound bank: the samples of each event, at the level at which they are mixed."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from coach.sounds.beds import AmbientBed, loop_recording, make_bed
from coach.sounds.bells import ring_bell
from coach.sounds.breath_sounds import BreathPhase, make_breath
from coach.sounds.clip import Clip, Samples, make_fall
from coach.sounds.decode import decode, summarize_sound
from coach.sounds.file_bed import LONGEST_LOOP_S, FileBed, check_length, load_summary
from coach.sounds.file_bed import LONGEST_S as LONGEST_BED_S
from coach.sounds.registry import BELL_LENGTHS_S
from coach.sounds.ticks import make_tick
from coach.timeline.timeline import BedName, Bell, BreathSound, Event, Phase, Speech, Tick
from coach.units import db_to_gain, seconds_to_frames
from coach.utterance import Utterance

RATE_HZ = 48_000

FileKey = Callable[[Path], Hashable]

BELL_DB = -20.0
CUT_FADE_FRAMES = 960
BREATH_DB = -27.0
LONGEST_S = {"tick": 2.0, "bell": 30.0, "breath": 15.0, "bed": LONGEST_BED_S}


class SoundSource(Protocol):
    """The mixer's source of sounds: samples of shape (frames, 1 or 2), already at their level."""

    def get_sound(self, event: Event) -> Samples:
        """Return the sound of an event that is not a bed."""

    def get_bed(self, name: BedName) -> AmbientBed:
        """Return a bed, or ``floor``, at its level."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundBank:
    """The real sounds: speech from a voice, everything else synthesised or from the author's files."""

    rate_hz: int
    speech: Callable[[Utterance], Clip]

    def get_sound(self, event: Event) -> Samples:
        """Return the sound of an event that is not a bed, at its level."""
        match event:
            case Speech(utterance=utterance, start_s=start_s, end_s=end_s, gain_db=gain_db):
                words = _cut_speech(self.speech(utterance).samples, seconds_to_frames(end_s - start_s, self.rate_hz))
                return _apply_gain(words, gain_db) if gain_db else words
            case Tick(name=name, phase=phase, count=count, gain_db=gain_db):
                return _apply_gain(_load_tick(name, phase, count == 1, self.rate_hz), gain_db)
            case Bell(name=name, gain_db=gain_db):
                return _apply_gain(_load_bell(name, self.rate_hz), gain_db)
            case BreathSound(name=name, phase=phase, start_s=start_s, end_s=end_s, gain_db=gain_db):
                return _apply_gain(_load_breath(name, phase, end_s - start_s, self.rate_hz), BREATH_DB + gain_db)
        raise TypeError(f"{type(event).__name__} is not a single sound")

    def get_bed(self, name: BedName) -> AmbientBed:
        """Return a bed at its level."""
        return _load_bed(name, self.rate_hz)


def identify_event(event: Event, clip_key: Callable[[Utterance], Hashable], file_key: FileKey) -> Hashable:
    """Make a key for the sound of an event: equal for events that sound the same, wherever they are in a session.

    ``clip_key`` and ``file_key`` return keys for the samples of an utterance and the contents of an author's file.
    """
    if isinstance(event, Speech):
        return event.start_s, event.end_s, clip_key(event.utterance), event.gain_db
    if isinstance(event.name, str):
        return event
    files = event.name if isinstance(event.name, tuple) else (event.name,)
    return replace(event, name=""), *map(file_key, files)


def _cut_speech(samples: Samples, frames: int) -> Samples:
    """Limit speech to so many frames: fade a longer clip out there."""
    if samples.shape[0] <= frames + 1:
        return samples
    cut = samples[:frames].copy()
    fade = min(CUT_FADE_FRAMES, frames)
    cut[frames - fade :] *= make_fall(fade)[:, None]
    return cut


def _apply_gain(samples: Samples, level_db: float) -> Samples:
    return samples * np.float32(db_to_gain(level_db))


@cache
def _load_tick(name: str | Path, phase: Phase | None, strong: bool, rate_hz: int) -> Samples:  # noqa: FBT001 - cache keys
    if isinstance(name, Path):
        return _decode_file(name, rate_hz, LONGEST_S["tick"]).samples
    if phase == "hold":
        return make_tick(name, None, False, rate_hz).samples  # noqa: FBT003 - a plain tick, between the pitches
    return make_tick(name, phase, strong, rate_hz).samples


@cache
def _load_bell(name: str | Path, rate_hz: int) -> Samples:
    clip = _decode_file(name, rate_hz, LONGEST_S["bell"]) if isinstance(name, Path) else ring_bell(name, rate_hz)
    return _apply_gain(clip.samples, BELL_DB)


@lru_cache(maxsize=16)
def _load_breath(name: str | Path, phase: BreathPhase, length_s: float, rate_hz: int) -> Samples:
    if isinstance(name, Path):
        return _decode_file(name, rate_hz, LONGEST_S["breath"]).samples
    return make_breath(name, phase, length_s, rate_hz).samples


@cache
def _load_bed(name: BedName, rate_hz: int) -> AmbientBed:
    if isinstance(name, str):
        return make_bed(name, rate_hz)
    if isinstance(name, Path) and load_summary(name).length_s <= LONGEST_LOOP_S:
        return loop_recording(decode(name, rate_hz, longest_s=LONGEST_LOOP_S))
    return FileBed((name,) if isinstance(name, Path) else name, rate_hz)


def _decode_file(path: Path, rate_hz: int, longest_s: float) -> Clip:
    """Decode an author's sound, peak-normalised to full scale as the built-in ones are."""
    clip = decode(path, rate_hz, longest_s=longest_s)
    peak = float(np.abs(clip.samples).max(initial=0.0))
    return Clip(samples=clip.samples / np.float32(peak or 1.0), rate_hz=rate_hz)


def check_sound_file(path: Path, keys: tuple[str | int, ...]) -> None:
    """Check that a sound file of an author can be used where these keys lead; a file that has not changed, only once.

    Raises:
        ExternalError: it cannot; a session would fail with the same words.
    """
    try:
        found = path.stat()
    except OSError:  # told by `summarize_sound`
        found = None
    _check_sound_once(
        path, LONGEST_S[str(keys[0])], len(keys) > 1, found and (found.st_mtime_ns, found.st_size, found.st_ino)
    )


@lru_cache(maxsize=256)
def _check_sound_once(path: Path, longest_s: float, is_of_several: bool, _state: Hashable) -> None:  # noqa: FBT001 - cache keys
    if longest_s == LONGEST_BED_S:
        check_length(path, load_summary(path)) if is_of_several else load_summary(path)
    else:
        summarize_sound(path, longest_s)


def forget_sounds() -> None:
    """Clear the cached sounds, as the authors' files may have changed."""
    for known in (_load_tick, _load_bell, _load_breath, _load_bed):
        known.cache_clear()


def measure_bell_length_s(name: str | Path) -> float:
    """Look up the length of a bell: of a built-in one by its name, of an author's by its file."""
    return BELL_LENGTHS_S[name] if isinstance(name, str) else _decode_file(name, RATE_HZ, LONGEST_S["bell"]).length_s
