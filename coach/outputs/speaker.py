"""Speakers and headphones, by miniaudio: PulseAudio and PipeWire, ALSA, CoreAudio, WASAPI, with nothing to install."""

from dataclasses import dataclass
from typing import Any

import miniaudio

from coach.errors import OutsideError
from coach.outputs import alsa
from coach.outputs.live import Device, LiveOutput
from coach.outputs.naming import chosen
from coach.outputs.patience import within
from coach.outputs.soundcard import OPENING_S, PERIOD_S, SERVED_PERIOD_S, opened

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


class Speaker:
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
        one = None if device is None else found[chosen(device, [each.device.name for each in found])]
        name, device_id = ("the sound device", None) if one is None else (f'"{one.device.name}"', one.id)
        try:
            return within(OPENING_S, lambda: opened(_BACKENDS, rate_hz, device_id, period_s=found[0].period_s))
        except miniaudio.MiniaudioError as error:
            if error.args[-1] in _BUSY:
                raise OutsideError(
                    f"{name} is busy: another program has it to itself",
                    help=f"close that program, or choose another device ('coach devices' lists them), {_WITHOUT_SOUND}",
                ) from error
            raise OutsideError(
                f"{name} cannot be opened: {error.args[0]} ({error.args[-1]})",
                help=f"choose another device ('coach devices' lists them), {_WITHOUT_SOUND}",
            ) from error
        except TimeoutError as error:
            raise _no_answer() from error


def _found() -> list[_Found]:
    alsa.hush()
    try:
        found = within(OPENING_S, _look)
    except TimeoutError as error:
        raise _no_answer() from error
    except miniaudio.MiniaudioError as error:
        raise _no_sound() from error
    if not found:
        raise _no_sound()
    return found


def _look() -> list[_Found]:
    devices = _Devices(_BACKENDS)
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


class _Devices(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's list, with the default marked, and whole where one of the devices will not tell its formats."""

    def _get_info(self, _kind: miniaudio.DeviceType, info: Any) -> dict[str, bool]:  # noqa: ANN401 - C's
        return {"is_default": bool(info.isDefault)}


def _plain(name: str) -> str:
    """A device's name on one line; some systems put in what terminals take for commands."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def _no_sound() -> OutsideError:
    return OutsideError(
        "there is nothing to play on: no speakers or headphones are found",
        help=f"connect some (on Linux, PipeWire or PulseAudio must be installed and running), {_WITHOUT_SOUND}",
    )


def _no_answer() -> OutsideError:
    return OutsideError(
        f"the sound system does not answer: waited for {OPENING_S:.0f} s", help=f"start it anew, {_WITHOUT_SOUND}"
    )
