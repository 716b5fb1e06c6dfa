"""A sound file that some engine says it has written, before it is believed."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


# Faster than anyone speaks, and slower: at 300 words a minute a letter takes some 0.04 s.
_LEAST_LETTER_S = 0.015

_MOST_S, _MOST_LETTER_S = 60.0, 1.0

_TIMEOUT_S = 10.0

_POLL_S = 0.01

_HEAD_BYTES = 12

_SIZES = {b"RIFF": "little", b"FORM": "big"}


class IncompleteSpeechError(Exception):
    """What an engine has left is not what it was asked to say. It may be asked again."""


def read_engine_output(path: Path, text: str) -> "Clip":
    """What an engine said into a file: of the kind that its bytes say, whole, and about as long as the words take.

    Args:
        path: The file; its ending may say anything. Some engines are still writing it, so it is waited for a little.
        text: What was to be said.

    Raises:
        Unspoken: There is no file, it is no sound, or it is cut short, silent, too short or too long.
    """
    from coach.errors import ExternalError  # noqa: PLC0415 - beside what it is for
    from coach.sounds.decode import decode  # noqa: PLC0415 - numpy, only where there is speech
    from coach.voices.clip_normalizer import RATE_HZ  # noqa: PLC0415 - the same

    _wait_until_whole(path)
    letters = sum(character.isascii() and character.isalnum() for character in text)
    try:
        clip = decode(path, RATE_HZ, longest_s=_MOST_S + _MOST_LETTER_S * len(text))
    except ExternalError as error:
        raise IncompleteSpeechError(error.message) from error
    if clip.length_s < _LEAST_LETTER_S * letters:
        raise IncompleteSpeechError(f"{letters} letters were said in {clip.length_s:.2f} s")
    if letters and not clip.samples.any():
        raise IncompleteSpeechError("there is only silence in the file")
    return clip


def _wait_until_whole(path: Path) -> None:
    end_s = time.monotonic() + _TIMEOUT_S
    while not _is_whole(path):
        if time.monotonic() > end_s:
            raise IncompleteSpeechError(f"{'half a' if path.exists() else 'no'} sound file was written")
        time.sleep(_POLL_S)


def _is_whole(path: Path) -> bool:
    """Whether a file is as long as it says; those that do not say so are taken for whole."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        size = path.stat().st_size
    except OSError:
        return False
    order = _SIZES.get(head[:4])
    if order is None:
        return size > 0
    return size >= int.from_bytes(head[4:8], "little" if order == "little" else "big") + 8
