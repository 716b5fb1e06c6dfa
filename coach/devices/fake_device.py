"""Devices moved by hand, for tests: they ask when they are told to, and can be pulled out."""

from collections.abc import Sequence

import numpy as np

from coach.devices.device import CHANNELS, Device, LiveOutput, MicrophoneStream, Pull, PullCallback, choose_device
from coach.errors import ExternalError
from coach.sounds.clip import Samples


class FakeLive:
    """An open device that remembers what was heard. See ``LiveOutput``."""

    def __init__(self, device: str, rate_hz: int, latency_s: float) -> None:
        self.device = device
        self.rate_hz = rate_hz
        self.latency_s = latency_s
        self.closed = False
        self._asking: PullCallback | None = None
        self._vanished = False
        self._heard: list[Samples] = []

    @property
    def lost(self) -> bool:
        """Whether it has been pulled out, or the pull failed."""
        return self._vanished or (self._asking is not None and self._asking.lost)

    @property
    def fault(self) -> Exception | None:
        """What the pull raised."""
        return None if self._asking is None else self._asking.fault

    def start(self, pull: Pull) -> None:
        """Be ready to ask."""
        self._asking = PullCallback(pull, clock=lambda: 0.0)

    def close(self) -> None:
        """Never ask again."""
        self.closed = True

    def ask(self, frames: int) -> None:
        """Pull so many frames, as a device would in its own time; nothing when it cannot."""
        if self._asking is not None and not self.closed and not self._vanished:
            self._heard.append(self._asking(frames))

    def vanish(self) -> None:
        """Be pulled out."""
        self._vanished = True

    @property
    def heard(self) -> Samples:
        """All that was pulled, float32 of shape (frames, 2)."""
        return np.concatenate([np.zeros((0, CHANNELS), np.float32), *self._heard])


class FakeBackend:
    """Devices by name, the first of them the default; without any there is no sound system."""

    def __init__(self, names: Sequence[str] = ("Speakers", "Headset"), latency_s: float = 0.1) -> None:
        self.names = list(names)
        self.latency_s = latency_s
        self.opened: list[FakeLive] = []

    def devices(self) -> tuple[Device, ...]:
        """What is plugged in.

        Raises:
            ExternalError: Nothing is.
        """
        if not self.names:
            raise ExternalError("there is nothing to play on", help="plug something in")
        return tuple(Device(name=name, is_default=place == 0) for place, name in enumerate(self.names))

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device; ``opened`` holds it, to be moved by hand."""
        names = [each.name for each in self.devices()]
        name = names[0] if device is None else names[choose_device(device, names)]
        self.opened.append(FakeLive(name, rate_hz, self.latency_s))
        return self.opened[-1]


AT_ONCE = 4_800


class FakeMicrophoneStream:
    """An open microphone that hears a sound, then silence. See ``Listening``."""

    def __init__(self, sound: Samples, *, lost_after: int | None = None) -> None:
        self.closed = False
        self._sound = sound
        self._place = 0
        self._lost_after = lost_after

    @property
    def lost(self) -> bool:
        """Whether it was pulled out."""
        return self._lost_after is not None and self._place >= self._lost_after

    def heard(self) -> Samples:
        """The next tenth of a second."""
        piece = self._sound[self._place : self._place + AT_ONCE]
        self._place += AT_ONCE
        return np.concatenate([piece, np.zeros((AT_ONCE - len(piece), 1), np.float32)])

    def close(self) -> None:
        """Never listen again."""
        self.closed = True


class FakeMicrophone:
    """Hears these sounds, one for each time it is opened; without names there is nothing to record with."""

    def __init__(self, sounds: Sequence[Samples] = (), names: Sequence[str] = ("Desk", "Headset")) -> None:
        self.opened: list[FakeMicrophoneStream] = []
        self._sounds = list(sounds)
        self._names = tuple(names)

    def names(self) -> tuple[str, ...]:
        """Those that are plugged in.

        Raises:
            ExternalError: Nothing is.
        """
        if not self._names:
            raise ExternalError("there is no microphone", help="plug one in")
        return self._names

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:  # noqa: ARG002 - its sounds have the rate wanted
        """Open one, to hear the next sound."""
        names = self.names()
        if name is not None:
            choose_device(name, names)
        self.opened.append(FakeMicrophoneStream(self._sounds.pop(0) if self._sounds else np.zeros((0, 1), np.float32)))
        return self.opened[-1]
