"""Decoding of audio files. The format is detected from the first bytes, not from the name, which may say anything."""

import math
import re
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from coach.errors import ExternalError
from coach.sounds.clip import Clip, Samples
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
    """Eleven set bits, then the MPEG layer, which is never zero in MP3 and always zero in AAC."""
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
    from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415 - only unusual formats need it

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
    found = _check_format(path)
    if found.demuxer is None:
        samples, found_hz = _read_by_soundfile(path, found, longest_s)
    else:
        samples, found_hz = _read_by_pydub(path, found, found.demuxer, longest_s)
    _check_sound(path, samples, found_hz, longest_s)
    if samples.shape[1] > 2:  # noqa: PLR2004 - left and right
        samples = samples.mean(axis=1, keepdims=True)
    return Clip(samples=_resample(samples, found_hz, rate_hz), rate_hz=rate_hz)


def _check_format(path: Path) -> AudioFormat:
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


def _read_by_soundfile(path: Path, found: AudioFormat, longest_s: float) -> tuple[Samples, int]:
    import soundfile  # noqa: PLC0415 - only sessions with an author's own sounds need it

    try:
        with path.open("rb") as opened, soundfile.SoundFile(opened) as file:
            _check_layout(path, file.channels, file.samplerate)
            samples: Samples = file.read(math.ceil((longest_s + 1.0) * file.samplerate), np.float32, always_2d=True)
            return samples, int(file.samplerate)
    except soundfile.LibsndfileError as error:
        raise ExternalError(
            f"{path}: this {found.name} file cannot be read: {error.error_string}", help=_CONVERT
        ) from error


def _read_by_pydub(path: Path, found: AudioFormat, demuxer: str, longest_s: float) -> tuple[Samples, int]:
    """Decode by ffmpeg. An absolute path can be mistaken neither for an option nor for a protocol."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydub warns, when imported, that it sees no ffmpeg on the PATH
        from pydub import AudioSegment  # noqa: PLC0415 - only unusual formats need it
        from pydub.exceptions import CouldntDecodeError  # noqa: PLC0415 - the same

    AudioSegment.converter = find_ffmpeg()
    codec = _read_codec(path, found, demuxer)
    try:
        segment = AudioSegment.from_file(
            str(path.absolute()),
            format=demuxer,
            codec=codec,  # with it, pydub does not need ffprobe
            duration=math.ceil(longest_s) + 1,
            parameters=["-nostdin", "-timelimit", str(_FFMPEG_S)],
        )
    except (CouldntDecodeError, OSError) as error:
        raise ExternalError(f"{path}: ffmpeg cannot decode this {found.name} file", help=_CONVERT) from error
    _check_layout(path, segment.channels, segment.frame_rate)
    whole = np.frombuffer(segment.raw_data, np.int16).reshape(-1, segment.channels)
    return whole.astype(np.float32) / np.float32(1 << 15), int(segment.frame_rate)


def _read_codec(path: Path, found: AudioFormat, demuxer: str) -> str:
    """Read the codec of the first audio stream, as ffmpeg calls it."""
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-protocol_whitelist", "file", "-f", demuxer]
    command += ["-i", f"file:{path.absolute()}"]
    try:
        result = subprocess.run(  # noqa: S603 - the path is one whole argument, and ffmpeg reads it as a file name
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_FFMPEG_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExternalError(f"{path}: ffmpeg cannot inspect this {found.name} file", help=_CONVERT) from error
    stream = re.search(r"^\s*Stream #.*: Audio: (\w+)", result.stderr.decode(errors="replace"), re.MULTILINE)
    if not stream:
        raise ExternalError(f"{path}: there is no sound in this {found.name} file", help=_CONVERT)
    return stream[1]


def _check_layout(path: Path, channels: int, found_hz: int) -> None:
    """Refuse layouts that would need absurd amounts of memory."""
    if channels > _MOST_CHANNELS or found_hz not in _RATES_HZ:
        raise ExternalError(f"{path}: {channels} channels at {found_hz} Hz are not supported", help=_CONVERT)


def _check_sound(path: Path, samples: Samples, found_hz: int, longest_s: float) -> None:
    """Refuse a sound that is empty, too long, or not finite."""
    if not samples.shape[0]:
        raise ExternalError(f"{path}: there is no sound in this file", help="record or export it again")
    if samples.shape[0] > longest_s * found_hz:
        raise ExternalError(
            f"{path}: the sound is longer than {seconds_to_text(longest_s)}",
            help=f"cut it to at most {seconds_to_text(longest_s)}",
        )
    if not np.isfinite(samples).all():
        raise ExternalError(f"{path}: the sound file is damaged: it contains values that are not finite", help=_CONVERT)


def _resample(samples: Samples, found_hz: int, rate_hz: int) -> Samples:
    if found_hz == rate_hz:
        return samples
    import soxr  # noqa: PLC0415 - only sounds of another rate need it

    resampled: Samples = soxr.resample(samples, found_hz, rate_hz)
    return resampled
