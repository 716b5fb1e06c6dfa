"""What kind of audio a file really holds, by its first bytes: a name can say anything."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD_BYTES = 64
_ID3_HEADER_BYTES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A kind of audio file. ``demuxer`` is ffmpeg's name for it, or None where libsndfile reads it."""

    name: str
    demuxer: str | None
    begins: Callable[[bytes], bool]


def _form(outer: tuple[bytes, ...], inner: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    return lambda head: head[:4] in outer and head[8:12] in inner


def _frame_sync(*, layered: bool) -> Callable[[bytes], bool]:
    """Eleven set bits, then the MPEG layer, which is never zero in MP3 and always zero in AAC."""
    return lambda head: head[:1] == b"\xff" and head[1:2] >= b"\xe0" and bool(head[1] & 0x06) is layered


FORMATS = (
    Format(name="WAV", demuxer=None, begins=_form((b"RIFF", b"RF64"), (b"WAVE",))),
    Format(name="FLAC", demuxer=None, begins=lambda head: head.startswith(b"fLaC")),
    Format(name="Ogg", demuxer=None, begins=lambda head: head.startswith(b"OggS")),
    Format(name="AIFF", demuxer=None, begins=_form((b"FORM",), (b"AIFF", b"AIFC"))),
    Format(name="MP3", demuxer=None, begins=_frame_sync(layered=True)),
    Format(name="AAC", demuxer="aac", begins=_frame_sync(layered=False)),
    Format(name="MP4", demuxer="mp4", begins=lambda head: head[4:8] == b"ftyp"),
    Format(name="WebM", demuxer="matroska", begins=lambda head: head.startswith(b"\x1aE\xdf\xa3")),
    Format(name="CAF", demuxer="caf", begins=lambda head: head.startswith(b"caff")),
    Format(name="AMR", demuxer="amr", begins=lambda head: head.startswith(b"#!AMR")),
)


def format_of(path: Path) -> Format | None:
    """The kind of audio in a file, or None if it is none we know.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = _head(file)
    return next((known for known in FORMATS if known.begins(head)), None)


def _head(file: BinaryIO) -> bytes:
    """The first bytes, after any ID3 tag; its length is written in seven bits to the byte."""
    head = file.read(_HEAD_BYTES)
    if not head.startswith(b"ID3") or len(head) < _ID3_HEADER_BYTES:
        return head
    length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(_ID3_HEADER_BYTES + length)
    return file.read(_HEAD_BYTES).lstrip(b"\0")
