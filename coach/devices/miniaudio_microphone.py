"""Microphones by miniaudio: PulseAudio and PipeWire, ALSA, CoreAudio, WASAPI, with nothing to install."""

import time
from collections.abc import Generator
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from typing import Any

import miniaudio
import numpy as np

from coach.devices import alsa
from coach.devices.device import Listening, choose_device
from coach.devices.timeout import run_with_timeout
from coach.errors import ExternalError
from coach.sounds.clip import Samples

OPENING_S, CLOSING_S = 5.0, 2.0

LOST_AFTER_S = 2.0

_PERIOD_S = 0.05

_BACKENDS = [
    miniaudio.Backend.WASAPI,
    miniaudio.Backend.COREAUDIO,
    miniaudio.Backend.PULSEAUDIO,
    miniaudio.Backend.ALSA,
]

_OTHERWISE = "or record elsewhere, and cut the file with --split"


class MiniaudioListening:
    """An open microphone. See ``Listening``."""

    def __init__(self, device: Any) -> None:  # noqa: ANN401 - miniaudio has no types
        self._device = device
        self._pieces: SimpleQueue[bytes] = SimpleQueue()
        self._last_s = time.monotonic()
        self._closed = False
        self._closing = Lock()
        taking = self._take()
        next(taking)
        device.start(taking)

    @property
    def lost(self) -> bool:
        """Whether nothing has come for two seconds."""
        return time.monotonic() - self._last_s > LOST_AFTER_S

    def heard(self) -> Samples:
        """What has come since this was last asked."""
        pieces = [self._pieces.get() for _ in range(self._pieces.qsize())]
        samples: Samples = np.frombuffer(b"".join(pieces), np.float32).reshape(-1, 1)
        return samples

    def close(self) -> None:
        """Let it go; if its server hangs, leave that to itself."""
        with self._closing:
            closed, self._closed = self._closed, True
        if not closed:
            with suppress(TimeoutError):
                run_with_timeout(CLOSING_S, lambda: _let_go(self._device))

    def _take(self) -> Generator[None, bytes, None]:
        while True:
            piece = yield
            self._pieces.put(bytes(piece))
            self._last_s = time.monotonic()


class MiniaudioMicrophone:
    """Whatever the system can record with."""

    def names(self) -> tuple[str, ...]:
        """The microphones there are now."""
        return tuple(name for name, _ in _found())

    def open(self, name: str | None, rate_hz: int) -> Listening:
        """Open one by its name or a part of it that fits one only; None is the system's default."""
        found = _found()
        device_id = None if name is None else found[choose_device(name, [each for each, _ in found])][1]
        try:
            return run_with_timeout(OPENING_S, lambda: _opened(device_id, rate_hz))
        except miniaudio.MiniaudioError as error:
            raise ExternalError(
                f"the microphone cannot be opened: {error.args[0]} ({error.args[-1]})",
                help=f"see whether another program has it, or choose another with --device, {_OTHERWISE}",
            ) from error
        except TimeoutError as error:
            raise _no_answer() from error


def _opened(device_id: Any, rate_hz: int) -> Listening:  # noqa: ANN401 - C's
    return MiniaudioListening(
        miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=1,
            sample_rate=rate_hz,
            buffersize_msec=round(_PERIOD_S * 1000),
            device_id=device_id,
            backends=_BACKENDS,
            app_name="coach",
        )
    )


def _found() -> list[tuple[str, Any]]:
    """The microphones by name, with C's ids for them."""
    alsa.silence_alsa_messages()
    try:
        found = run_with_timeout(OPENING_S, _look)
    except TimeoutError as error:
        raise _no_answer() from error
    except miniaudio.MiniaudioError as error:
        raise _no_microphone() from error
    if not found:
        raise _no_microphone()
    return found


def _look() -> list[tuple[str, Any]]:
    devices = _CaptureDevices(_BACKENDS)
    found = sorted(devices.get_captures(), key=lambda each: not each["is_default"])
    if devices.backend == "ALSA":
        found = [each for each in found if alsa.is_card(miniaudio.ffi, each["id"])]
    return [(_plain(each["name"]), each["id"]) for each in found]


def _plain(name: str) -> str:
    """A microphone's name on one line, without what terminals take for commands."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


class _CaptureDevices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's list, with the default marked, and whole where one of the devices will not tell its formats."""

    def _get_info(self, _kind: miniaudio.DeviceType, info: Any) -> dict[str, bool]:  # noqa: ANN401 - C's
        return {"is_default": bool(info.isDefault)}


def _let_go(device: Any) -> None:  # noqa: ANN401 - miniaudio has no types
    device.close()
    # miniaudio leaves this open, and with it a connection to the sound server for every device ever opened
    miniaudio.lib.ma_context_uninit(device._context)  # noqa: SLF001 - there is no other way to it


def _no_microphone() -> ExternalError:
    return ExternalError(
        "there is nothing to record with: no microphone is found",
        help=f"connect one (on Linux, PipeWire or PulseAudio must be installed and running), {_OTHERWISE}",
    )


def _no_answer() -> ExternalError:
    return ExternalError(
        f"the sound system does not answer: waited for {OPENING_S:.0f} s", help=f"start it anew, {_OTHERWISE}"
    )
