"""How loud a voice comes in: a bar while it is recorded, and a word about what was recorded."""

import numpy as np

from coach.sounds.clip import Clip, Samples
from coach.units import db_to_gain, gain_to_db, seconds_to_frames
from coach.voices.edges import sounding

TOO_SOFT_DB = -36.0
FULL = db_to_gain(-0.1)
ROOM_UNDER_VOICE_DB = 22.0
COUNTED_S = 0.5
ROOM_S = 0.3
_BAR_FROM_DB = -60.0
_BAR_CELLS = 30
_WINDOW_S = 0.02
_CLIPPED_FRAMES = 3


def bar(samples: Samples) -> str:
    """The level of the last moment, as a bar from -60 dB to full scale, and a word where it is too loud.

    >>> bar(np.full((10, 1), 0.1, np.float32))
    '[####################          ] -20 dB'
    """
    peak = float(np.abs(samples).max(initial=0.0))
    level_db = max(_BAR_FROM_DB, gain_to_db(peak))
    cells = round(_BAR_CELLS * (1.0 - level_db / _BAR_FROM_DB))
    loud = "  too loud" if peak >= FULL else ""
    return f"[{'#' * cells}{' ' * (_BAR_CELLS - cells)}] {level_db:3.0f} dB{loud}"


def with_room(clip: Clip) -> Clip | None:
    """What was said with a little room around; None where nothing was."""
    edges = sounding(clip.samples, clip.rate_hz)
    if edges is None or _voice_db(clip) < _BAR_FROM_DB:
        return None
    room = seconds_to_frames(ROOM_S, clip.rate_hz)
    return Clip(samples=clip.samples[max(0, edges[0] - room) : edges[1] + room], rate_hz=clip.rate_hz)


def remarks(clip: Clip, *, counted: bool) -> tuple[str, ...]:
    """What to know of a recording before it is kept; nothing where all is well."""
    said: list[str] = []
    voice_db = _voice_db(clip)
    if _clips(clip.samples):
        said.append("it was too loud and is distorted: turn the microphone down, or sit a little further away")
    elif voice_db < TOO_SOFT_DB:
        said.append("it is very soft: turn the microphone up, or sit closer")
    if voice_db - _room_db(clip) < ROOM_UNDER_VOICE_DB:
        said.append("the room is noisy: close the window, or find a quieter one")
    edges = sounding(clip.samples, clip.rate_hz)
    if counted and edges is not None and (edges[1] - edges[0]) / clip.rate_hz > COUNTED_S:
        said.append("it is long for a word on a step: say it short and firm")
    return tuple(said)


def _voice_db(clip: Clip) -> float:
    return gain_to_db(float(np.quantile(_windows(clip), 0.95)))


def _room_db(clip: Clip) -> float:
    return gain_to_db(float(np.quantile(_windows(clip), 0.05)))


def _windows(clip: Clip) -> Samples:
    """The root mean square of each 20 ms."""
    window = seconds_to_frames(_WINDOW_S, clip.rate_hz)
    whole = clip.samples[:, 0]
    padded = np.pad(whole, (0, -len(whole) % window)) if len(whole) else np.zeros(window, np.float32)
    levels: Samples = np.sqrt((padded.reshape(-1, window) ** 2).mean(axis=1)).astype(np.float32)
    return levels


def _clips(samples: Samples) -> bool:
    """Whether several frames in a row stand at full scale."""
    full = np.pad((np.abs(samples[:, 0]) >= FULL).astype(np.int8), _CLIPPED_FRAMES)
    return bool(np.convolve(full, np.ones(_CLIPPED_FRAMES)).max() >= _CLIPPED_FRAMES)
