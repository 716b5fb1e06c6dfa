"""Decoding of audio files, by the format that `coach.sounds.registry` detects."""

import io
import math
import os
import re
import shutil
import struct
import subprocess
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from coach.errors import ExternalError
from coach.sounds.clip import Clip, Resampler, Samples, make_resampler
from coach.sounds.registry import FORMATS, AudioFormat, Patch, detect_format, read_declared_length
from coach.translation import _, mark_message, translate_plural
from coach.units import seconds_to_text

if TYPE_CHECKING:
    from typing_extensions import Buffer


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
            _("this audio format needs ffmpeg, which was not found"),
            help=_("install ffmpeg, or set IMAGEIO_FFMPEG_EXE to its path; WAV, FLAC, Ogg and MP3 do not need it"),
        ) from error


LARGEST_BYTES = 200_000_000
_LONG_S = 600.0
LARGEST_LONG_BYTES = 10_000_000_000  # of what may last longer: a day of stereo at 16 bits has eight
_MOST_CHANNELS = 8
_RATES_HZ = range(4_000, 400_000)
_FFMPEG_S = 60
_MOST_SAMPLES_PER_S = 2 * 192_000  # for a sound of the greatest length; a shorter one may have more
_UNKNOWN_FRAMES = (1 << 63) - 1  # libsndfile's, of a stream
_SILENT = 1e-6  # under the least of 16 bits
_LOUDEST = 2.0**31  # of 32-bit whole numbers that were written as floating-point numbers as they are
_CONVERT = mark_message("convert it to WAV, FLAC or MP3 and name that file instead")
_AGAIN = mark_message("record or export it again")


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
        ExternalError: the file is missing, of an unknown format, damaged, cut off, empty, too large or too long.
    """
    with closing(read_blocks(path, longest_s)) as blocks:
        samples = _convert(blocks, rate_hz, most_channels=1 if mono else 2)
    return Clip(samples=samples, rate_hz=rate_hz)


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundSummary:
    """What a sound file holds: its frames at its own rate, and the mean square of all samples."""

    frames: int
    rate_hz: int
    mean_square: float

    @property
    def length_s(self) -> float:
        """The length in seconds."""
        return self.frames / self.rate_hz

    @property
    def is_possible(self) -> bool:
        """Whether a file can hold that."""
        return self.frames > 0 and self.rate_hz in _RATES_HZ and 0.0 < self.mean_square < math.inf


def summarize_sound(path: Path, longest_s: float) -> SoundSummary:
    """Read a sound file to its end, as `decode` does, and keep nothing of it.

    Raises:
        ExternalError: As `decode`, or the sound is silent.
    """
    frames, energy, is_silent, block = 0, 0.0, True, None
    with closing(read_blocks(path, longest_s)) as blocks:
        for block in blocks:
            samples = _mix_channels(block.samples, 2)
            frames += samples.shape[0]
            energy += float(np.square(samples).mean(axis=1, dtype=np.float64).sum())
            is_silent = is_silent and not (np.abs(block.samples) > _SILENT).any()
    if is_silent or block is None or not energy:
        raise ExternalError(_("{path}: the sound is silent", path=path), help=_(_AGAIN))
    return SoundSummary(frames=frames, rate_hz=block.rate_hz, mean_square=energy / frames)


@dataclass(frozen=True, kw_only=True, slots=True)
class DecodedBlock:
    """A second of a file or less: samples as float32, of shape (frames, channels), at the file's own rate."""

    samples: Samples
    rate_hz: int


Blocks = Generator[DecodedBlock, None, None]


def read_blocks(path: Path, longest_s: float) -> Blocks:
    """Read and check a file block by block; there is at least one."""
    found = detect_known_format(path, LARGEST_BYTES if longest_s <= _LONG_S else LARGEST_LONG_BYTES)
    declared = read_declared_length(path)
    if not declared.is_whole:
        raise make_cut_off_error(path)
    read = _read_by_soundfile if found.demuxer is None else _read_by_ffmpeg
    frames = 0
    with closing(read(path, found, longest_s, declared.patch)) as blocks:
        for block in blocks:
            frames += block.samples.shape[0]
            _check_block(path, block, frames, longest_s)
            yield block
    if not frames:
        raise ExternalError(_("{path}: there is no sound in this file", path=path), help=_(_AGAIN))


def _mix_channels(samples: Samples, most_channels: int) -> Samples:
    return samples if samples.shape[1] <= most_channels else samples.mean(axis=1, keepdims=True)


def _convert(blocks: Iterator[DecodedBlock], rate_hz: int, *, most_channels: int) -> Samples:
    """Mix too many channels to mono, and resample, block by block: the memory needed is that of the result."""
    resample: Resampler | None = None
    done = bytearray()  # grows in place, where joining arrays would need both
    for block in blocks:
        samples = _mix_channels(block.samples, most_channels)
        if resample is None:
            resample = make_resampler(block.rate_hz, rate_hz, samples.shape[1])
        done += resample(samples).tobytes()
    assert resample is not None  # noqa: S101 - there is a block
    done += resample(None).tobytes()
    return np.frombuffer(done, np.float32).reshape(-1, samples.shape[1])


def detect_known_format(path: Path, largest_bytes: int) -> AudioFormat:
    """Detect the format of a regular file that is not too large."""
    try:
        if not path.is_file():
            raise ExternalError(
                _("{path}: no such sound file", path=path),
                help=_("check the path; it is relative to the folder of the session"),
            )
        if path.stat().st_size > largest_bytes:
            raise ExternalError(
                _(
                    "{path}: the sound file is larger than {most:,} MB",
                    path=path,
                    most=largest_bytes // 1_000_000,
                ),
                help=_("shorten it, or convert it to MP3"),
            )
        found = detect_format(path)
    except OSError as error:
        raise ExternalError(f"{path}: {error.strerror}", help=_("check the file and its permissions")) from error
    if found is None:
        raise ExternalError(
            _("{path}: not a sound file in a supported format", path=path),
            help=_("use one of these formats: {formats}", formats=", ".join(known.name for known in FORMATS)),
        )
    return found


class PatchedFile(io.BufferedReader):
    """A file whose header is corrected as it is read. It may point anywhere: libsndfile can receive no exception."""

    def __init__(self, path: Path, patch: Patch) -> None:
        super().__init__(io.FileIO(path))
        self._at, self._correct = patch

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place, or to the end where there is no such place."""
        try:
            return super().seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            return super().seek(0, os.SEEK_END)

    def readinto(self, buffer: "Buffer", /) -> int:
        """Read what fits, with the correction."""
        start = self.tell()
        count = super().readinto(buffer)
        for at, byte in enumerate(self._correct, self._at - start):
            if 0 <= at < count:
                memoryview(buffer)[at] = byte
        return count


def _read_by_soundfile(path: Path, found: AudioFormat, longest_s: float, patch: Patch) -> Blocks:
    import soundfile  # noqa: PLC0415 - only sessions with an author's own sounds need it

    try:
        with PatchedFile(path, patch) as opened, soundfile.SoundFile(opened) as file:
            _check_layout(path, file.channels, file.samplerate)
            most = math.ceil(longest_s * file.samplerate)
            if most + file.samplerate < file.frames < _UNKNOWN_FRAMES:
                raise _make_length_error(path, longest_s)
            frames = min(file.frames, most)
            if frames * file.channels > longest_s * _MOST_SAMPLES_PER_S:
                raise _make_size_error(path, file.channels, file.samplerate)
            while len(samples := file.read(file.samplerate, np.float32, always_2d=True)):
                yield DecodedBlock(samples=samples, rate_hz=file.samplerate)
                frames -= len(samples)
    except soundfile.LibsndfileError as error:
        raise ExternalError(
            _(
                "{path}: this {format} file is damaged, or of a kind that is not supported",
                path=path,
                format=found.name,
            ),
            help=_(_CONVERT),
        ) from error
    if found.name == "FLAC" and 0 < frames < most:
        raise make_cut_off_error(path)


def _read_by_ffmpeg(path: Path, found: AudioFormat, longest_s: float, _patch: Patch) -> Blocks:
    """Read what ffmpeg decodes through a pipe, so that no more is held than a second.

    An absolute path can be mistaken neither for an option nor for a protocol. Sun's AU has a header of six numbers.
    """
    if _probe_length_s(path, found) > longest_s + 1:
        raise _make_length_error(path, longest_s)
    command = [*_start_command(path, found), "-timelimit", str(_FFMPEG_S + int(longest_s) // 60)]
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
            yield DecodedBlock(samples=samples.astype(np.float32) / np.float32(1 << 15), rate_hz=rate_hz)


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
        raise ExternalError(
            _("{path}: ffmpeg cannot inspect this {format} file", path=path, format=found.name), help=_(_CONVERT)
        ) from error
    report = result.stderr.decode(errors="replace")
    if not _AUDIO_STREAM.search(report):
        raise ExternalError(
            _("{path}: there is no sound in this {format} file", path=path, format=found.name), help=_(_CONVERT)
        )
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
    error = ExternalError(
        _("{path}: ffmpeg cannot decode this {format} file", path=path, format=found.name), help=_(_CONVERT)
    )
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
        raise ExternalError(
            translate_plural(
                "{path}: {count} channel at {rate} Hz is not supported",
                "{path}: {count} channels at {rate} Hz are not supported",
                channels,
                path=path,
                rate=found_hz,
            ),
            help=_(_CONVERT),
        )


def _make_size_error(path: Path, channels: int, found_hz: int) -> ExternalError:
    return ExternalError(
        translate_plural(
            "{path}: {count} channel at {rate} Hz is too much for a sound this long",
            "{path}: {count} channels at {rate} Hz are too much for a sound this long",
            channels,
            path=path,
            rate=found_hz,
        ),
        help=_("convert it to stereo at 48 kHz"),
    )


def _make_length_error(path: Path, longest_s: float) -> ExternalError:
    longest = seconds_to_text(longest_s)
    return ExternalError(
        _("{path}: the sound is longer than {longest}", path=path, longest=longest),
        help=_("cut it to at most {longest}", longest=longest),
    )


def _check_block(path: Path, block: DecodedBlock, frames: int, longest_s: float) -> None:
    """Refuse a sound that is too long, or has values that no recording has."""
    if frames > longest_s * block.rate_hz:
        raise _make_length_error(path, longest_s)
    if not np.isfinite(block.samples).all():
        raise ExternalError(
            _("{path}: the sound file is damaged: it contains values that are not finite", path=path), help=_(_CONVERT)
        )
    if (loudest := float(np.abs(block.samples).max())) > _LOUDEST:
        raise ExternalError(
            _(
                "{path}: the sound file is damaged: it contains values of {loudest:.0e}, and full scale is 1",
                path=path,
                loudest=loudest,
            ),
            help=_(_CONVERT),
        )


def make_cut_off_error(path: Path) -> ExternalError:
    """Make the error of a file that ends too early."""
    return ExternalError(_("{path}: the sound file is cut off: its end is missing", path=path), help=_(_AGAIN))
