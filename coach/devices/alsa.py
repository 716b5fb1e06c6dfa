"""Manners of ALSA, Linux' own sound system, that show where nothing better runs on top of it."""

import ctypes
import sys
from typing import Any

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
