"""Decoding of audio files. The format is detected from the first bytes, not from the name, which may say anything."""

import io
import math
import os
import re
import shutil
import struct
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

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
_MOST_SAMPLES_PER_S = 2 * 192_000  # for a sound of the greatest length; a shorter one may have more
_UNKNOWN_FRAMES = (1 << 63) - 1  # libsndfile's, of a stream
_CONVERT = "convert it to WAV, FLAC or MP3 and name that file instead"


def decode(path: Path, rate_hz: int, *, longest_s: float, mono: bool = False) -> Clip:
    """Read a sound file: WAV, FLAC, Ogg (Vorbis, Opus), MP3, AIFF, M4A, AAC, WebM, CAF or AMR, by content, not by name.

    Args:
        path: the file.
        rate_hz: the sample rate wanted; other rates are resampled.
        longest_s: the longest sound accepted, in seconds.
        mono: whether to mix stereo to mono, too.

    Returns:
        Mono or stereo, as in the file; more channels are mixed to mono. No more is held meanwhile than this.

    Raises:
        ExternalError: the file is missing, of an unknown format, damaged, empty, too large or too long.
    """
    found = check_format(path)
    read = _read_by_soundfile if found.demuxer is None else _read_by_ffmpeg
    with closing(read(path, found, longest_s)) as blocks:
        samples = _convert(path, blocks, rate_hz, longest_s, most_channels=1 if mono else 2)
    return Clip(samples=samples, rate_hz=rate_hz)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A second of a file or less: samples as float32, of shape (frames, channels), at the file's own rate."""

    samples: Samples
    rate_hz: int


def _convert(path: Path, blocks: Iterator[_Block], rate_hz: int, longest_s: float, *, most_channels: int) -> Samples:
    """Mix too many channels to mono, and resample, block by block: the memory needed is that of the result."""
    frames = 0
    resample: Resampler | None = None
    done = bytearray()  # grows in place, where joining arrays would need both
    for block in blocks:
        frames += block.samples.shape[0]
        _check_block(path, block, frames, longest_s)
        samples = block.samples
        if samples.shape[1] > most_channels:
            samples = samples.mean(axis=1, keepdims=True)
        if resample is None:
            resample = _make_resampler(block.rate_hz, rate_hz, samples.shape[1])
        done += resample(samples).tobytes()
    if resample is None:
        raise ExternalError(f"{path}: there is no sound in this file", help="record or export it again")
    done += resample(None).tobytes()
    return np.frombuffer(done, np.float32).reshape(-1, samples.shape[1])


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


def _read_by_soundfile(path: Path, found: AudioFormat, longest_s: float) -> Generator[_Block, None, None]:
    import soundfile  # noqa: PLC0415 - only sessions with an author's own sounds need it

    try:
        with _SeekableFile(io.FileIO(path)) as opened, soundfile.SoundFile(opened) as file:
            _check_layout(path, file.channels, file.samplerate)
            most = math.ceil(longest_s * file.samplerate)
            if most + file.samplerate < file.frames < _UNKNOWN_FRAMES:
                raise _make_length_error(path, longest_s)
            frames = min(file.frames, most)
            if frames * file.channels > longest_s * _MOST_SAMPLES_PER_S:
                raise _make_size_error(path, file.channels, file.samplerate)
            while len(samples := file.read(file.samplerate, np.float32, always_2d=True)):
                yield _Block(samples=samples, rate_hz=file.samplerate)
    except soundfile.LibsndfileError as error:
        raise ExternalError(
            f"{path}: this {found.name} file cannot be read: {error.error_string}", help=_CONVERT
        ) from error


def _read_by_ffmpeg(path: Path, found: AudioFormat, longest_s: float) -> Generator[_Block, None, None]:
    """Read what ffmpeg decodes through a pipe, so that no more is held than a second.

    An absolute path can be mistaken neither for an option nor for a protocol. Sun's AU has a header of six numbers.
    """
    if _probe_length_s(path, found) > longest_s + 1:
        raise _make_length_error(path, longest_s)
    command = [*_start_command(path, found), "-timelimit", str(_FFMPEG_S)]
    command += ["-map", "0:a:0", "-c:a", "pcm_s16be", "-f", "au", "pipe:1"]
    with _run_ffmpeg(path, found, command) as output:
        if len(head := output.read(_AU_HEADER.size)) < _AU_HEADER.size:
            return
        _, head_bytes, _, _, rate_hz, channels = _AU_HEADER.unpack(head)
        output.read(head_bytes - _AU_HEADER.size)
        _check_layout(path, channels, rate_hz)
        frames = 0
        while data := output.read(2 * channels * rate_hz):
            samples = np.frombuffer(data, ">i2", len(data) // (2 * channels) * channels).reshape(-1, channels)
            frames += len(samples)
            if frames * channels > longest_s * _MOST_SAMPLES_PER_S:
                raise _make_size_error(path, channels, rate_hz)
            yield _Block(samples=samples.astype(np.float32) / np.float32(1 << 15), rate_hz=rate_hz)


_AU_HEADER = struct.Struct(">4s5I")  # the signature, the bytes of the header, those of the data, the coding
_AUDIO_STREAM = re.compile(r"^\s*Stream #.*: Audio: ", re.MULTILINE)
_LENGTH = re.compile(r"^\s*Duration: (\d{1,4}):(\d\d):(\d\d)", re.MULTILINE)
_IS_ESTIMATED = "Estimating duration"  # of a format without a header


def _start_command(path: Path, found: AudioFormat) -> list[str]:
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-protocol_whitelist", "file,pipe"]
    return [*command, "-f", str(found.demuxer), "-i", f"file:{path.absolute()}"]


def _probe_length_s(path: Path, found: AudioFormat) -> float:
    """Read the length from a file's header, in whole seconds; 0 where the header says none."""
    try:
        result = subprocess.run(  # noqa: S603 - the path is one whole argument, and ffmpeg reads it as a file name
            _start_command(path, found), stdin=subprocess.DEVNULL, capture_output=True, timeout=_FFMPEG_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExternalError(f"{path}: ffmpeg cannot inspect this {found.name} file", help=_CONVERT) from error
    report = result.stderr.decode(errors="replace")
    if not _AUDIO_STREAM.search(report):
        raise ExternalError(f"{path}: there is no sound in this {found.name} file", help=_CONVERT)
    length = _LENGTH.search(report)
    if length is None or _IS_ESTIMATED in report:
        return 0.0
    hours, minutes, seconds = map(int, length.groups())
    return hours * 3600.0 + minutes * 60.0 + seconds


@contextmanager
def _run_ffmpeg(path: Path, found: AudioFormat, command: list[str]) -> Iterator[IO[bytes]]:
    """Run ffmpeg and yield its output. It is killed if that is not read to its end.

    Raises:
        ExternalError: ffmpeg cannot be run, or fails.
    """
    error = ExternalError(f"{path}: ffmpeg cannot decode this {found.name} file", help=_CONVERT)
    try:
        process = subprocess.Popen(  # noqa: S603 - as in `_probe_length_s`
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        raise error from None
    assert process.stdout is not None  # noqa: S101 - asked for above
    with process.stdout:
        try:
            yield process.stdout
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if status:
        raise error


def _check_layout(path: Path, channels: int, found_hz: int) -> None:
    """Refuse layouts that would need absurd amounts of memory."""
    if channels > _MOST_CHANNELS or found_hz not in _RATES_HZ:
        raise ExternalError(f"{path}: {channels} channels at {found_hz} Hz are not supported", help=_CONVERT)


def _make_size_error(path: Path, channels: int, found_hz: int) -> ExternalError:
    return ExternalError(
        f"{path}: {channels} channels at {found_hz} Hz are too much for a sound this long",
        help="convert it to stereo at 48 kHz",
    )


def _make_length_error(path: Path, longest_s: float) -> ExternalError:
    longest = seconds_to_text(longest_s)
    return ExternalError(f"{path}: the sound is longer than {longest}", help=f"cut it to at most {longest}")


def _check_block(path: Path, block: _Block, frames: int, longest_s: float) -> None:
    """Refuse a sound that is too long or not finite."""
    if frames > longest_s * block.rate_hz:
        raise _make_length_error(path, longest_s)
    if not np.isfinite(block.samples).all():
        raise ExternalError(f"{path}: the sound file is damaged: it contains values that are not finite", help=_CONVERT)
