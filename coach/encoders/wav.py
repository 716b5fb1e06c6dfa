"""WAV: uncompressed 16-bit samples, for audio editors."""

import os
import struct
import wave
from collections.abc import Iterable
from pathlib import Path

from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import Tags, make_id3_tag
from coach.errors import ExternalError
from coach.sounds.clip import Samples, blocks_to_pcm16
from coach.translation import _

_MOST_BYTES = 0xFFFFFFFF - (1 << 24)  # the format counts in 32 bits; the rest is for the tag


def write_wav(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write a WAV with an ID3 tag in a chunk of its own.

    Raises:
        ExternalError: The session is longer than a WAV can be: 6 hours at 48 kHz.
    """
    with wave.open(str(target), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(settings.rate_hz)
        length_bytes = 0
        for pcm in blocks_to_pcm16(blocks):
            length_bytes += len(pcm)
            if length_bytes > _MOST_BYTES:
                raise ExternalError(
                    _("a .wav file cannot hold more than 4 GB"), help=_("write a .flac or .mp3 file instead")
                )
            file.writeframesraw(pcm)
    _add_tag(target, tags)


def _add_tag(target: Path, tags: Tags) -> None:
    """Append an ID3 chunk, and correct the length of the whole, which is counted from byte 8."""
    tag = make_id3_tag(tags)
    chunk = b"id3 " + struct.pack("<I", len(tag)) + tag + bytes(len(tag) % 2)
    with target.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.write(chunk)
        file.seek(4)
        file.write(struct.pack("<I", end + len(chunk) - 8))
