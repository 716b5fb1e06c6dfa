"""Device protocols for playback and microphones, the playback backends by name, and how a device is chosen by name."""

import ctypes
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pkgutil import resolve_name
from threading import Thread
from typing import Any, Protocol, TypeVar

import numpy as np

from coach.errors import UsageError
from coach.sounds.clip import Samples
from coach.translation import _

CHANNELS = 2

Pull = Callable[[int], Samples]

"""Called on the audio thread for exactly so many frames, float32 of shape (frames, 2). It never blocks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """A playback device, by the name its system gives it."""

    name: str
    is_default: bool


class LiveOutput(Protocol):
    """An open playback device. What is pulled is heard in that order, without a gap, ``latency_s`` later.

    It stays on its device. When that goes away it is lost; it never moves to another.
    """

    latency_s: float

    @property
    def lost(self) -> bool:
        """Whether the device is gone or has stopped pulling. A lost output never comes back: close it, open another."""

    @property
    def fault(self) -> Exception | None:
        """What the pull raised, if anything: a bug of ours. From then on there is silence, and the output is lost."""

    def start(self, pull: Pull) -> None:
        """Start to pull samples.

        Raises:
            ExternalError: The device refused.
        """

    def close(self) -> None:
        """Stop, and release the device. Safe to call when it is lost or already closed."""


class LiveBackend(Protocol):
    """A library that plays on devices."""

    def list_devices(self) -> tuple[Device, ...]:
        """List the devices that can play now, at least one.

        Raises:
            ExternalError: There is no device, or no sound system.
        """

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part that matches no other; None is the system's default.

        Raises:
            UsageError: No device matches, or several do; the message names them.
            ExternalError: The device is busy, or there is no sound system.
        """


BACKENDS: Mapping[str, str] = {
    "speaker": "coach.devices.miniaudio_device:MiniaudioBackend",
    "silent": "coach.devices.miniaudio_device:NullDevice",
}
"""The playback backends by name. A new one is a module beside this one, and a line here."""


def find_backend(name: str) -> LiveBackend:
    """Find a backend by its name.

    Raises:
        UsageError: There is none of this name, or it cannot play live.
    """
    choices = " or ".join(BACKENDS)
    if name == "simpleaudio":
        raise UsageError(
            _(
                "simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs {choices}",
                choices=choices,
            )
        )
    if name not in BACKENDS:
        raise UsageError(_('there is no output "{name}"; choose {choices}', name=name, choices=choices))
    backend: LiveBackend = resolve_name(BACKENDS[name])()
    return backend


def choose_device(wanted: str, names: Sequence[str]) -> int:
    """Find the index of the device meant: by its whole name, or by a part that matches no other, in any case.

    Raises:
        UsageError: No device matches, or several do; the message names them.
    """
    if wanted in names:
        return names.index(wanted)
    matches = [index for index, name in enumerate(names) if wanted.casefold() in name.casefold()]
    if not matches:
        raise UsageError(
            _('there is no device "{wanted}"; there are: {names}', wanted=wanted, names=_quote_names(names))
        )
    if len(matches) > 1:
        raise UsageError(
            _(
                '"{wanted}" matches several devices: {names}',
                wanted=wanted,
                names=_quote_names([names[index] for index in matches]),
            )
        )
    return matches[0]


def _quote_names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


WARM_UP_PULLS = 8
"""After so many pulls a device is awake. The first few fill its buffer; then a headset may take seconds to wake."""

WARM_UP_TIMEOUT_S = 5.0
STALL_TIMEOUT_S = 1.0


class PullCallback:
    """The callback that a device pulls through. No exception of a pull reaches the driver, which is not Python.

    After a failed pull, or when the device is lost, there is silence. ``clock`` is monotonic, in seconds.
    """

    def __init__(self, pull: Pull, clock: Callable[[], float] = time.monotonic) -> None:
        self.fault: Exception | None = None
        self._pull = pull
        self._clock = clock
        self._pulls = 0
        self._last_pull_s = clock()
        self._lost = False

    def __call__(self, frames: int) -> Samples:
        """Pull exactly so many frames: float32 of shape (frames, 2)."""
        self._pulls += 1
        self._last_pull_s = self._clock()
        if not self._lost:
            try:
                return _check_samples(self._pull(frames), frames)
            except Exception as error:  # noqa: BLE001 - nothing may be raised into C; `fault` keeps it
                self.fault, self._lost = error, True
        return np.zeros((frames, CHANNELS), np.float32)

    @property
    def lost(self) -> bool:
        """Whether the pull failed, or none has come for too long; once lost, always lost."""
        timeout_s = STALL_TIMEOUT_S if self._pulls >= WARM_UP_PULLS else WARM_UP_TIMEOUT_S
        self._lost = self._lost or self._clock() - self._last_pull_s > timeout_s
        return self._lost


def _check_samples(samples: Samples, frames: int) -> Samples:
    if samples.shape != (frames, CHANNELS) or samples.dtype != np.float32:
        raise ValueError(f"pulled {samples.dtype} of {samples.shape}, not float32 of {(frames, CHANNELS)}")
    return samples


class MicrophoneStream(Protocol):
    """An open microphone."""

    @property
    def lost(self) -> bool:
        """Whether it was unplugged or has stopped sending."""

    def read(self) -> Samples:
        """Read what was recorded since the last call: float32 of shape (frames, 1)."""

    def close(self) -> None:
        """Release it. Safe to call when it is lost or already closed."""


class Microphone(Protocol):
    """A library that records from microphones."""

    def list_names(self) -> tuple[str, ...]:
        """List the microphones that are connected, the default first.

        Raises:
            ExternalError: There is none, or no sound system.
        """

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:
        """Open a microphone by its name or a part that matches no other; None is the system's default.

        Raises:
            UsageError: No microphone matches, or several do; the message names them.
            ExternalError: The microphone is busy, or there is no sound system.
        """


_ReturnValue = TypeVar("_ReturnValue")


def run_with_timeout(timeout_s: float, work: Callable[[], _ReturnValue]) -> _ReturnValue:
    """Do some work in a thread of its own, and abandon it when it takes too long.

    Raises:
        TimeoutError: It took too long. It may still finish later, and does not keep the program from ending.
    """
    future: Future[_ReturnValue] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is awaited
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(timeout_s)


_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignore = _HANDLER(lambda *_: None)


def silence_alsa_messages() -> None:
    """Keep ALSA's library from printing whatever it does not find."""
    if sys.platform == "linux":
        with suppress(OSError):  # there is no ALSA
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore)


def is_card(ffi: Any, device_id: Any) -> bool:  # noqa: ANN401 - C's
    """Return whether one of miniaudio's ids is a sound card (``:0,0``) or the default; others are ALSA's converters."""
    name: bytes = ffi.string(ffi.cast("char *", device_id))
    return name.startswith(b":") or name == b"default"


def is_dummy(ffi: Any, device_id: Any) -> bool:  # noqa: ANN401 - C's
    """Return whether one of miniaudio's ids is the sink that sound servers add while no device is connected."""
    name: bytes = ffi.string(ffi.cast("char *", device_id))
    return name == b"auto_null"
