"""Fake devices for tests: they pull when they are told to, and can be unplugged."""

from collections.abc import Sequence

import numpy as np

from coach.devices.device import CHANNELS, Device, LiveOutput, MicrophoneStream, Pull, PullCallback, choose_device
from coach.errors import ExternalError
from coach.sounds.clip import Samples


class FakeLive:
    """An open device that keeps what it pulled. See ``LiveOutput``."""

    def __init__(self, device: str, rate_hz: int, latency_s: float) -> None:
        self.device = device
        self.rate_hz = rate_hz
        self.latency_s = latency_s
        self.closed = False
        self._callback: PullCallback | None = None
        self._unplugged = False
        self._pulled: list[Samples] = []

    @property
    def lost(self) -> bool:
        """Whether it was unplugged, or the pull failed."""
        return self._unplugged or (self._callback is not None and self._callback.lost)

    @property
    def fault(self) -> Exception | None:
        """What the pull raised."""
        return None if self._callback is None else self._callback.fault

    def start(self, pull: Pull) -> None:
        """Get ready to pull."""
        self._callback = PullCallback(pull, clock=lambda: 0.0)

    def close(self) -> None:
        """Stop pulling, for good."""
        self.closed = True

    def pull(self, frames: int) -> None:
        """Pull so many frames, as a device does in its own time; nothing once it is closed or unplugged."""
        if self._callback is not None and not self.closed and not self._unplugged:
            self._pulled.append(self._callback(frames))

    def unplug(self) -> None:
        """Make it lost."""
        self._unplugged = True

    @property
    def pulled(self) -> Samples:
        """All that was pulled, float32 of shape (frames, 2)."""
        return np.concatenate([np.zeros((0, CHANNELS), np.float32), *self._pulled])


class FakeBackend:
    """Devices by name, the first of them the default; without names there is no sound system."""

    def __init__(self, names: Sequence[str] = ("Speakers", "Headset"), latency_s: float = 0.1) -> None:
        self.names = list(names)
        self.latency_s = latency_s
        self.opened: list[FakeLive] = []

    def list_devices(self) -> tuple[Device, ...]:
        """List what is plugged in.

        Raises:
            ExternalError: Nothing is.
        """
        if not self.names:
            raise ExternalError("no speakers or headphones found", help="connect a device")
        return tuple(Device(name=name, is_default=index == 0) for index, name in enumerate(self.names))

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device; ``opened`` holds it."""
        names = [each.name for each in self.list_devices()]
        name = names[0] if device is None else names[choose_device(device, names)]
        self.opened.append(FakeLive(name, rate_hz, self.latency_s))
        return self.opened[-1]


_READ_FRAMES = 4_800


class FakeMicrophoneStream:
    """An open microphone that records a sound, then silence. See ``MicrophoneStream``."""

    def __init__(self, sound: Samples, *, lost_after: int | None = None) -> None:
        self.closed = False
        self._sound = sound
        self._position = 0
        self._lost_after = lost_after

    @property
    def lost(self) -> bool:
        """Whether it was unplugged."""
        return self._lost_after is not None and self._position >= self._lost_after

    def read(self) -> Samples:
        """Read the next tenth of a second."""
        piece = self._sound[self._position : self._position + _READ_FRAMES]
        self._position += _READ_FRAMES
        return np.concatenate([piece, np.zeros((_READ_FRAMES - len(piece), 1), np.float32)])

    def close(self) -> None:
        """Stop recording, for good."""
        self.closed = True


class FakeMicrophone:
    """Microphones that record these sounds, one each time one is opened; without names there is no microphone."""

    def __init__(self, sounds: Sequence[Samples] = (), names: Sequence[str] = ("Built-in", "Headset")) -> None:
        self.opened: list[FakeMicrophoneStream] = []
        self._sounds = list(sounds)
        self._names = tuple(names)

    def list_names(self) -> tuple[str, ...]:
        """List what is plugged in.

        Raises:
            ExternalError: Nothing is.
        """
        if not self._names:
            raise ExternalError("no microphone found", help="connect a device")
        return self._names

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:  # noqa: ARG002 - its sounds have the rate wanted
        """Open one, to record the next sound."""
        names = self.list_names()
        if name is not None:
            choose_device(name, names)
        self.opened.append(FakeMicrophoneStream(self._sounds.pop(0) if self._sounds else np.zeros((0, 1), np.float32)))
        return self.opened[-1]
