"""MP3 by LAME, with the Info frame that lameenc does not write: exact length, seek points, gapless playback."""

import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import Tags, make_id3_tag
from coach.sounds.clip import BYTES_PER_FRAME, Samples, blocks_to_pcm16
from coach.storage.file_input import open_regular

_States = NDArray[np.uint16]

_CHUNK_BYTES = 1 << 16


def compute_crc16(data: bytes, crc: int = 0) -> int:
    """Compute a CRC-16/ARC, continued from ``crc`` over more bytes.

    A CRC from zero is linear over XOR, so the CRCs of two equal halves combine to that of the whole. All pairs are
    combined at once, then pairs of pairs: 30 MB take 0.3 s, where a loop over bytes takes many seconds.
    """
    for start in range(0, len(data), _CHUNK_BYTES):
        crc = _compute_chunk_crc16(data[start : start + _CHUNK_BYTES], crc)
    return crc


def _compute_chunk_crc16(chunk: bytes, crc: int) -> int:
    # The running sum acts on the first two bytes as if it were XORed into them; zeros ahead of it change nothing.
    size = max(2, 1 << (len(chunk) - 1).bit_length())
    if len(chunk) < 2:  # noqa: PLR2004 - a single byte cannot take the whole sum in
        low = (crc ^ chunk[0]) & 0xFF
        return int(_append_zeros(0)[low]) ^ crc >> 8
    states: _States = np.zeros(size, np.uint16)
    first = size - len(chunk)
    states[first:] = np.frombuffer(chunk, np.uint8)
    states[first] ^= crc & 0xFF
    states[first + 1] ^= crc >> 8
    states = _append_zeros(0)[states]
    for doubling in range(size.bit_length() - 1):
        states = _append_zeros(doubling)[states[0::2]] ^ states[1::2]
    return int(states[0])


@cache
def _append_zeros(doubling: int) -> _States:
    """Compute what every CRC becomes after 2 to the power ``doubling`` zero bytes."""
    if doubling:
        half = _append_zeros(doubling - 1)
        return half[half]
    states: _States = np.arange(1 << 16, dtype=np.uint16)
    for _ in range(8):
        states = (states >> np.uint16(1)) ^ (states & np.uint16(1)) * np.uint16(0xA001)
    return states


SAMPLES_PER_FRAME = 1152
HEADER_BYTES = 4
_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_HZ = (44_100, 48_000, 32_000)
_SYNC = b"\xff\xfb"
_JOINT_STEREO = 0b01_00_0_1_00
_MOST_POINTS = 1024


@cache
def parse_frame_size_bytes(header: bytes) -> int:
    """Parse the length of the frame that begins with these four bytes, header included.

    Raises:
        ValueError: This is no header of an MPEG-1 Layer III frame without checksum.
    """
    kbps_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if header[:2] != _SYNC or not 0 < kbps_index < len(_KBPS) or rate_index >= len(_RATES_HZ):
        raise ValueError(f"not a frame of MPEG-1 Layer III: {header.hex()}")
    return SAMPLES_PER_FRAME // 8 * 1000 * _KBPS[kbps_index] // _RATES_HZ[rate_index] + padding


def make_frame_header(kbps: int, rate_hz: int) -> bytes:
    """Make the four bytes that begin a joint stereo frame without padding."""
    return _SYNC + bytes([_KBPS.index(kbps) << 4 | _RATES_HZ.index(rate_hz) << 2, _JOINT_STEREO])


class FrameIndex:
    """Counts frames and bytes of a stream of whole frames, however it is cut into pieces, and its CRC-16/ARC."""

    def __init__(self) -> None:
        self.frames = 0
        self.bytes = 0
        self.crc = 0
        self._next_frame = 0
        self._cut_header = b""
        self._points: list[int] = []
        self._frames_per_point = 1

    def append(self, data: bytes) -> None:
        """Index the next piece of the stream.

        Raises:
            ValueError: A frame does not begin where the one before it ends.
        """
        self.crc = compute_crc16(data, self.crc)
        start = self.bytes - len(self._cut_header)
        data = self._cut_header + data
        self.bytes = end = start + len(data)
        while self._next_frame + HEADER_BYTES <= end:
            at = self._next_frame - start
            size = parse_frame_size_bytes(data[at : at + HEADER_BYTES])
            self._add_frame(self._next_frame)
            self._next_frame += size
        self._cut_header = data[max(0, self._next_frame - start) :]

    def find_offset_bytes(self, frame: int) -> int:
        """Find where a frame begins, or one shortly before it: at most a 500th of the stream earlier."""
        return self._points[frame // self._frames_per_point]

    def _add_frame(self, offset: int) -> None:
        if self.frames % self._frames_per_point == 0:
            self._points.append(offset)
        self.frames += 1
        if len(self._points) == _MOST_POINTS:
            self._points = self._points[::2]
            self._frames_per_point *= 2


ENCODER_DELAY_FRAMES = 576
_VBR_KBPS = 128
_LEAST_KBPS = 64  # smaller frames cannot hold the info tag
_SIDE_INFORMATION_BYTES = 32
_HAS_FRAMES_BYTES_SEEK_POINTS_QUALITY = 0b1111
_SEEK_POINTS = 100
_ENCODER = b"LAME3.100"
_LAME_PART = "9sBB4sHHBB3sBBH"
_CBR, _VBR_MTRH = 1, 4
_LAME_VBR_LEAST_KBPS = 32
_LAME_JOINT_STEREO = 3 << 2
_SOURCE_RATES_HZ = {32_000: 0 << 6, 44_100: 1 << 6, 48_000: 2 << 6}


def count_info_frame_bytes(settings: EncoderSettings) -> int:
    """Count the bytes to reserve before the audio."""
    return parse_frame_size_bytes(_make_header(settings))


def make_info_frame(settings: EncoderSettings, index: FrameIndex, length_frames: int) -> bytes:
    """Make the whole frame, for audio that ``index`` has followed to its end; ``length_frames`` frames went in."""
    header = _make_header(settings)
    size = parse_frame_size_bytes(header)
    frame = (
        header
        + bytes(_SIDE_INFORMATION_BYTES)
        + _make_xing_part(settings, index, size)
        + _make_lame_part(settings, index, length_frames)
    )
    return _add_checksums(frame, size + index.bytes, index.crc).ljust(size, b"\0")


def _add_checksums(frame: bytes, total_bytes: int, crc: int) -> bytes:
    frame += struct.pack(">IH", total_bytes, crc)
    return frame + struct.pack(">H", compute_crc16(frame))


def _make_header(settings: EncoderSettings) -> bytes:
    kbps = _VBR_KBPS if settings.vbr_level is not None else max(_LEAST_KBPS, settings.kbps)
    return make_frame_header(kbps, settings.rate_hz)


def _make_xing_part(settings: EncoderSettings, index: FrameIndex, size: int) -> bytes:
    level = settings.vbr_level
    name, quality = (b"Info", 0) if level is None else (b"Xing", 100 - 10 * level)
    counts = struct.pack(">III", _HAS_FRAMES_BYTES_SEEK_POINTS_QUALITY, index.frames, size + index.bytes)
    return name + counts + _make_seek_points(index, size) + struct.pack(">I", quality)


def _make_seek_points(index: FrameIndex, size: int) -> bytes:
    """Make the seek table: where each hundredth of the time begins, in 256ths of the bytes."""
    offsets = (
        size + index.find_offset_bytes(percent * index.frames // _SEEK_POINTS) for percent in range(_SEEK_POINTS)
    )
    return bytes(min(255, 256 * offset // (size + index.bytes)) for offset in offsets)


def _make_lame_part(settings: EncoderSettings, index: FrameIndex, length_frames: int) -> bytes:
    """Make LAME's part, up to the length and checksums. Zero means unknown or none."""
    level = settings.vbr_level
    method, kbps = (_CBR, min(255, settings.kbps)) if level is None else (_VBR_MTRH, _LAME_VBR_LEAST_KBPS)
    preset = settings.kbps if level is None else 500 - 10 * level
    padding_frames = index.frames * SAMPLES_PER_FRAME - ENCODER_DELAY_FRAMES - length_frames
    return struct.pack(
        f">{_LAME_PART}",
        _ENCODER,
        method,
        0,  # lowpass
        bytes(4),  # peak
        0,  # radio gain
        0,  # audiophile gain
        0,  # encoding flags
        kbps,
        (ENCODER_DELAY_FRAMES << 12 | padding_frames).to_bytes(3, "big"),
        _SOURCE_RATES_HZ[settings.rate_hz] | _LAME_JOINT_STEREO,
        0,  # volume change
        preset,
    )


_Piece = TypeVar("_Piece")

_Result = TypeVar("_Result")

_DEPTH = 4


def map_in_background(work: Callable[[_Piece], _Result], items: Iterable[_Piece]) -> Iterator[_Result]:
    """Compute ``map(work, items)`` in one other thread while this one makes the next items.

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


_ENCODER_VBR_MTRH = 4
_BLOCKS_AT_ONCE = 5
_CBR_QUALITY = 3  # LAME's default
_READ_BYTES = 1 << 20
_CHECKED_BYTES = HEADER_BYTES + _SIDE_INFORMATION_BYTES + struct.calcsize(f">4s3I{_SEEK_POINTS}sI{_LAME_PART}")


def write_mp3(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write an MP3 that plays exactly as long as its samples, with chapters, lyrics and cover."""
    with target.open("wb") as file:
        file.write(make_id3_tag(tags))
        start = file.tell()
        file.write(bytes(count_info_frame_bytes(settings)))
        index, length_frames = _write_audio(file, blocks, settings)
        file.seek(start)
        file.write(make_info_frame(settings, index, length_frames))


def is_intact_mp3(target: Path, tags: Tags, settings: EncoderSettings) -> bool:
    """Return whether a file was written by `write_mp3` with these tags, and no byte has changed since.

    The Info frame has the length and the checksum of the audio, and one of its own.
    """
    try:
        with open_regular(target) as file:
            tag = make_id3_tag(tags)
            if file.read(len(tag)) != tag:
                return False
            frame = file.read(count_info_frame_bytes(settings))
            total_bytes, crc = len(frame), 0
            while piece := file.read(_READ_BYTES):
                total_bytes += len(piece)
                crc = compute_crc16(piece, crc)
    except OSError:
        return False
    return frame == _add_checksums(frame[:_CHECKED_BYTES], total_bytes, crc).ljust(len(frame), b"\0")


def _write_audio(file: BinaryIO, blocks: Iterable[Samples], settings: EncoderSettings) -> tuple[FrameIndex, int]:
    """Encode in one thread while the caller's mixing goes on in this one; LAME needs most of the time."""
    encoder = _make_encoder(settings)
    index, length_bytes = FrameIndex(), 0
    for pcm_bytes, piece in map_in_background(
        lambda pcm: (len(pcm), encoder.encode(pcm)), _join_blocks(blocks_to_pcm16(blocks))
    ):
        length_bytes += pcm_bytes
        file.write(piece)
        index.append(piece)
    rest = encoder.flush()
    file.write(rest)
    index.append(rest)
    return index, length_bytes // BYTES_PER_FRAME


def _join_blocks(pcm: Iterable[bytes]) -> Iterator[bytes]:
    """Join a few blocks at a time: a mixer's are small, and passing each to the other thread costs both some time."""
    coming = iter(pcm)
    while piece := b"".join(islice(coming, _BLOCKS_AT_ONCE)):
        yield piece


def _make_encoder(settings: EncoderSettings) -> Any:  # noqa: ANN401 - lameenc has no types
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
        encoder.set_vbr(_ENCODER_VBR_MTRH)
        encoder.set_vbr_quality(settings.vbr_level)
    return encoder
