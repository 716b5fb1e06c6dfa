"""A device opened by miniaudio: real, or miniaudio's clock without sound."""

import logging
import os
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

import miniaudio

from coach.devices import alsa
from coach.devices.device import CHANNELS, Device, LiveOutput, Pull, PullCallback, choose_device
from coach.devices.timeout import run_with_timeout
from coach.errors import ExternalError
from coach.sounds.clip import Samples

_LOG = logging.getLogger(__name__)

PERIOD_S = 0.08

PERIODS = 2

SERVED_PERIOD_S = 0.02

"""A sound server is given samples in small portions, as soon as it has room: what it asks for last is heard soonest."""

OPENING_S = 5.0

CLOSING_S = 2.0

_SERVED_BUFFER_MS = 200

"""What lies ready at a sound server. On a busy machine it comes for more late; with 100 ms it sometimes had nothing
left, and with more than this a key would be felt late."""

_BUFFER_VARIABLE = "PULSE_LATENCY_MSEC"

"""By which PulseAudio's library is told that; miniaudio itself would have no more lie ready than one period."""

_UNASKED_S = 0.05

"""How long PulseAudio plays on before it asks again, measured on a null sink: so what it asks for is heard after 150 to
200 ms."""


def _latency_s(backend: str) -> float:
    """From pulling to hearing.

    The clock without sound takes what it pulls at once. Devices without a server play what is in the buffer before it.
    """
    if backend == "PulseAudio":
        return _SERVED_BUFFER_MS / 1000 - _UNASKED_S / 2
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
        answers = _answers(self._asking)
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
                run_with_timeout(CLOSING_S, lambda: _let_go(self._playback))


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
    os.environ[_BUFFER_VARIABLE] = str(_SERVED_BUFFER_MS)
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


def _answers(asking: PullCallback) -> Generator[Samples | bytes, int, None]:
    """The form in which miniaudio asks."""
    frames = yield b""
    while True:
        frames = yield asking(frames)


def _let_go(playback: miniaudio.PlaybackDevice) -> None:
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
            OutsideError: There is nothing, or no sound system to ask.
        """
        return tuple(found.device for found in _found())

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open a device by its name or a part of it that fits one only; None is the system's default.

        Raises:
            UsageError: There is no such device, or several fit; the message names them.
            OutsideError: It is busy or refuses, or there is no sound system.
        """
        found = _found()
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
            raise _no_answer() from error


def _found() -> list[_Found]:
    alsa.silence_alsa_messages()
    try:
        found = run_with_timeout(OPENING_S, _look)
    except TimeoutError as error:
        raise _no_answer() from error
    except miniaudio.MiniaudioError as error:
        raise _no_sound() from error
    if not found:
        raise _no_sound()
    return found


def _look() -> list[_Found]:
    devices = _PlaybackDevices(_BACKENDS)
    period_s = SERVED_PERIOD_S if devices.backend == "PulseAudio" else PERIOD_S
    found = [
        _Found(
            device=Device(name=_plain(each["name"]), is_default=each["is_default"]), id=each["id"], period_s=period_s
        )
        for each in devices.get_playbacks()
    ]
    if devices.backend == "ALSA":
        return [each for each in found if alsa.is_card(miniaudio.ffi, each.id)]
    return found


class _PlaybackDevices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's list, with the default marked, and whole where one of the devices will not tell its formats."""

    def _get_info(self, _kind: miniaudio.DeviceType, info: Any) -> dict[str, bool]:  # noqa: ANN401 - C's
        return {"is_default": bool(info.isDefault)}


def _plain(name: str) -> str:
    """A device's name on one line; some systems put in what terminals take for commands."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def _no_sound() -> ExternalError:
    return ExternalError(
        "there is nothing to play on: no speakers or headphones are found",
        help=f"connect some (on Linux, PipeWire or PulseAudio must be installed and running), {_WITHOUT_SOUND}",
    )


def _no_answer() -> ExternalError:
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
