"""The boundary to everything a session can be played on, while it is heard."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

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
            OutsideError: The device refused.
        """

    def close(self) -> None:
        """Fall silent and let the device go. Harmless when it is lost or closed already."""


class LiveBackend(Protocol):
    """One way to reach devices."""

    def devices(self) -> tuple[Device, ...]:
        """What can be listened to now.

        Raises:
            OutsideError: There is no sound system to ask.
        """

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such device, or several fit; the message names those there are.
            OutsideError: It is busy, or there is no sound system.
        """
