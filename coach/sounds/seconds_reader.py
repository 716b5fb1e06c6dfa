"""Reading of any seconds of a sound file, in constant memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

import numpy as np

from coach.sounds.decode import (
    LARGEST_LONG_BYTES,
    DecodedBlock,
    PatchedFile,
    detect_known_format,
    make_cut_off_error,
    read_blocks,
)
from coach.sounds.registry import read_declared_length

if TYPE_CHECKING:
    import soundfile


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
