"""What a deck can play: the session from a frame on, its way to a pause, the rest between, and its soft return."""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from coach.audio import mastering
from coach.audio.mixer import BLOCK_S, Mixer
from coach.play.deck import Piece, Source
from coach.sounds.beds import Bed
from coach.sounds.clip import Samples
from coach.sounds.shapes import fall, rise
from coach.units import seconds_to_frames

FADE_OUT_S = 0.4
FADE_IN_S = 1.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Mix:
    """A session ready to be played: the mixer, and the level it is mastered at."""

    mixer: Mixer
    level_db: float

    def running(self, frame: int) -> Source:
        """The session from a frame to its end: the very samples that a file of it holds."""
        for samples in mastering.mastered(self.mixer.blocks(frame), self.level_db):
            yield Piece(samples=samples, frame=frame)
            frame += samples.shape[0]


def resting(floor: Bed, rate_hz: int, lasts_s: float | None = None) -> Source:
    """The faint floor alone, which keeps a headset awake: for a time, or for ever."""
    left = None if lasts_s is None else seconds_to_frames(lasts_s, rate_hz)
    block = seconds_to_frames(BLOCK_S, rate_hz)
    for start in itertools.count(0, block):
        frames = block if left is None else min(block, left - start)
        if frames <= 0:
            return
        yield Piece(samples=floor.samples(start, frames), frame=None)


def until(source: Source, frame: int, rate_hz: int) -> Source:
    """A source as far as a frame of the session, softly faded out before it."""
    fade = seconds_to_frames(FADE_OUT_S, rate_hz)
    slope = fall(fade)[:, None].astype(np.float32)
    for piece in source:
        first = piece.frame if piece.frame is not None else frame
        if first >= frame:
            return
        samples = piece.samples[: frame - first]
        heights = _heights(slope, first - (frame - fade), samples.shape[0])
        yield replace(piece, samples=samples * heights)


def entered(source: Source, rate_hz: int) -> Source:
    """A source that comes in softly."""
    fade = seconds_to_frames(FADE_IN_S, rate_hz)
    slope = rise(fade)[:, None].astype(np.float32)
    start = 0
    for piece in source:
        yield replace(piece, samples=piece.samples * _heights(slope, start, piece.frames))
        start += piece.frames


def _heights(slope: Samples, start: int, frames: int) -> Samples:
    """The part of a slope from ``start`` on, which goes on before and after as it begins and ends."""
    return slope[np.clip(np.arange(start, start + frames), 0, slope.shape[0] - 1)]
