"""Clip cache on disk: normalized clips by a key that names everything that shaped them.

One file per clip: a header of fixed size with checksums, then 16-bit samples. Files are written atomically, so that
several processes can share the folder and none sees a partial clip, whenever one is killed. Reads are checked; a
damaged file counts as missing.
"""

import errno
import logging
import os
import struct
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError
from coach.storage.atomic_write import replace_bytes
from coach.storage.file_input import open_regular, read_up_to
from coach.storage.folders import CACHE_VARIABLE, find_cache_folder
from coach.translation import _
from coach.utterance import SpokenDuration

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

_LOG = logging.getLogger(__name__)

# Increment for every audible change to the clip normalizer. It is here because a cached session should not import
# numpy.
NORMALIZER_VERSION = 1
LARGEST_BYTES = 1_000_000_000
_KEPT_SHARE = 0.9
_MAGIC = b"coachcl1"
_FIELDS = struct.Struct("<8sIQdI")
_CHECK = struct.Struct("<I")
_HEADER_BYTES = _FIELDS.size + _CHECK.size
_BYTES_PER_FRAME = 2
_SUFFIX = ".clip"
_TOUCHED_EVERY_S = 86_400.0
_ABANDONED_S = 3_600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _ClipHeader:
    rate_hz: int
    frames: int
    onset_s: float
    checksum: int

    @property
    def spoken(self) -> SpokenDuration:
        return SpokenDuration(length_s=self.frames / self.rate_hz, onset_s=self.onset_s)


class ClipCache:
    """The clips of all sessions, up to a total size; the least recently used are removed first.

    Where the disk refuses a clip, it is kept in memory, for this run only.
    """

    def __init__(self, folder: Path | None = None, *, largest_bytes: int = LARGEST_BYTES) -> None:
        self._folder = _find_folder() if folder is None else folder / "voices"
        self._largest_bytes = largest_bytes
        self._refused: dict[str, bytes] = {}

    def find_duration(self, key: str) -> SpokenDuration | None:
        """Read the length of a clip from its header alone; None if it is missing or its file has the wrong size."""
        if key in self._refused:
            known = _parse_header(self._refused[key][:_HEADER_BYTES])
            return None if known is None else known.spoken
        try:
            with open_regular(self._find_path(key)) as file:
                size = os.fstat(file.fileno())
                header = _parse_header(file.read(_HEADER_BYTES))
        except OSError:
            return None
        if header is None or size.st_size != _HEADER_BYTES + header.frames * _BYTES_PER_FRAME:
            return None
        self._touch(key, size.st_mtime)
        return header.spoken

    def load(self, key: str) -> "Clip | None":
        """Read a clip; None if it is missing or damaged."""
        data = self._refused.get(key) or self._read(key)
        header, pcm = _parse_header(data[:_HEADER_BYTES]), data[_HEADER_BYTES:]
        if header is None or len(pcm) != header.frames * _BYTES_PER_FRAME or zlib.crc32(pcm) != header.checksum:
            return None
        from coach.sounds.clip import pcm_to_clip  # noqa: PLC0415 - numpy, only for samples

        return pcm_to_clip(pcm, rate_hz=header.rate_hz, onset_s=header.onset_s)

    def _read(self, key: str) -> bytes:
        """Read a clip's file; nothing if it is missing, or larger than any clip."""
        try:
            return read_up_to(self._find_path(key), self._largest_bytes)
        except OSError:
            return b""

    def put(self, key: str, clip: "Clip") -> None:
        """Keep a normalized clip: on the disk if that is possible, otherwise in memory."""
        from coach.sounds.clip import clip_to_pcm  # noqa: PLC0415 - numpy, only for samples

        pcm = clip_to_pcm(clip)
        fields = _FIELDS.pack(_MAGIC, clip.rate_hz, clip.frames, clip.onset_s, zlib.crc32(pcm))
        data = fields + _CHECK.pack(zlib.crc32(fields)) + pcm
        try:
            replace_bytes(self._find_path(key), data)
        except OSError as error:
            if not self._refused:
                _LOG.warning("clips are kept in memory, as the cache cannot be written: %s", error.strerror)
            self._refused[key] = data

    def tidy(self) -> None:
        """Remove files that killed runs left behind and, over the size limit, the least recently used clips."""
        if self._folder is None:
            return
        now_s = time.time()
        kept: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):  # another process may tidy too
                state = path.stat()
                if path.suffix == _SUFFIX:
                    kept.append((state.st_mtime, state.st_size, path))
                elif now_s - state.st_mtime > _ABANDONED_S:
                    path.unlink()
        self._evict(kept)

    def _evict(self, kept: list[tuple[float, int, Path]]) -> None:
        total = sum(size for _, size, _ in kept)
        if total <= self._largest_bytes:
            return
        for _used, size, path in sorted(kept):
            with suppress(OSError):
                path.unlink()
            total -= size
            if total <= self._largest_bytes * _KEPT_SHARE:
                return

    def _find_path(self, key: str) -> Path:
        if self._folder is None:
            raise FileNotFoundError(errno.ENOENT, _("there is no folder for the cache"))
        return self._folder / key[:2] / (key[2:] + _SUFFIX)

    def _touch(self, key: str, used_s: float) -> None:
        """Record that a clip was used, at most once a day, so that reads do not cause writes."""
        if time.time() - used_s > _TOUCHED_EVERY_S:
            with suppress(OSError):
                os.utime(self._find_path(key))


def _find_folder() -> Path | None:
    """Find the folder for clips in the user's cache; None where the computer has no folder that can be written.

    Raises:
        ExternalError: The user chose a folder that cannot be one.
    """
    try:
        return find_cache_folder() / "voices"
    except ExternalError as error:
        if os.environ.get(CACHE_VARIABLE):
            raise
        _LOG.warning("%s", error)
        return None


def _parse_header(data: bytes) -> _ClipHeader | None:
    if len(data) != _HEADER_BYTES or zlib.crc32(data[: _FIELDS.size]) != _CHECK.unpack(data[_FIELDS.size :])[0]:
        return None
    magic, rate_hz, frames, onset_s, checksum = _FIELDS.unpack(data[: _FIELDS.size])
    if magic != _MAGIC or not rate_hz:
        return None
    return _ClipHeader(rate_hz=rate_hz, frames=frames, onset_s=onset_s, checksum=checksum)
