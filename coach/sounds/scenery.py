"""A bed made of layers."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from coach.sounds.clip import Samples
from coach.sounds.loops import Layer


class Guests(Protocol):
    """What now and then is heard above the layers, at its own level."""

    def add_to(self, mix: Samples, start_frame: int, rate_hz: int) -> None:
        """Add the stretch from a frame on to a mix of shape (frames, 2)."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scenery:
    """Layers of noise that sound together, and guests among them whose level is set against the layers' RMS of 1."""

    rate_hz: int
    layers: tuple[Layer, ...]
    guests: tuple[Guests, ...] = ()
    gain: float = 1.0

    def at_rms(self, rms: float) -> Self:
        """The same scenery, its layers together at an RMS over frames and channels."""
        power = sum(layer.power for layer in self.layers)
        return type(self)(
            rate_hz=self.rate_hz,
            layers=self.layers,
            guests=self.guests,
            gain=rms / float(np.sqrt(power)),
        )

    def samples(self, start_frame: int, frames: int) -> Samples:
        """The stretch from a frame on, float32 of shape (frames, 2)."""
        mix = np.zeros((frames, 2), np.float32)
        for part in (*self.layers, *self.guests):
            part.add_to(mix, start_frame, self.rate_hz)
        mix *= np.float32(self.gain)
        return mix
