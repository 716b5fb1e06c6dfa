"""MP3, by LAME: the file that most phones and players read."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from coach.outputs.ahead import ahead
from coach.outputs.frames import FrameIndex
from coach.outputs.id3 import id3_tag
from coach.outputs.info import info_frame, info_frame_bytes
from coach.outputs.output import Settings
from coach.outputs.pcm import BYTES_PER_FRAME, pcm16
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples

_VBR_MTRH = 4
_BLOCKS_AT_ONCE = 5
_CBR_QUALITY = 3  # LAME's own choice where none is made


def write(target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings) -> None:
    """Write an MP3 that plays exactly as long as its samples, with chapters, words and cover."""
    with target.open("wb") as file:
        file.write(id3_tag(tags))
        start = file.tell()
        file.write(bytes(info_frame_bytes(settings)))
        index, length_frames = _write_music(file, blocks, settings)
        file.seek(start)
        file.write(info_frame(settings, index, length_frames))


def _write_music(file: BinaryIO, blocks: Iterable[Samples], settings: Settings) -> tuple[FrameIndex, int]:
    """Encode in one thread while the caller's mixing goes on in this one; LAME needs most of the time."""
    encoder = _encoder(settings)
    index, length_bytes = FrameIndex(), 0
    for pcm_bytes, piece in ahead(lambda pcm: (len(pcm), encoder.encode(pcm)), _in_pieces(pcm16(blocks))):
        length_bytes += pcm_bytes
        file.write(piece)
        index.feed(piece)
    rest = encoder.flush()
    file.write(rest)
    index.feed(rest)
    return index, length_bytes // BYTES_PER_FRAME


def _in_pieces(pcm: Iterable[bytes]) -> Iterator[bytes]:
    """A few blocks at a time: a mixer's are small, and handing each to the other thread takes time of both."""
    coming = iter(pcm)
    while piece := b"".join(islice(coming, _BLOCKS_AT_ONCE)):
        yield piece


def _encoder(settings: Settings) -> Any:  # noqa: ANN401 - lameenc has no types
    import lameenc  # noqa: PLC0415 - loaded only where an MP3 is written

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(2)
    encoder.set_in_sample_rate(settings.rate_hz)
    encoder.set_out_sample_rate(settings.rate_hz)
    if settings.vbr_level is None:
        encoder.set_bit_rate(settings.kbps)
        encoder.set_quality(_CBR_QUALITY)
    else:
        encoder.set_vbr(_VBR_MTRH)
        encoder.set_vbr_quality(settings.vbr_level)
    return encoder
