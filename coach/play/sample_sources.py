"""Sample sources for the playback buffer, with the gains that the runner sets for ticks and voice."""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from coach.audio import mastering
from coach.audio.mixer import BLOCK_S, Mixer
from coach.audio.soundbank import SoundSource
from coach.play.playback_buffer import Piece, SampleSource
from coach.sounds.beds import AmbientBed
from coach.sounds.clip import Samples, make_fall, make_rise
from coach.timeline.timeline import BedName, Event, Speech, Tick
from coach.units import db_to_gain, seconds_to_frames

SOFTEST_DB, LOUDEST_DB = -12.0, 6.0


@dataclass(frozen=True, kw_only=True, slots=True)
class UserGains:
    """Gains relative to the session's own levels; None means that ticks are off."""

    ticks_db: float | None = 0.0
    voice_db: float = 0.0

    def with_ticks(self, by_db: float) -> "UserGains":
        """Make the same gains with louder or softer ticks; below the softest they are off."""
        wanted_db = (SOFTEST_DB - abs(by_db) if self.ticks_db is None else self.ticks_db) + by_db
        return UserGains(
            ticks_db=None if wanted_db < SOFTEST_DB else min(LOUDEST_DB, wanted_db), voice_db=self.voice_db
        )

    def with_voice(self, by_db: float) -> "UserGains":
        """Make the same gains with a louder or softer voice."""
        voice_db = max(SOFTEST_DB, min(LOUDEST_DB, self.voice_db + by_db))
        return UserGains(ticks_db=self.ticks_db, voice_db=voice_db)


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundsWithUserGains:
    """A sound source with the runner's gains applied."""

    bank: SoundSource
    gains: UserGains

    def get_sound(self, event: Event) -> Samples:
        """Return the sound of an event, with the runner's gain."""
        samples = self.bank.get_sound(event)
        match event:
            case Tick():
                return _apply_gain(samples, self.gains.ticks_db)
            case Speech():
                return _apply_gain(samples, self.gains.voice_db)
        return samples

    def get_bed(self, name: BedName) -> AmbientBed:
        """Return a bed, unchanged."""
        return self.bank.get_bed(name)


def _apply_gain(samples: Samples, gain_db: float | None) -> Samples:
    if gain_db is None:
        return np.zeros((0, samples.shape[1]), np.float32)
    return samples if not gain_db else samples * np.float32(db_to_gain(gain_db))


FADE_OUT_S = 0.4
FADE_IN_S = 1.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Mix:
    """A session ready to be played: its mixer, and the gain it is mastered with."""

    mixer: Mixer
    gain_db: float

    def play_from(self, frame: int) -> SampleSource:
        """Play the session from a frame to its end: the same samples as in a rendered file."""
        for samples in mastering.master(self.mixer.iter_blocks(frame), self.gain_db):
            yield Piece(samples=samples, frame=frame)
            frame += samples.shape[0]


def play_floor(floor: AmbientBed, rate_hz: int, lasts_s: float | None = None) -> SampleSource:
    """Play the noise floor alone, which keeps a headset awake: for a time, or without end."""
    left = None if lasts_s is None else seconds_to_frames(lasts_s, rate_hz)
    block = seconds_to_frames(BLOCK_S, rate_hz)
    for start in itertools.count(0, block):
        frames = block if left is None else min(block, left - start)
        if frames <= 0:
            return
        yield Piece(samples=floor.render(start, frames), frame=None)


def play_until(source: SampleSource, frame: int, rate_hz: int) -> SampleSource:
    """Play a source up to a frame of the session, faded out before it."""
    fade = seconds_to_frames(FADE_OUT_S, rate_hz)
    slope = make_fall(fade)[:, None].astype(np.float32)
    for piece in source:
        first = piece.frame if piece.frame is not None else frame
        if first >= frame:
            return
        samples = piece.samples[: frame - first]
        heights = _slice_slope(slope, first - (frame - fade), samples.shape[0])
        yield replace(piece, samples=samples * heights)


def fade_in(source: SampleSource, rate_hz: int) -> SampleSource:
    """Fade a source in."""
    fade = seconds_to_frames(FADE_IN_S, rate_hz)
    slope = make_rise(fade)[:, None].astype(np.float32)
    start = 0
    for piece in source:
        yield replace(piece, samples=piece.samples * _slice_slope(slope, start, piece.frames))
        start += piece.frames


def _slice_slope(slope: Samples, start: int, frames: int) -> Samples:
    """Cut a slope from ``start`` on; before and after the slope its first and last values are held."""
    return slope[np.clip(np.arange(start, start + frames), 0, slope.shape[0] - 1)]
