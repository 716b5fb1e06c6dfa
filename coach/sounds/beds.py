"""Beds: the sound of a place, under everything else, for as long as it is wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from coach.sounds.clip import Clip, Samples
from coach.sounds.envelopes import fall, rise
from coach.sounds.forest import forest
from coach.sounds.noise_loops import LayeredBed, read_loop
from coach.sounds.rain_sea_wind import floor, rain, sea, wind
from coach.units import db_to_gain, seconds_to_frames

BED_RMS_DB = -44.0

"""The RMS of a bed over minutes, against full scale, over both channels; in no 0.4 s does it pass `BED_PEAK_DB`."""

BED_PEAK_DB = -38.0

FLOOR = "floor"

FLOOR_RMS_DB = -66.0

"""The RMS of the floor: under hearing outdoors, yet enough to keep a Bluetooth headset awake."""

_SEAM_S = 2.0

MAKERS: dict[str, Callable[[int], LayeredBed]] = {"wind": wind, "rain": rain, "forest": forest, "sea": sea}


class AmbientBed(Protocol):
    """An endless sound that can be entered anywhere."""

    def samples(self, start_frame: int, frames: int) -> Samples:
        """The stretch from a frame on, float32 of shape (frames, 2).

        It is the same to the last bit however it is cut into stretches.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Looped:
    """A finished loop, (frames, 2), repeated."""

    loop: Samples

    def samples(self, start_frame: int, frames: int) -> Samples:
        """The stretch from a frame on, float32 of shape (frames, 2)."""
        return read_loop(self.loop, start_frame, frames).copy()


def make_bed(name: str, rate_hz: int) -> AmbientBed:
    """A built-in bed at `BED_RMS_DB`, or the floor at `FLOOR_RMS_DB`.

    Args:
        name: one of ``coach.sounds.registry.BEDS``, or `FLOOR`.
        rate_hz: the sample rate to make it at.
    """
    if name == FLOOR:
        return floor(rate_hz).at_rms(db_to_gain(FLOOR_RMS_DB))
    return MAKERS[name](rate_hz).at_rms(db_to_gain(BED_RMS_DB))


def loop(clip: Clip) -> AmbientBed:
    """An author's recording as a bed, at `BED_RMS_DB`, its end faded into its start at equal power.

    Args:
        clip: the recording, mono or stereo, of at least one frame. What is silent stays so.
    """
    sides = np.broadcast_to(clip.samples, (clip.frames, 2))
    seam = min(seconds_to_frames(_SEAM_S, clip.rate_hz), clip.frames // 2)
    loop = np.array(sides[: clip.frames - seam])
    loop[:seam] *= np.sqrt(rise(seam))[:, None]
    loop[:seam] += sides[clip.frames - seam :] * np.sqrt(fall(seam))[:, None]
    loudness = float(np.sqrt(np.mean(np.square(loop), dtype=np.float64)))
    return Looped((loop * (db_to_gain(BED_RMS_DB) / loudness)).astype(np.float32) if loudness else loop)
