"""Alignment of a recording with what was rendered: which frames are which part of the session."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import correlate

Signal = NDArray[np.floating[Any]]

SAME = 1e-6
TINY = 1e-9
SILENT_FRAMES = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a recording that equals what was rendered; ``late`` is its delay in the recording."""

    start: int
    end: int
    late: int


def place(part: Signal, whole: Signal) -> int:
    """The frame of the whole that a part of it begins with, by normalised cross-correlation of the left ears."""
    alike = correlate(whole[:, 0], part[:, 0], mode="valid", method="fft")
    passed = np.concatenate([[0.0], np.cumsum(np.square(whole[:, 0], dtype=np.float64))])
    energy = passed[len(part) :] - passed[: -len(part)]
    return int(np.argmax(alike / np.sqrt(energy + energy.max() * TINY)))


def same_around(heard: Signal, rendered: Signal, late: int, near: int, most: float = SAME) -> Stretch:
    """The longest stretch of a recording, with frame ``near`` of it inside, that is as rendered; empty if none is."""
    first, last = max(0, late), min(len(heard), late + len(rendered))
    apart = np.abs(heard[first:last] - rendered[first - late : last - late]).max(axis=1) > most
    other = np.concatenate([[first - 1], first + np.flatnonzero(apart), [last]])
    after = int(np.searchsorted(other, near))
    if other[min(after, len(other) - 1)] == near:
        return Stretch(start=near, end=near, late=late)
    return Stretch(start=int(other[after - 1]) + 1, end=int(other[after]), late=late)


def holes(heard: Signal) -> list[tuple[int, int]]:
    """Where, between its first sound and its last, a recording is silent: starts and ends.

    A session is never silent, as there is always at least the floor.
    """
    sounding = np.flatnonzero(heard.any(axis=1))
    gaps = np.flatnonzero(np.diff(sounding) > SILENT_FRAMES)
    return [(int(sounding[gap]) + 1, int(sounding[gap + 1])) for gap in gaps]


def shifted(signal: Signal, frames: float) -> Signal:
    """A signal, any fraction of a frame later."""
    spectrum = np.fft.rfft(signal)
    turns = np.fft.rfftfreq(len(signal)) * frames
    shifted: Signal = np.fft.irfft(spectrum * np.exp(-2j * np.pi * turns), len(signal))
    return shifted


def likeness(heard: Signal, rendered: Signal) -> float:
    """The highest correlation between two equally long signals that are less than two frames apart."""
    places = np.arange(-2.0, 2.01, 0.05)
    return max(float(np.corrcoef(heard, shifted(rendered, place))[0, 1]) for place in places)
