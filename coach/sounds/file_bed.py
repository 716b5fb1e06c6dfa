"""Streamed beds: sound files of any length, one or several in turn, of which a few seconds are in memory at a time."""

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from coach.errors import ExternalError
from coach.sounds.beds import BED_RMS_DB
from coach.sounds.clip import Samples, make_rise, resample
from coach.sounds.decode import (
    LARGEST_LONG_BYTES,
    DecodedBlock,
    PatchedFile,
    SoundSummary,
    detect_known_format,
    make_cut_off_error,
    read_blocks,
    summarize_sound,
)
from coach.sounds.registry import read_declared_length
from coach.storage.atomic_write import write_text
from coach.storage.file_input import hash_file, read_json
from coach.storage.folders import find_cache_folder
from coach.translation import _
from coach.units import db_to_gain, seconds_to_frames

if TYPE_CHECKING:
    import soundfile

LONGEST_S = 86_400.0
"""As long as two of the longest sessions."""

LONGEST_LOOP_S = 600.0
SHORTEST_TURN_S = 1.0
_SUMMARY_VERSION = 1
_SEAM_S = 2.0
_SEGMENT_S = 5
_SETTLE_S = 1
_KEPT_SEGMENTS = 2


def load_summary(path: Path) -> SoundSummary:
    """Measure a bed's file, which reads it to its end; what was measured is kept by the contents of the file.

    Raises:
        ExternalError: it cannot be used.
    """
    try:
        record = find_cache_folder() / "levels" / f"bed-{_SUMMARY_VERSION}-{hash_file(path)}.json"
    except OSError:  # told by `summarize_sound`
        return summarize_sound(path, LONGEST_S)
    with suppress(OSError, ValueError, TypeError, ExternalError):
        known = SoundSummary(**read_json(record))
        if known.is_possible:
            return known
    summary = summarize_sound(path, LONGEST_S)
    with suppress(OSError, ExternalError):
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, json.dumps(asdict(summary)))
    return summary


def check_length(path: Path, summary: SoundSummary) -> None:
    """Refuse a file that is too short to take turns.

    Raises:
        ExternalError: it is shorter than a second.
    """
    if summary.length_s < SHORTEST_TURN_S:
        raise ExternalError(
            _("{path}: the sound is too short for a list of beds", path=path), help=_("let it last a second or more")
        )


class SecondsReader:
    """Reads whole seconds of a sound file, from anywhere in it; it is open from the first reading on.

    A format in which nothing can be found is decoded again from its start to go back.
    """

    def __init__(self, path: Path, longest_s: float) -> None:
        self._path = path
        self._longest_s = longest_s
        self._open_files = ExitStack()
        finalize(self, self._open_files.close)
        self._file: soundfile.SoundFile | None = None
        self._blocks: Iterator[DecodedBlock] | None = None
        self._recent: dict[int, DecodedBlock] = {}

    def read(self, first_s: int, count_s: int) -> DecodedBlock:
        """Return these seconds, or as many of them as there are; at least one is in the file.

        Raises:
            ExternalError: the file can no longer be read.
        """
        if self._file is None and self._blocks is None:
            self._open()
        if self._file is not None:
            try:
                self._file.seek(min(first_s * self._file.samplerate, self._file.frames))
                samples = self._file.read(count_s * self._file.samplerate, np.float32, always_2d=True)
                return DecodedBlock(samples=samples, rate_hz=self._file.samplerate)
            except RuntimeError:  # of libsndfile: an MP3 without an index, or the end comes too early
                self._file = None
        return self._read_on(first_s, count_s)

    def _open(self) -> None:
        found = detect_known_format(self._path, LARGEST_LONG_BYTES)
        if found.demuxer is None:
            import soundfile  # noqa: PLC0415 - only sessions with an author's own sounds need it

            try:
                opened = self._open_files.enter_context(PatchedFile(self._path, read_declared_length(self._path).patch))
                self._file = self._open_files.enter_context(soundfile.SoundFile(opened))
            except (OSError, soundfile.LibsndfileError):
                self._file = None

    def _read_on(self, first_s: int, count_s: int) -> DecodedBlock:
        """Go on decoding, or begin again where those seconds have passed."""
        if self._blocks is None or first_s < min(self._recent, default=0):
            self._blocks, self._recent = read_blocks(self._path, self._longest_s), {}
        wanted = range(first_s, first_s + count_s)
        for second in range(max(self._recent, default=-1) + 1, wanted.stop):
            block = next(self._blocks, None)
            if block is None:
                break
            self._recent[second] = block
            self._recent.pop(second - count_s, None)
        parts = [self._recent[second] for second in wanted if second in self._recent]
        if not parts:
            raise make_cut_off_error(self._path)
        return DecodedBlock(samples=np.concatenate([part.samples for part in parts]), rate_hz=parts[0].rate_hz)


class SoundStream:
    """A sound file as stereo at another rate, from any frame on.

    It is decoded in segments of five seconds, each from a second before it, where decoder and resampler settle. So
    the samples of a frame are the same from wherever it is reached.
    """

    def __init__(self, path: Path, summary: SoundSummary, rate_hz: int) -> None:
        self.frames = summary.frames * rate_hz // summary.rate_hz
        self._rate_hz = rate_hz
        self._reader = SecondsReader(path, LONGEST_S)
        self._segments: dict[int, Samples] = {}

    def read(self, start: int, frames: int) -> Samples:
        """Return the stretch from a frame of the file on, float32 of shape (frames, 2).

        Raises:
            ExternalError: the file can no longer be read.
        """
        samples = np.zeros((frames, 2), np.float32)
        long = _SEGMENT_S * self._rate_hz
        for index in range(start // long, (start + frames - 1) // long + 1):
            segment = self._load(index)
            first = max(start, index * long)
            part = segment[first - index * long : start + frames - index * long]
            samples[first - start : first - start + part.shape[0]] = part
        return samples

    def _load(self, index: int) -> Samples:
        if index not in self._segments:
            while len(self._segments) >= _KEPT_SEGMENTS:
                del self._segments[next(iter(self._segments))]
            self._segments[index] = self._decode_segment(index)
        return self._segments[index]

    def _decode_segment(self, index: int) -> Samples:
        start_s = index * _SEGMENT_S
        first_s = max(0, start_s - _SETTLE_S)
        found = self._reader.read(first_s, start_s + _SEGMENT_S + _SETTLE_S - first_s)
        samples = found.samples if found.samples.shape[1] <= 2 else found.samples.mean(axis=1, keepdims=True)  # noqa: PLR2004 - stereo
        converted = resample(samples, found.rate_hz, self._rate_hz)
        skipped = (start_s - first_s) * self._rate_hz
        return converted[skipped : skipped + _SEGMENT_S * self._rate_hz].copy()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    """A file among those that follow each other: where it begins and ends, and the fades at its ends, in frames."""

    stream: SoundStream
    gain: float
    start: int
    end: int
    rise: int
    fall: int


class FileBed:
    """Sound files one after the other and over again, each at `BED_RMS_DB`, with crossfades of two seconds between.

    Unlike a loop, it begins where its bed begins.

    Args:
        paths: the files.
        rate_hz: the sample rate to play them at.

    Raises:
        ExternalError: a file cannot be used, or is shorter than a second.
    """

    def __init__(self, paths: Sequence[Path], rate_hz: int) -> None:
        self._lock = RLock()
        self._turns = tuple(_arrange(paths, rate_hz))
        self._period = self._turns[-1].end - self._turns[0].rise

    def render(self, start_frame: int, frames: int) -> Samples:
        """Return the stretch from a frame of the bed on, float32 of shape (frames, 2); it is silent before frame 0.

        Raises:
            ExternalError: a file can no longer be read.
        """
        done = np.zeros((frames, 2), np.float32)
        with self._lock:
            for cycle in range(max(0, start_frame // self._period - 1), (start_frame + frames) // self._period + 1):
                for turn in self._turns:
                    begin = cycle * self._period + turn.start
                    first, last = max(start_frame, begin, 0), min(start_frame + frames, begin + turn.end - turn.start)
                    if first < last:
                        is_first = not cycle and not turn.start
                        part = _play(turn, first - begin, last - first, fades_in=not is_first)
                        done[first - start_frame : last - start_frame] += part
        return done


def _arrange(paths: Sequence[Path], rate_hz: int) -> Iterator[_Turn]:
    """Lay out files so that the end of each overlaps the start of the next, and that of the last the first's."""
    summaries = [load_summary(path) for path in paths]
    for path, summary in zip(paths, summaries, strict=True):
        check_length(path, summary)
    streams = [SoundStream(path, summary, rate_hz) for path, summary in zip(paths, summaries, strict=True)]
    longest = seconds_to_frames(_SEAM_S, rate_hz)
    seams = [
        min(longest, stream.frames // 2, after.frames // 2)
        for stream, after in zip(streams, [*streams[1:], streams[0]], strict=True)
    ]
    start = 0
    for index, (stream, summary) in enumerate(zip(streams, summaries, strict=True)):
        gain = db_to_gain(BED_RMS_DB) / math.sqrt(summary.mean_square)
        end = start + stream.frames
        yield _Turn(stream=stream, gain=gain, start=start, end=end, rise=seams[index - 1], fall=seams[index])
        start = end - seams[index]


def _play(turn: _Turn, at: int, frames: int, *, fades_in: bool) -> Samples:
    """Play a stretch of a file, at its level, with its fades at equal power."""
    samples = turn.stream.read(at, frames) * np.float32(turn.gain)
    if fades_in and at < turn.rise:
        _fade(samples, _make_slope(turn.rise)[at : at + frames])
    falls_at = turn.end - turn.start - turn.fall - at
    if falls_at < frames:
        first = max(0, falls_at)
        _fade(samples[first:], _make_slope(turn.fall)[::-1][first - falls_at :][: frames - first])
    return samples


def _fade(samples: Samples, slope: NDArray[np.float32]) -> None:
    samples[: slope.size] *= slope[:, None]


@lru_cache(maxsize=4)
def _make_slope(frames: int) -> NDArray[np.float32]:
    slope: NDArray[np.float32] = np.sqrt(make_rise(frames)).astype(np.float32)
    return slope
