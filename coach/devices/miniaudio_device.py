"""miniaudio: speakers and microphones by PulseAudio, PipeWire, ALSA, CoreAudio and WASAPI, with nothing to install."""

import logging
import os
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock
from typing import Any, TypeVar

import miniaudio
import numpy as np

from coach.devices.device import (
    CHANNELS,
    Device,
    LiveOutput,
    MicrophoneStream,
    Pull,
    PullCallback,
    choose_device,
    is_card,
    is_dummy,
    run_with_timeout,
    silence_alsa_messages,
)
from coach.errors import ExternalError
from coach.sounds.clip import Samples
from coach.text.sanitize import to_one_line
from coach.translation import _, mark_message

_LOG = logging.getLogger(__name__)

_Item = TypeVar("_Item")

PERIOD_S = 0.08
PERIODS = 2
SERVER_PERIOD_S = 0.02
"""A sound server is fed in small portions, as soon as it has room: the later a pull, the sooner it is heard."""

OPEN_TIMEOUT_S = 5.0
CLOSE_TIMEOUT_S = 2.0
_SERVER_BUFFER_MS = 200
"""How much a sound server buffers. On a busy machine it pulls late: with 100 ms it sometimes ran empty, and with more
than 200 ms a key would feel late."""

_LATENCY_VARIABLE = "PULSE_LATENCY_MSEC"
"""The environment variable that tells PulseAudio's library; miniaudio itself would buffer one period only."""

_PULSE_REQUEST_GAP_S = 0.05
"""How long PulseAudio plays on before it pulls again, measured on a null sink: what is pulled is heard after 150 to
200 ms."""


def _estimate_latency_s(backend: str) -> float:
    """Estimate the time from pulling to hearing.

    The null device drops what it pulls at once. Devices without a server first play what is in the buffer.
    """
    if backend == "PulseAudio":
        return _SERVER_BUFFER_MS / 1000 - _PULSE_REQUEST_GAP_S / 2
    return 0.0 if backend == "Null" else (PERIODS - 1) * PERIOD_S


class MiniaudioStream:
    """An open playback device. See ``LiveOutput``."""

    def __init__(self, playback: miniaudio.PlaybackDevice) -> None:
        self.latency_s = _estimate_latency_s(playback.backend)
        self._playback = playback
        self._callback: PullCallback | None = None
        self._closed = False
        self._closing = Lock()

    @property
    def lost(self) -> bool:
        """Whether the device has stopped pulling. miniaudio itself does not report it."""
        return self._callback is not None and self._callback.lost

    @property
    def fault(self) -> Exception | None:
        """What the pull raised."""
        return None if self._callback is None else self._callback.fault

    def start(self, pull: Pull) -> None:
        """Start to pull samples."""
        self._callback = PullCallback(pull)
        callback = _make_generator(self._callback)
        next(callback)
        try:
            run_with_timeout(OPEN_TIMEOUT_S, lambda: self._playback.start(callback))
        except (miniaudio.MiniaudioError, TimeoutError) as error:
            raise ExternalError(
                _("the sound device did not start"), help=_("check that it is on; 'coach devices' lists them all")
            ) from error

    def close(self) -> None:
        """Release the device; if its server hangs, abandon it."""
        with self._closing:
            closed, self._closed = self._closed, True
        if not closed:
            with suppress(TimeoutError):
                run_with_timeout(CLOSE_TIMEOUT_S, lambda: _close_device(self._playback))


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


def _make_generator(callback: PullCallback) -> Generator[Samples | bytes, int, None]:
    """Make the generator that miniaudio pulls through."""
    frames = yield b""
    while True:
        frames = yield callback(frames)


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
"""Tried in this order. Without the list miniaudio would fall back to a device that nobody can hear."""

_BUSY = {miniaudio.lib.MA_BUSY, miniaudio.lib.MA_ALREADY_IN_USE}
_WITHOUT_SOUND = mark_message("or play without sound with --output silent")


@dataclass(frozen=True, kw_only=True, slots=True)
class _PlaybackDevice:
    """A device of miniaudio's list.

    ``moves`` is whether the system would move a stream that was opened without an id to another device when its own
    goes away. ALSA does not, and knows only by its configuration what the default is.
    """

    device: Device
    id: Any  # C's
    period_s: float
    moves: bool


class MiniaudioBackend:
    """The system's speakers and headphones."""

    def list_devices(self) -> tuple[Device, ...]:
        """List the devices that can play now, at least one.

        Raises:
            ExternalError: There is none, or no sound system.
        """
        return tuple(found.device for found in _list_playbacks())

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part that matches no other; None is the system's default.

        Raises:
            UsageError: No device matches, or several do; the message names them.
            ExternalError: The device is busy or fails, or there is no sound system.
        """
        found = _list_playbacks()
        if device is None:
            one, label = next((each for each in found if each.device.is_default), found[0]), _("the sound device")
        else:
            one = found[choose_device(device, [each.device.name for each in found])]
            label = f'"{one.device.name}"'
        device_id = None if device is None and not one.moves else one.id
        try:
            return run_with_timeout(
                OPEN_TIMEOUT_S, lambda: open_stream(_BACKENDS, rate_hz, device_id, period_s=one.period_s)
            )
        except miniaudio.MiniaudioError as error:
            raise _explain_failure(label, error) from error
        except TimeoutError as error:
            raise _make_timeout_error(_(_WITHOUT_SOUND)) from error


def _explain_failure(label: str, error: Exception) -> ExternalError:
    """Explain why a device cannot be opened, by miniaudio's error: its text and its number."""
    other = _("choose another device ('coach devices' lists them), {instead}", instead=_(_WITHOUT_SOUND))
    if error.args[-1] in _BUSY:
        message = _("{device} is busy: another program has exclusive use of it", device=label)
        return ExternalError(message, help=_("close that program, or {other}", other=other))
    message = _("{device} cannot be opened: {reason}", device=label, reason=f"{error.args[0]} ({error.args[-1]})")
    return ExternalError(message, help=other)


def _list_playbacks() -> list[_PlaybackDevice]:
    return _list_devices(_query_playbacks, _("no speakers or headphones found"), _(_WITHOUT_SOUND))


def _list_devices(query: Callable[[], list[_Item]], none_message: str, other: str) -> list[_Item]:
    """List the devices to play on or to record with, at least one; else say that there is none, and what to do."""
    silence_alsa_messages()
    none_found = ExternalError(
        none_message,
        help=_(
            "connect a device (on Linux, PipeWire or PulseAudio must be installed and running), {other}", other=other
        ),
    )
    try:
        found = run_with_timeout(OPEN_TIMEOUT_S, query)
    except TimeoutError as error:
        raise _make_timeout_error(other) from error
    except miniaudio.MiniaudioError as error:
        raise none_found from error
    if not found:
        raise none_found
    return found


def _make_timeout_error(otherwise: str) -> ExternalError:
    message = _("the sound system did not respond within {seconds:.0f} s", seconds=OPEN_TIMEOUT_S)
    return ExternalError(message, help=_("restart it, {otherwise}", otherwise=otherwise))


def _query_playbacks() -> list[_PlaybackDevice]:
    devices = _Devices(_BACKENDS)
    period_s = SERVER_PERIOD_S if devices.backend == "PulseAudio" else PERIOD_S
    found = [
        _PlaybackDevice(
            device=Device(name=to_one_line(each["name"]), is_default=each["is_default"]),
            id=each["id"],
            period_s=period_s,
            moves=devices.backend != "ALSA",
        )
        for each in devices.get_playbacks()
        if not is_dummy(miniaudio.ffi, each["id"])
    ]
    if devices.backend == "ALSA":
        return [each for each in found if is_card(miniaudio.ffi, each.id)]
    return found


class _Devices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's list with the default marked, complete even where a device does not report its formats."""

    def _get_info(self, _kind: miniaudio.DeviceType, info: Any) -> dict[str, bool]:  # noqa: ANN401 - C's
        return {"is_default": bool(info.isDefault)}


_SILENCE = Device(name="silence", is_default=True)


class NullDevice:
    """One device that pulls samples as a real one does, and drops them."""

    def list_devices(self) -> tuple[Device, ...]:
        """List the null device."""
        return (_SILENCE,)

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open the null device.

        Raises:
            UsageError: Another device was named.
        """
        if device is not None:
            choose_device(device, [_SILENCE.name])
        return open_stream([miniaudio.Backend.NULL], rate_hz)


LOST_AFTER_S = 2.0
_MICROPHONE_PERIOD_S = 0.05
_RECORD_ELSEWHERE = mark_message("or record with another program, and cut the file with --split")


class MiniaudioMicrophoneStream:
    """An open microphone. See ``MicrophoneStream``."""

    def __init__(self, device: Any) -> None:  # noqa: ANN401 - miniaudio has no types
        self._device = device
        self._pieces: SimpleQueue[bytes] = SimpleQueue()
        self._last_piece_s = time.monotonic()
        self._closed = False
        self._closing = Lock()
        receiver = self._receive()
        next(receiver)
        device.start(receiver)

    @property
    def lost(self) -> bool:
        """Whether nothing has come for two seconds."""
        return time.monotonic() - self._last_piece_s > LOST_AFTER_S

    def read(self) -> Samples:
        """Read what was recorded since the last call."""
        pieces = [self._pieces.get() for _ in range(self._pieces.qsize())]
        samples: Samples = np.frombuffer(b"".join(pieces), np.float32).reshape(-1, 1)
        return samples

    def close(self) -> None:
        """Release it; if its server hangs, abandon it."""
        with self._closing:
            closed, self._closed = self._closed, True
        if not closed:
            with suppress(TimeoutError):
                run_with_timeout(CLOSE_TIMEOUT_S, lambda: _close_device(self._device))

    def _receive(self) -> Generator[None, bytes, None]:
        while True:
            piece = yield
            self._pieces.put(bytes(piece))
            self._last_piece_s = time.monotonic()


class MiniaudioMicrophone:
    """The system's microphones."""

    def list_names(self) -> tuple[str, ...]:
        """List the microphones that are connected, the default first."""
        return tuple(each.name for each in _list_captures())

    def open(self, name: str | None, rate_hz: int) -> MicrophoneStream:
        """Open a microphone by its name or a part that matches no other; None is the system's default."""
        found, other = _list_captures(), _(_RECORD_ELSEWHERE)
        device_id = None if name is None else found[choose_device(name, [each.name for each in found])].id
        try:
            return run_with_timeout(OPEN_TIMEOUT_S, lambda: _open_microphone(device_id, rate_hz))
        except miniaudio.MiniaudioError as error:
            message = _("the microphone cannot be opened: {reason}", reason=f"{error.args[0]} ({error.args[-1]})")
            help_ = _(
                "check whether another program uses it, or choose another with --device, {instead}", instead=other
            )
            raise ExternalError(message, help=help_) from error
        except TimeoutError as error:
            raise _make_timeout_error(other) from error


def _open_microphone(device_id: Any, rate_hz: int) -> MicrophoneStream:  # noqa: ANN401 - C's
    return MiniaudioMicrophoneStream(
        miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=1,
            sample_rate=rate_hz,
            buffersize_msec=round(_MICROPHONE_PERIOD_S * 1000),
            device_id=device_id,
            backends=_BACKENDS,
            app_name="coach",
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _CaptureDevice:
    name: str
    id: Any  # C's


def _list_captures() -> list[_CaptureDevice]:
    return _list_devices(_query_captures, _("no microphone found"), _(_RECORD_ELSEWHERE))


def _query_captures() -> list[_CaptureDevice]:
    devices = _Devices(_BACKENDS)
    found = sorted(devices.get_captures(), key=lambda each: not each["is_default"])
    if devices.backend == "ALSA":
        found = [each for each in found if is_card(miniaudio.ffi, each["id"])]
    return [_CaptureDevice(name=to_one_line(each["name"]), id=each["id"]) for each in found]
