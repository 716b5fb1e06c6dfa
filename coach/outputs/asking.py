"""Asks for samples on a device's behalf, and notices when the device has stopped asking."""

import time
from collections.abc import Callable

import numpy as np

from coach.outputs.live import CHANNELS, Pull
from coach.sounds.clip import Samples

WAKING_ASKS = 8
"""After so many pulls a device is awake. The first few fill its buffer, then a headset may take seconds to wake."""
WAKING_S = 5.0
STALLED_S = 1.0


class Asking:
    """The way from a device to the pull. Nothing that a pull raises reaches the device, which is not Python's.

    Args:
        pull: Asked for samples, until it fails or the device is lost; then there is silence.
        clock: Seconds that only go forward.
    """

    def __init__(self, pull: Pull, clock: Callable[[], float] = time.monotonic) -> None:
        self.fault: Exception | None = None
        self._pull = pull
        self._clock = clock
        self._asks = 0
        self._asked_at_s = clock()
        self._lost = False

    def __call__(self, frames: int) -> Samples:
        """Exactly so many frames: float32 of shape (frames, 2)."""
        self._asks += 1
        self._asked_at_s = self._clock()
        if not self._lost:
            try:
                return _checked(self._pull(frames), frames)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not go into C; `fault` tells of it
                self.fault, self._lost = error, True
        return np.zeros((frames, CHANNELS), np.float32)

    @property
    def lost(self) -> bool:
        """Whether the pull failed, or nobody has asked for too long; once lost, always lost."""
        patience_s = STALLED_S if self._asks >= WAKING_ASKS else WAKING_S
        self._lost = self._lost or self._clock() - self._asked_at_s > patience_s
        return self._lost


def _checked(samples: Samples, frames: int) -> Samples:
    if samples.shape != (frames, CHANNELS) or samples.dtype != np.float32:
        raise ValueError(f"pulled {samples.dtype} of {samples.shape}, not float32 of {(frames, CHANNELS)}")
    return samples
