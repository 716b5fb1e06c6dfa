"""Work done ahead in a thread of its own."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from coach.encoders.encoder import EncoderSettings
from coach.encoders.id3 import id3_tag
from coach.encoders.lame_tag import FrameIndex, info_frame, info_frame_bytes
from coach.encoders.tags import Tags
from coach.sounds.clip import Samples
from coach.sounds.pcm import BYTES_PER_FRAME, to_pcm16

_Item = TypeVar("_Item")

_Result = TypeVar("_Result")

_DEPTH = 4


def map_in_background(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """``map(work, items)``, with the work done in one other thread while this one makes the next items.

    At most a handful of items wait, so memory stays flat. An error from either side reaches the caller, and the
    thread has ended by then.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:
        waiting: deque[Future[_Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > _DEPTH:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()


_VBR_MTRH = 4

_BLOCKS_AT_ONCE = 5

_CBR_QUALITY = 3  # LAME's own choice where none is made


def write_mp3(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write an MP3 that plays exactly as long as its samples, with chapters, words and cover."""
    with target.open("wb") as file:
        file.write(id3_tag(tags))
        start = file.tell()
        file.write(bytes(info_frame_bytes(settings)))
        index, length_frames = _write_music(file, blocks, settings)
        file.seek(start)
        file.write(info_frame(settings, index, length_frames))


def _write_music(file: BinaryIO, blocks: Iterable[Samples], settings: EncoderSettings) -> tuple[FrameIndex, int]:
    """Encode in one thread while the caller's mixing goes on in this one; LAME needs most of the time."""
    encoder = _encoder(settings)
    index, length_bytes = FrameIndex(), 0
    for pcm_bytes, piece in map_in_background(
        lambda pcm: (len(pcm), encoder.encode(pcm)), _in_pieces(to_pcm16(blocks))
    ):
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


def _encoder(settings: EncoderSettings) -> Any:  # noqa: ANN401 - lameenc has no types
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
