"""Decoding of audio files. The format is detected from the first bytes, not from the name, which may say anything."""

import io
import math
import os
import re
import shutil
import struct
import subprocess
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from coach.errors import ExternalError
from coach.sounds.clip import Clip, Samples, resample
from coach.units import seconds_to_text

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


def find_ffmpeg() -> str:
    """Find the path of the ffmpeg program; the environment variable ``IMAGEIO_FFMPEG_EXE`` names another one.

    Raises:
        ExternalError: there is none for this kind of machine.
    """
    try:
        from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415 - only unusual formats need it
    except ImportError:
        found = os.environ.get("IMAGEIO_FFMPEG_EXE") or shutil.which("ffmpeg")
        if found is None:
            raise
        return found
    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise ExternalError(
            "this audio format needs ffmpeg, which was not found",
            help="install ffmpeg, or set IMAGEIO_FFMPEG_EXE to its path; WAV, FLAC, Ogg and MP3 do not need it",
        ) from error


LARGEST_BYTES = 200_000_000
_MOST_CHANNELS = 8
_RATES_HZ = range(4_000, 400_000)
_FFMPEG_S = 60
_USUAL_RATE_HZ = 48_000
_USUAL_SAMPLES_PER_S = 2 * _USUAL_RATE_HZ
_MOST_SAMPLES_PER_S = 2 * 192_000  # for a sound of the greatest length; a shorter one may have more
_MOST_HELD_SAMPLES = 64_000_000
_MOST_DIGITS = 9
_CONVERT = "convert it to WAV, FLAC or MP3 and name that file instead"


def decode(path: Path, rate_hz: int, *, longest_s: float) -> Clip:
    """Read a sound file: WAV, FLAC, Ogg (Vorbis, Opus), MP3, AIFF, M4A, AAC, WebM, CAF or AMR, by content, not by name.

    Args:
        path: the file.
        rate_hz: the sample rate wanted; other rates are resampled.
        longest_s: the longest sound accepted, in seconds.

    Returns:
        Mono or stereo, as in the file; more channels are mixed to mono.

    Raises:
        ExternalError: the file is missing, of an unknown format, damaged, empty, too large or too long.
    """
    found = check_format(path)
    read = _read_by_soundfile if found.demuxer is None else _read_by_pydub
    return Clip(samples=_convert(path, read(path, found, longest_s), rate_hz, longest_s), rate_hz=rate_hz)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A second of a file or less: samples as float32, of shape (frames, channels), at the file's own rate."""

    samples: Samples
    rate_hz: int


def _convert(path: Path, blocks: Iterator[_Block], rate_hz: int, longest_s: float) -> Samples:
    """Mix more than two channels to mono, and resample, block by block: the memory needed is that of the result."""
    frames = 0
    resample: Resampler | None = None
    done: deque[Samples] = deque()
    for block in blocks:
        frames += block.samples.shape[0]
        _check_block(path, block, frames, longest_s)
        samples = block.samples
        if samples.shape[1] > 2:  # noqa: PLR2004 - left and right
            samples = samples.mean(axis=1, keepdims=True)
        if resample is None:
            resample = _make_resampler(block.rate_hz, rate_hz, samples.shape[1])
        done.append(resample(samples))
    if resample is None:
        raise ExternalError(f"{path}: there is no sound in this file", help="record or export it again")
    done.append(resample(None))
    return _join(done)


def _join(blocks: deque[Samples]) -> Samples:
    """Concatenate blocks, and release each once it is copied."""
    joined = np.empty((sum(block.shape[0] for block in blocks), blocks[0].shape[1]), np.float32)
    end = 0
    while blocks:
        block = blocks.popleft()
        joined[end : end + block.shape[0]] = block
        end += block.shape[0]
    return joined


Resampler = Callable[[Samples | None], Samples]


def _make_resampler(found_hz: int, rate_hz: int, channels: int) -> Resampler:
    """Make a function that resamples the next block; None asks for what is left at the end."""
    nothing = np.empty((0, channels), np.float32)
    if found_hz == rate_hz:
        return lambda samples: nothing if samples is None else samples
    try:
        import soxr  # noqa: PLC0415 - only sounds of another rate need it
    except ImportError:  # as in coach.sounds.clip.resample
        return _make_collecting_resampler(found_hz, rate_hz, nothing)
    stream = soxr.ResampleStream(found_hz, rate_hz, channels, dtype="float32")
    return lambda samples: stream.resample_chunk(nothing if samples is None else samples, last=samples is None)


def _make_collecting_resampler(found_hz: int, rate_hz: int, nothing: Samples) -> Resampler:
    """Make a function that resamples all blocks together at the end."""
    done: list[Samples] = [nothing]

    def collect(samples: Samples | None) -> Samples:
        if samples is None:
            return resample(np.concatenate(done), found_hz, rate_hz)
        done.append(samples)
        return nothing

    return collect


def check_format(path: Path) -> AudioFormat:
    """Detect the format of a regular file that is not too large."""
    try:
        if not path.is_file():
            raise ExternalError(
                f"{path}: no such sound file", help="check the path; it is relative to the folder of the session"
            )
        if path.stat().st_size > LARGEST_BYTES:
            raise ExternalError(
                f"{path}: the sound file is larger than {LARGEST_BYTES // 1_000_000} MB",
                help="shorten it, or convert it to MP3",
            )
        found = detect_format(path)
    except OSError as error:
        raise ExternalError(f"{path}: {error.strerror}", help="check the file and its permissions") from error
    if found is None:
        raise ExternalError(
            f"{path}: not a sound file in a supported format",
            help=f"use one of these formats: {', '.join(known.name for known in FORMATS)}",
        )
    return found


class _SeekableFile(io.BufferedReader):
    """A file in which a damaged header may point anywhere: libsndfile cannot receive an exception."""

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place, or to the end where there is no such place."""
        try:
            return super().seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            return super().seek(0, os.SEEK_END)


def _read_by_soundfile(path: Path, found: AudioFormat, longest_s: float) -> Iterator[_Block]:
    import soundfile  # noqa: PLC0415 - only sessions with an author's own sounds need it

    try:
        with _SeekableFile(io.FileIO(path)) as opened, soundfile.SoundFile(opened) as file:
            _check_layout(path, file.channels, file.samplerate)
            frames = min(file.frames, math.ceil(longest_s * file.samplerate))
            if frames * file.channels > longest_s * _MOST_SAMPLES_PER_S:
                raise _make_size_error(path, file.channels, file.samplerate)
            while len(samples := file.read(file.samplerate, np.float32, always_2d=True)):
                yield _Block(samples=samples, rate_hz=file.samplerate)
    except soundfile.LibsndfileError as error:
        raise ExternalError(
            f"{path}: this {found.name} file cannot be read: {error.error_string}", help=_CONVERT
        ) from error


def _read_by_pydub(path: Path, found: AudioFormat, longest_s: float) -> Iterator[_Block]:
    """Decode by ffmpeg. An absolute path can be mistaken neither for an option nor for a protocol.

    pydub holds the whole sound several times, so less is decoded of many channels or of a high rate.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydub warns, when imported, that it sees no ffmpeg on the PATH
        from pydub import AudioSegment  # noqa: PLC0415 - only unusual formats need it
        from pydub.exceptions import CouldntDecodeError  # noqa: PLC0415 - the same

    AudioSegment.converter = find_ffmpeg()
    stream = _probe_stream(path, found)
    _check_layout(path, stream.channels, stream.rate_hz)
    wanted_s = math.ceil(longest_s) + 1
    most_samples = max(_MOST_HELD_SAMPLES, wanted_s * _USUAL_SAMPLES_PER_S)
    most_s = min(wanted_s, max(1, most_samples // (stream.channels * stream.rate_hz)))
    try:
        segment = AudioSegment.from_file(
            str(path.absolute()),
            format=found.demuxer,
            codec=stream.codec,  # with it, pydub does not need ffprobe
            duration=most_s,
            parameters=["-nostdin", "-timelimit", str(_FFMPEG_S)],
        )
    except (CouldntDecodeError, OSError, ValueError, struct.error) as error:
        raise ExternalError(f"{path}: ffmpeg cannot decode this {found.name} file", help=_CONVERT) from error
    _check_layout(path, segment.channels, segment.frame_rate)
    if most_s < wanted_s and segment.frame_count() >= (most_s - 1) * segment.frame_rate:
        raise _make_size_error(path, segment.channels, segment.frame_rate)
    whole = np.frombuffer(segment.raw_data, np.int16).reshape(-1, segment.channels)
    for start in range(0, whole.shape[0], segment.frame_rate):
        block = whole[start : start + segment.frame_rate].astype(np.float32) / np.float32(1 << 15)
        yield _Block(samples=block, rate_hz=segment.frame_rate)


@dataclass(frozen=True, kw_only=True, slots=True)
class _AudioStream:
    """The first audio stream of a file: its codec as ffmpeg calls it, and its layout."""

    codec: str
    rate_hz: int
    channels: int


_STREAM = re.compile(r"^\s*Stream #.*: Audio: (\w+)(?:.*?, (\d+) Hz, ([^,\n]+))?", re.MULTILINE)

_CHANNELS = {"mono": 1, "stereo": 2, "downmix": 2, "quad": 4}


def _probe_stream(path: Path, found: AudioFormat) -> _AudioStream:
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-protocol_whitelist", "file", "-f", str(found.demuxer)]
    command += ["-i", f"file:{path.absolute()}"]
    try:
        result = subprocess.run(  # noqa: S603 - the path is one whole argument, and ffmpeg reads it as a file name
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_FFMPEG_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExternalError(f"{path}: ffmpeg cannot inspect this {found.name} file", help=_CONVERT) from error
    stream = _STREAM.search(result.stderr.decode(errors="replace"))
    if not stream:
        raise ExternalError(f"{path}: there is no sound in this {found.name} file", help=_CONVERT)
    codec, rate_hz, layout = stream.groups()
    return _AudioStream(
        codec=codec,
        rate_hz=int(rate_hz) if rate_hz and len(rate_hz) < _MOST_DIGITS else _USUAL_RATE_HZ,
        channels=_count_channels(layout or "stereo"),
    )


def _count_channels(layout: str) -> int:
    """Count the channels of a layout as ffmpeg names it: ``mono``, ``5.1(side)``, ``7 channels``."""
    name = layout.strip()
    if name in _CHANNELS:
        return _CHANNELS[name]
    if surround := re.match(r"(\d)\.(\d)(?:\.(\d))?", name):
        return sum(int(digit or 0) for digit in surround.groups())
    counted = re.match(r"(\d{1,3}) channels", name)
    return int(counted[1]) if counted else _MOST_CHANNELS


def _check_layout(path: Path, channels: int, found_hz: int) -> None:
    """Refuse layouts that would need absurd amounts of memory."""
    if channels > _MOST_CHANNELS or found_hz not in _RATES_HZ:
        raise ExternalError(f"{path}: {channels} channels at {found_hz} Hz are not supported", help=_CONVERT)


def _make_size_error(path: Path, channels: int, found_hz: int) -> ExternalError:
    return ExternalError(
        f"{path}: {channels} channels at {found_hz} Hz are too much for a sound this long",
        help="convert it to stereo at 48 kHz",
    )


def _check_block(path: Path, block: _Block, frames: int, longest_s: float) -> None:
    """Refuse a sound that is too long or not finite."""
    if frames > longest_s * block.rate_hz:
        raise ExternalError(
            f"{path}: the sound is longer than {seconds_to_text(longest_s)}",
            help=f"cut it to at most {seconds_to_text(longest_s)}",
        )
    if not np.isfinite(block.samples).all():
        raise ExternalError(f"{path}: the sound file is damaged: it contains values that are not finite", help=_CONVERT)
