"""The boundary to everything a session can be played on, while it is heard."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from coach.errors import UsageError
from coach.sounds.clip import Samples

CHANNELS = 2

Pull = Callable[[int], Samples]

"""Asked from the audio thread for exactly so many frames: float32 of shape (frames, 2). It never waits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """Something that can be listened to, by the name its system gives it."""

    name: str
    is_default: bool


class LiveOutput(Protocol):
    """An open way to a device. What is pulled is heard in that order, without a gap, ``latency_s`` later."""

    latency_s: float

    @property
    def lost(self) -> bool:
        """Whether the device has gone or stopped asking. A lost output never comes back: close it, open another."""

    @property
    def fault(self) -> Exception | None:
        """What the pull raised, if it did: a fault of ours. From then on there is silence, and the output is lost."""

    def start(self, pull: Pull) -> None:
        """Begin to ask for samples.

        Raises:
            ExternalError: The device refused.
        """

    def close(self) -> None:
        """Fall silent and let the device go. Harmless when it is lost or closed already."""


class LiveBackend(Protocol):
    """One way to reach devices."""

    def devices(self) -> tuple[Device, ...]:
        """What can be listened to now.

        Raises:
            ExternalError: There is no sound system to ask.
        """

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such device, or several fit; the message names those there are.
            ExternalError: It is busy, or there is no sound system.
        """


def choose_device(wanted: str, names: Sequence[str]) -> int:
    """Which of some devices is meant: by its whole name, or by a part that fits one only, in any case.

    Raises:
        UsageError: No device fits, or several do; the message names them.
    """
    if wanted in names:
        return names.index(wanted)
    fitting = [place for place, name in enumerate(names) if wanted.casefold() in name.casefold()]
    if not fitting:
        raise UsageError(f'there is no device "{wanted}"; there are: {_quote_names(names)}')
    if len(fitting) > 1:
        raise UsageError(f'"{wanted}" fits several devices: {_quote_names([names[place] for place in fitting])}')
    return fitting[0]


def _quote_names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


WARM_UP_PULLS = 8
"""After so many pulls a device is awake. The first few fill its buffer, then a headset may take seconds to wake."""

WARM_UP_TIMEOUT_S = 5.0
STALL_TIMEOUT_S = 1.0


class PullCallback:
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
                return _check_samples(self._pull(frames), frames)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not go into C; `fault` tells of it
                self.fault, self._lost = error, True
        return np.zeros((frames, CHANNELS), np.float32)

    @property
    def lost(self) -> bool:
        """Whether the pull failed, or nobody has asked for too long; once lost, always lost."""
        patience_s = STALL_TIMEOUT_S if self._asks >= WARM_UP_PULLS else WARM_UP_TIMEOUT_S
        self._lost = self._lost or self._clock() - self._asked_at_s > patience_s
        return self._lost


def _check_samples(samples: Samples, frames: int) -> Samples:
    if samples.shape != (frames, CHANNELS) or samples.dtype != np.float32:
        raise ValueError(f"pulled {samples.dtype} of {samples.shape}, not float32 of {(frames, CHANNELS)}")
    return samples


class MicrophoneStream(Protocol):
    """An open microphone."""

    @property
    def lost(self) -> bool:
        """Whether it was pulled out or has stopped sending."""

    def heard(self) -> Samples:
        """What has come since this was last asked: float32 of shape (frames, 1)."""

    def close(self) -> None:
        """Let it go. Harmless when it is lost or closed already."""


class Microphone(Protocol):
    """A way to reach microphones."""

    def names(self) -> tuple[str, ...]:
        """Those there are now, the default first.

        Raises:
            ExternalError: There is none, or no sound system to ask.
        """

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:
        """Open one by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such microphone, or several fit; the message names those there are.
            ExternalError: It is busy, or there is no sound system.
        """
