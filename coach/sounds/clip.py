"""A finished piece of sound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

Samples = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Clip:
    """Samples, float32 of shape (frames, channels) with full scale at 1.0, and how fast they play.

    ``onset_s`` is where the first vowel of a spoken clip begins, for words said on a step.
    """

    samples: Samples
    rate_hz: int
    onset_s: float = 0.0

    @property
    def frames(self) -> int:
        """The length in sample frames."""
        return int(self.samples.shape[0])

    @property
    def length_s(self) -> float:
        """The length in seconds."""
        return self.frames / self.rate_hz
