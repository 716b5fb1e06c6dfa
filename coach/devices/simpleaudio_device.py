"""simpleaudio: a second way to the speakers, for one finished sound at a time.

It plays what it was given when it began and cannot be fed, so a run as it happens is not its matter: buffers started
one by one from a clock come late or not at all.
"""

import importlib
import shlex
import sys
import time
from typing import Any

from coach.devices import miniaudio_device
from coach.devices.device import CHANNELS
from coach.errors import ExternalError
from coach.sounds import clip
from coach.sounds.clip import Samples

CRASHES_FROM = (3, 12)
_LOOK_AGAIN_S = 0.05
_INSTEAD = "or leave out --output simpleaudio, to hear it as usual"


def play_finished(samples: Samples, rate_hz: int) -> None:
    """Play a sound to its end, in 16 bits. Ctrl-C ends it at once.

    Args:
        samples: Float32 of shape (frames, 2), full scale at 1.0.
        rate_hz: How fast they play.

    Raises:
        ExternalError: simpleaudio is not there, cannot work with this Python, or no device plays.
    """
    player = _simpleaudio()
    if not len(samples):
        return
    sound = b"".join(clip.blocks_to_pcm16([samples]))
    miniaudio_device.silence_alsa_messages()
    try:
        playing = player.play_buffer(sound, CHANNELS, clip.BYTES_PER_FRAME // CHANNELS, rate_hz)
    except player._simpleaudio.SimpleaudioError as error:  # noqa: SLF001 - it has no other name
        raise ExternalError(
            "simpleaudio finds nothing to play on", help=f"look whether the speakers are on and free, {_INSTEAD}"
        ) from error
    try:
        while playing.is_playing():
            time.sleep(_LOOK_AGAIN_S)
    finally:
        playing.stop()


def _simpleaudio() -> Any:  # noqa: ANN401 - a module without types
    if sys.version_info >= CRASHES_FROM:
        version = ".".join(map(str, sys.version_info[:2]))
        raise ExternalError(
            f"simpleaudio crashes on Python 3.12 and later, and this is {version}", help=f"use Python 3.11, {_INSTEAD}"
        )
    try:
        return importlib.import_module("simpleaudio")
    except ImportError as error:
        raise ExternalError(
            "simpleaudio is not installed",
            help=f"pip --python {shlex.quote(sys.executable)} install simpleaudio (it is built from source: that takes "
            f"gcc, and on Debian or Ubuntu libasound2-dev and python3-dev), {_INSTEAD}",
        ) from error
