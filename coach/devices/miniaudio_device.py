"""Speakers and microphones by miniaudio: PulseAudio and PipeWire, ALSA, CoreAudio, WASAPI, with nothing to install."""

import ctypes
import logging
import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import miniaudio
import numpy as np

from coach.devices.device import CHANNELS, Device, LiveOutput, MicrophoneStream, Pull, PullCallback, choose_device
from coach.errors import ExternalError
from coach.sounds.clip import Samples
from coach.text.sanitize import to_one_line

_LOG = logging.getLogger(__name__)

ReturnValue = TypeVar("ReturnValue")

_Item = TypeVar("_Item")


def run_with_timeout(limit_s: float, work: Callable[[], ReturnValue]) -> ReturnValue:
    """What comes of some work, which is left behind in a thread of its own when it takes too long.

    Raises:
        TimeoutError: It took too long. It may still be done later, and does not keep the program from ending.
    """
    future: Future[ReturnValue] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            future.set_exception(error)

    Thread(target=do, daemon=True).start()
    return future.result(limit_s)


_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)

_nothing = _HANDLER(lambda *_: None)


def silence_alsa_messages() -> None:
    """Keep its library from writing on the screen whatever it does not find."""
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_nothing)
    except OSError:  # there is no ALSA
        return


def is_card(ffi: Any, device_id: Any) -> bool:  # noqa: ANN401 - C's
    """Whether an id of miniaudio's is for a sound card, as ``:0,0``, or the default; others are ALSA's converters."""
    name: bytes = ffi.string(ffi.cast("char *", device_id))
    return name.startswith(b":") or name == b"default"


PERIOD_S = 0.08
PERIODS = 2
SERVER_PERIOD_S = 0.02
"""A sound server is given samples in small portions, as soon as it has room: what it asks for last is heard soonest."""

OPENING_S = 5.0
CLOSING_S = 2.0
_SERVER_BUFFER_MS = 200
"""What lies ready at a sound server. On a busy machine it comes for more late; with 100 ms it sometimes had nothing
left, and with more than this a key would be felt late."""

_LATENCY_VARIABLE = "PULSE_LATENCY_MSEC"
"""By which PulseAudio's library is told that; miniaudio itself would have no more lie ready than one period."""

_PULSE_REQUEST_GAP_S = 0.05
"""How long PulseAudio plays on before it asks again, measured on a null sink: so what it asks for is heard after 150 to
200 ms."""


def _latency_s(backend: str) -> float:
    """From pulling to hearing.

    The clock without sound takes what it pulls at once. Devices without a server play what is in the buffer before it.
    """
    if backend == "PulseAudio":
        return _SERVER_BUFFER_MS / 1000 - _PULSE_REQUEST_GAP_S / 2
    return 0.0 if backend == "Null" else (PERIODS - 1) * PERIOD_S


class MiniaudioStream:
    """An open device. See ``LiveOutput``."""

    def __init__(self, playback: miniaudio.PlaybackDevice) -> None:
        self.latency_s = _latency_s(playback.backend)
        self._playback = playback
        self._asking: PullCallback | None = None
        self._closed = False
        self._closing = Lock()

    @property
    def lost(self) -> bool:
        """Whether the device has stopped asking. miniaudio's own word that it stopped does not come."""
        return self._asking is not None and self._asking.lost

    @property
    def fault(self) -> Exception | None:
        """What the pull raised."""
        return None if self._asking is None else self._asking.fault

    def start(self, pull: Pull) -> None:
        """Begin to ask for samples."""
        self._asking = PullCallback(pull)
        answers = _make_callback(self._asking)
        next(answers)
        try:
            run_with_timeout(OPENING_S, lambda: self._playback.start(answers))
        except (miniaudio.MiniaudioError, TimeoutError) as error:
            raise ExternalError(
                "the sound device does not start", help="look whether it is on; 'coach devices' lists them all"
            ) from error

    def close(self) -> None:
        """Let the device go; if its server hangs, leave that to itself."""
        with self._closing:
            closed, self._closed = self._closed, True
        if not closed:
            with suppress(TimeoutError):
                run_with_timeout(CLOSING_S, lambda: _close_device(self._playback))


def open_stream(
    backends: Sequence[miniaudio.Backend],
    rate_hz: int,
    device_id: Any = None,  # noqa: ANN401 - C's
    *,
    period_s: float = PERIOD_S,
) -> MiniaudioStream:
    """Open a device by miniaudio's id for it; None is the default.

    Raises:
        miniaudio.MiniaudioError: The device refused.
    """
    os.environ[_LATENCY_VARIABLE] = str(_SERVER_BUFFER_MS)
    playback = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.FLOAT32,
        nchannels=CHANNELS,
        sample_rate=rate_hz,
        buffersize_msec=round(period_s * 1000),
        callback_periods=PERIODS,
        device_id=device_id,
        backends=list(backends),
        thread_prio=miniaudio.ThreadPriority.REALTIME,  # where the system allows it; elsewhere as any thread
        app_name="coach",
    )
    _LOG.info(
        "opened %s by %s: %d Hz, %d channels, %d periods of %g ms",
        "the default device" if device_id is None else "the chosen device",
        playback.backend,
        rate_hz,
        CHANNELS,
        PERIODS,
        period_s * 1000,
    )
    return MiniaudioStream(playback)


def _make_callback(asking: PullCallback) -> Generator[Samples | bytes, int, None]:
    """The form in which miniaudio asks."""
    frames = yield b""
    while True:
        frames = yield asking(frames)


def _close_device(playback: miniaudio.PlaybackDevice) -> None:
    playback.close()
    # miniaudio leaves this open, and with it a connection to the sound server for every device ever opened
    miniaudio.lib.ma_context_uninit(playback._context)  # noqa: SLF001 - there is no other way to it


_BACKENDS = [
    miniaudio.Backend.WASAPI,
    miniaudio.Backend.COREAUDIO,
    miniaudio.Backend.PULSEAUDIO,
    miniaudio.Backend.ALSA,
]
"""In this order, where the system has them. Without the list miniaudio would end at a device nobody can hear."""

_BUSY = {miniaudio.lib.MA_BUSY, miniaudio.lib.MA_ALREADY_IN_USE}
_WITHOUT_SOUND = "or go without sound, by --output silent"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    device: Device
    id: Any  # C's
    period_s: float


class MiniaudioBackend:
    """Whatever the system can play on."""

    def devices(self) -> tuple[Device, ...]:
        """What can be listened to now.

        Raises:
            ExternalError: There is nothing, or no sound system to ask.
        """
        return tuple(found.device for found in _list_playbacks())

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such device, or several fit; the message names them.
            ExternalError: It is busy or refuses, or there is no sound system.
        """
        found = _list_playbacks()
        one = None if device is None else found[choose_device(device, [each.device.name for each in found])]
        name, device_id = ("the sound device", None) if one is None else (f'"{one.device.name}"', one.id)
        try:
            return run_with_timeout(
                OPENING_S, lambda: open_stream(_BACKENDS, rate_hz, device_id, period_s=found[0].period_s)
            )
        except miniaudio.MiniaudioError as error:
            if error.args[-1] in _BUSY:
                raise ExternalError(
                    f"{name} is busy: another program has it to itself",
                    help=f"close that program, or choose another device ('coach devices' lists them), {_WITHOUT_SOUND}",
                ) from error
            raise ExternalError(
                f"{name} cannot be opened: {error.args[0]} ({error.args[-1]})",
                help=f"choose another device ('coach devices' lists them), {_WITHOUT_SOUND}",
            ) from error
        except TimeoutError as error:
            raise _speakers_timeout_error() from error


def _list_playbacks() -> list[_Found]:
    return _list_devices(_query_playbacks, _no_speakers_error, _speakers_timeout_error)


def _list_devices(
    query: Callable[[], list[_Item]],
    none_error: Callable[[], ExternalError],
    timeout_error: Callable[[], ExternalError],
) -> list[_Item]:
    """What there is to play on or to record with, at least one."""
    silence_alsa_messages()
    try:
        found = run_with_timeout(OPENING_S, query)
    except TimeoutError as error:
        raise timeout_error() from error
    except miniaudio.MiniaudioError as error:
        raise none_error() from error
    if not found:
        raise none_error()
    return found


def _query_playbacks() -> list[_Found]:
    devices = _Devices(_BACKENDS)
    period_s = SERVER_PERIOD_S if devices.backend == "PulseAudio" else PERIOD_S
    found = [
        _Found(
            device=Device(name=to_one_line(each["name"]), is_default=each["is_default"]),
            id=each["id"],
            period_s=period_s,
        )
        for each in devices.get_playbacks()
    ]
    if devices.backend == "ALSA":
        return [each for each in found if is_card(miniaudio.ffi, each.id)]
    return found


class _Devices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's list, with the default marked, and whole where one of the devices will not tell its formats."""

    def _get_info(self, _kind: miniaudio.DeviceType, info: Any) -> dict[str, bool]:  # noqa: ANN401 - C's
        return {"is_default": bool(info.isDefault)}


def _no_speakers_error() -> ExternalError:
    return ExternalError(
        "there is nothing to play on: no speakers or headphones are found",
        help=f"connect some (on Linux, PipeWire or PulseAudio must be installed and running), {_WITHOUT_SOUND}",
    )


def _speakers_timeout_error() -> ExternalError:
    return ExternalError(
        f"the sound system does not answer: waited for {OPENING_S:.0f} s", help=f"start it anew, {_WITHOUT_SOUND}"
    )


_NOTHING = Device(name="silence", is_default=True)


class NullDevice:
    """One device that asks for samples as a real one does, and drops them."""

    def devices(self) -> tuple[Device, ...]:
        """Silence."""
        return (_NOTHING,)

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open silence.

        Raises:
            UsageError: Another device is asked for.
        """
        if device is not None:
            choose_device(device, [_NOTHING.name])
        return open_stream([miniaudio.Backend.NULL], rate_hz)


LOST_AFTER_S = 2.0
_PERIOD_S = 0.05
_OTHERWISE = "or record elsewhere, and cut the file with --split"


class MiniaudioMicrophoneStream:
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
                run_with_timeout(CLOSING_S, lambda: _close_device(self._device))

    def _take(self) -> Generator[None, bytes, None]:
        while True:
            piece = yield
            self._pieces.put(bytes(piece))
            self._last_s = time.monotonic()


class MiniaudioMicrophone:
    """Whatever the system can record with."""

    def names(self) -> tuple[str, ...]:
        """The microphones there are now."""
        return tuple(name for name, _ in _list_captures())

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:
        """Open one by its name or a part of it that fits one only; None is the system's default."""
        found = _list_captures()
        device_id = None if name is None else found[choose_device(name, [each for each, _ in found])][1]
        try:
            return run_with_timeout(OPENING_S, lambda: _open_microphone(device_id, rate_hz))
        except miniaudio.MiniaudioError as error:
            raise ExternalError(
                f"the microphone cannot be opened: {error.args[0]} ({error.args[-1]})",
                help=f"see whether another program has it, or choose another with --device, {_OTHERWISE}",
            ) from error
        except TimeoutError as error:
            raise _microphone_timeout_error() from error


def _open_microphone(device_id: Any, rate_hz: int) -> MicrophoneStream:  # noqa: ANN401 - C's
    return MiniaudioMicrophoneStream(
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


def _list_captures() -> list[tuple[str, Any]]:
    """The microphones by name, with C's ids for them."""
    return _list_devices(_query_captures, _no_microphone_error, _microphone_timeout_error)


def _query_captures() -> list[tuple[str, Any]]:
    devices = _Devices(_BACKENDS)
    found = sorted(devices.get_captures(), key=lambda each: not each["is_default"])
    if devices.backend == "ALSA":
        found = [each for each in found if is_card(miniaudio.ffi, each["id"])]
    return [(to_one_line(each["name"]), each["id"]) for each in found]


def _no_microphone_error() -> ExternalError:
    return ExternalError(
        "there is nothing to record with: no microphone is found",
        help=f"connect one (on Linux, PipeWire or PulseAudio must be installed and running), {_OTHERWISE}",
    )


def _microphone_timeout_error() -> ExternalError:
    return ExternalError(
        f"the sound system does not answer: waited for {OPENING_S:.0f} s", help=f"start it anew, {_OTHERWISE}"
    )
