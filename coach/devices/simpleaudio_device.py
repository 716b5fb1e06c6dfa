"""simpleaudio: a second way to the speakers, for one finished sound at a time.

It plays a complete buffer and cannot pull, so it cannot play live: buffers started one by one from a clock come late
or not at all.
"""

import importlib
import shlex
import sys
import time
from typing import Any

from coach.devices import device
from coach.devices.device import CHANNELS
from coach.errors import ExternalError
from coach.sounds import clip
from coach.sounds.clip import Samples
from coach.translation import _, mark_message

CRASHES_FROM = (3, 12)
_POLL_S = 0.05
_INSTEAD = mark_message("or leave out --output simpleaudio to play it as usual")


def play_finished(samples: Samples, rate_hz: int) -> None:
    """Play samples, float32 of shape (frames, 2), to their end, in 16 bits. Ctrl-C stops it at once.

    Raises:
        ExternalError: simpleaudio is not installed, does not work with this Python, or finds no device.
    """
    simpleaudio = _import_simpleaudio()
    if not len(samples):
        return
    pcm = b"".join(clip.blocks_to_pcm16([samples]))
    device.silence_alsa_messages()
    try:
        playing = simpleaudio.play_buffer(pcm, CHANNELS, clip.BYTES_PER_FRAME // CHANNELS, rate_hz)
    except simpleaudio._simpleaudio.SimpleaudioError as error:  # noqa: SLF001 - it is exported under no other name
        raise ExternalError(
            _("simpleaudio found no device to play on"),
            help=_("check that the speakers are on and free, {instead}", instead=_(_INSTEAD)),
        ) from error
    try:
        while playing.is_playing():
            time.sleep(_POLL_S)
    finally:
        playing.stop()


def _import_simpleaudio() -> Any:  # noqa: ANN401 - a module without types
    if sys.version_info >= CRASHES_FROM:
        version = ".".join(map(str, sys.version_info[:2]))
        raise ExternalError(
            _("simpleaudio crashes on Python 3.12 and later, and this is {version}", version=version),
            help=_("use Python 3.11, {instead}", instead=_(_INSTEAD)),
        )
    try:
        return importlib.import_module("simpleaudio")
    except ImportError as error:
        raise ExternalError(
            _("simpleaudio is not installed"),
            help=_(
                "pip --python {python} install simpleaudio (it is built from source: that takes gcc, and "
                "on Debian or Ubuntu libasound2-dev and python3-dev), {instead}",
                python=shlex.quote(sys.executable),
                instead=_(_INSTEAD),
            ),
        ) from error
