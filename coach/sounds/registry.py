"""Names of the built-in sounds, as a session writes them, and the formats of authors' sound files.

How a sound is made is in the ``MAKERS`` of its kind, how a file is decoded in ``decode.py``. This module imports none
of that, so that checking a session does not pay for numpy.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_TICKS = {
    "wood": "A wood block, dry and clear.",
    "click": "Short and bright; heard through wind and traffic.",
    "drum": "Low and soft, more felt than heard.",
    "step": "A foot on fine gravel.",
}

_BELLS = {
    "bowl": "A singing bowl, warm; it rings for six seconds.",
    "chime": "A small chime, bright; it rings for four seconds.",
    "gong": "A gong, deep and slow; it rings for eight seconds.",
}

_BREATHS = {
    "air": "Breath, close by.",
    "wave": "A wave that comes in and goes out, deeper than breath.",
}

_BEDS = {
    "wind": "Wind over open ground, in gusts of many seconds.",
    "rain": "Steady rain, neither a hiss nor a downpour.",
    "forest": "Leaves that stir and settle, with birds at a distance.",
    "sea": "Slow waves, no two alike.",
}

TICKS = tuple(_TICKS)
BELLS = tuple(_BELLS)
BREATHS = tuple(_BREATHS)
BEDS = tuple(_BEDS)
ABOUT = _TICKS | _BELLS | _BREATHS | _BEDS

# How long each bell is heard, which planning needs to know without making its sound.
BELL_LENGTHS_S = {"bowl": 6.0, "chime": 4.0, "gong": 8.0}

_HEAD_BYTES = 64
_ID3_HEADER_BYTES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class AudioFormat:
    """An audio file format. ``demuxer`` is ffmpeg's name for it, or None where libsndfile reads it."""

    name: str
    demuxer: str | None
    matches: Callable[[bytes], bool]


def _match_form(outer: tuple[bytes, ...], inner: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    return lambda head: head[:4] in outer and head[8:12] in inner


def _match_frame_sync(*, layered: bool) -> Callable[[bytes], bool]:
    """Match eleven set bits, then the MPEG layer, which is never zero in MP3 and always zero in AAC."""
    return lambda head: head[:1] == b"\xff" and head[1:2] >= b"\xe0" and bool(head[1] & 0x06) is layered


FORMATS = (
    AudioFormat(name="WAV", demuxer=None, matches=_match_form((b"RIFF", b"RF64"), (b"WAVE",))),
    AudioFormat(name="FLAC", demuxer=None, matches=lambda head: head.startswith(b"fLaC")),
    AudioFormat(name="Ogg", demuxer=None, matches=lambda head: head.startswith(b"OggS")),
    AudioFormat(name="AIFF", demuxer=None, matches=_match_form((b"FORM",), (b"AIFF", b"AIFC"))),
    AudioFormat(name="MP3", demuxer=None, matches=_match_frame_sync(layered=True)),
    AudioFormat(name="AAC", demuxer="aac", matches=_match_frame_sync(layered=False)),
    AudioFormat(name="MP4", demuxer="mp4", matches=lambda head: head[4:8] == b"ftyp"),
    AudioFormat(name="WebM", demuxer="matroska", matches=lambda head: head.startswith(b"\x1aE\xdf\xa3")),
    AudioFormat(name="CAF", demuxer="caf", matches=lambda head: head.startswith(b"caff")),
    AudioFormat(name="AMR", demuxer="amr", matches=lambda head: head.startswith(b"#!AMR")),
)


def detect_format(path: Path) -> AudioFormat | None:
    """Detect the format of a file; None if it is unknown.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = _read_head(file)
    return next((known for known in FORMATS if known.matches(head)), None)


def _read_head(file: BinaryIO) -> bytes:
    """Read the first bytes after any ID3 tag, whose length is written in seven bits to the byte."""
    head = file.read(_HEAD_BYTES)
    if not head.startswith(b"ID3") or len(head) < _ID3_HEADER_BYTES:
        return head
    length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(_ID3_HEADER_BYTES + length)
    return file.read(_HEAD_BYTES).lstrip(b"\0")


Patch = tuple[int, bytes]
"""Bytes that belong at an offset of a file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredLength:
    """Whether a file is as long as its header says, and what its header should say where it says it wrong."""

    is_whole: bool
    patch: Patch = (0, b"")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chunks:
    """A file of chunks: where the first begins, a chunk's header, which chunk is the sound, and a chunk's alignment."""

    start: int
    header: struct.Struct
    sound: bytes
    alignment: int = 2


_CHUNKS = {
    b"RIFF": _Chunks(start=12, header=struct.Struct("<4sI"), sound=b"data"),
    b"RF64": _Chunks(start=12, header=struct.Struct("<4sI"), sound=b"data"),
    b"FORM": _Chunks(start=12, header=struct.Struct(">4sI"), sound=b"SSND"),
    b"caff": _Chunks(start=8, header=struct.Struct(">4sQ"), sound=b"data", alignment=1),
}
_UNKNOWN_BYTES = 0x7FFF_F000  # from here on, and 0: what programs write that cannot return to the header
_MOST_CHUNKS = 10_000
_XING_BYTES = 200


def read_declared_length(path: Path) -> DeclaredLength:
    """Compare a file with the length of the sound that it declares; one that declares none counts as whole.

    Raises:
        OSError: the file cannot be read.
    """
    size_bytes = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if chunks := _CHUNKS.get(head[:4]):
            return _compare_chunks(file, chunks, size_bytes, int.from_bytes(head[4:8], "little"))
        if head[4:8] == b"ftyp":
            return DeclaredLength(is_whole=_has_whole_boxes(file, size_bytes))
        return _compare_xing(file, size_bytes)


def _compare_chunks(file: BinaryIO, chunks: _Chunks, size_bytes: int, riff_bytes: int) -> DeclaredLength:
    """Find the chunk that is the sound; in an RF64 file, another chunk says how long it is."""
    at, long_bytes = chunks.start, 0
    for _ in range(_MOST_CHUNKS):
        file.seek(min(at, size_bytes))  # a length may be larger than any file
        head = file.read(24)
        if len(head) < chunks.header.size:
            break
        name, length = chunks.header.unpack_from(head)
        at += chunks.header.size
        if name == chunks.sound:
            rest = size_bytes - at
            if length == 0 and chunks.header.format == "<4sI" and not at <= riff_bytes + 8 == size_bytes:
                return DeclaredLength(is_whole=True, patch=(at - 4, rest.to_bytes(4, "little")))
            length = long_bytes or length
            return DeclaredLength(is_whole=length <= rest or length >= _UNKNOWN_BYTES)
        if name == b"ds64":
            long_bytes = int.from_bytes(head[16:], "little")
        at += length + -length % chunks.alignment
    return DeclaredLength(is_whole=False)


def _has_whole_boxes(file: BinaryIO, size_bytes: int) -> bool:
    """Return whether the boxes of an MP4 file, ISO 14496-12, end where it ends; the last may have no length."""
    at = 0
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4])
        if length == 0:
            break
        at += int.from_bytes(head[8:]) if length == 1 else length
        if at >= size_bytes:
            return at == size_bytes
    return True


def _compare_xing(file: BinaryIO, size_bytes: int) -> DeclaredLength:
    """Compare the length in the first frame of an MP3, which may count tags behind it, too.

    mpg123, with which libsndfile decodes, writes a warning to the terminal where it is another by one in a hundred.
    """
    file.seek(0)
    head = _read_head(file)
    start = file.tell() - len(head)
    file.seek(start)
    head = file.read(_XING_BYTES)
    at = max(head.find(b"Xing"), head.find(b"Info"))
    flags = int.from_bytes(head[at + 4 : at + 8])
    field = at + 8 + 4 * (flags & 1)
    if at < 0 or not flags & 2 or not _match_frame_sync(layered=True)(head):
        return DeclaredLength(is_whole=size_bytes > 0)
    rest = size_bytes - start
    declared = int.from_bytes(head[field : field + 4])
    return DeclaredLength(is_whole=rest >= declared * 0.99, patch=(start + field, rest.to_bytes(4)))
