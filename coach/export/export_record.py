"""Record of an exported folder: what was written, and from what, so that what has not changed is not even planned.

It is in the cache. Without it everything is spoken and planned again, and only what then differs is written.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.storage.atomic_write import replace_bytes
from coach.storage.file_input import open_regular, read_json
from coach.storage.folders import find_cache_folder

_LARGEST_RECORD_BYTES = 64 << 20
_LARGEST_HASHED_BYTES = 1 << 20  # of a larger file, such as a bed, size and time are enough
_COARSEST_TIME_NS = 2_000_000_000  # FAT keeps the times of files to two seconds

WrittenState = tuple[int, int]
"""The size of a file, and when it was changed, in nanoseconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedFile:
    """An MP3 in the folder, what a feed says of it, and all files that were written for it, by their paths there.

    ``own_track`` is the number that the session gives itself, ``track`` the one in its tags. ``chapters`` are starts
    and titles. ``values`` and ``place`` are those of one of several people.
    """

    name: str
    title: str
    about: str
    author: str
    album: str
    language: str
    own_track: int | None
    track: int
    length_s: float
    chapters: tuple[tuple[float, str], ...]
    values: Mapping[str, str]
    place: str
    written: Mapping[str, WrittenState]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedSession:
    """A session with its options: the files it was read from, their state then, and what was written."""

    sources: tuple[str, ...]
    state: str
    files: tuple[ExportedFile, ...]


def compute_state(sources: Iterable[str], identities: Sequence[str]) -> str:
    """Hash the contents of files, and the identities of the voices that speak them."""
    digest = hashlib.sha256(json.dumps(list(identities)).encode())
    for source in sources:
        digest.update(f"\0{source}\0".encode(errors="surrogatepass") + _read_source(Path(source)))
    return digest.hexdigest()


def _read_source(path: Path) -> bytes:
    try:
        status = path.stat()
        if status.st_size > _LARGEST_HASHED_BYTES:
            return f"{status.st_size} {status.st_mtime_ns}".encode()
        with open_regular(path) as file:
            return hashlib.sha256(file.read(_LARGEST_HASHED_BYTES + 1)).digest()
    except (OSError, ValueError):
        return b"none"


def read_file_state(path: Path) -> WrittenState:
    """Read the size of a file, and when it was changed.

    Raises:
        OSError: there is none.
    """
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def is_intact(folder: Path, exported: ExportedFile) -> bool:
    """Return whether all files that were written are there as they were, as far as their sizes and times tell."""
    try:
        return all(
            size == now[0] and abs(changed_ns - now[1]) <= _COARSEST_TIME_NS
            for name, (size, changed_ns) in exported.written.items()
            for now in [read_file_state(folder / name)]
        )
    except OSError:
        return False


def load_record(folder: Path) -> dict[str, ExportedSession]:
    """Load what was exported into a folder, by a key of the session and its options; nothing if that is unknown."""
    try:
        read = read_json(_find_record(folder), _LARGEST_RECORD_BYTES)
        return {key: _session_from_json(each) for key, each in read.items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError, ExternalError):
        return {}


def save_record(folder: Path, record: Mapping[str, ExportedSession]) -> None:
    """Keep what was exported. If that fails, the next export only takes longer."""
    with suppress(OSError, ExternalError):
        data = json.dumps({key: asdict(each) for key, each in record.items()}, ensure_ascii=False)
        replace_bytes(_find_record(folder), data.encode(errors="surrogatepass"))


def _find_record(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    return find_cache_folder() / "exports" / f"{name}.json"


def _session_from_json(read: Mapping[str, Any]) -> ExportedSession:
    files = tuple(_file_from_json(each) for each in read["files"])
    return ExportedSession(sources=tuple(map(str, read["sources"])), state=str(read["state"]), files=files)


def _file_from_json(read: Mapping[str, Any]) -> ExportedFile:
    chapters = tuple((float(start_s), str(title)) for start_s, title in read["chapters"])
    written = {str(name): (int(size), int(changed_ns)) for name, (size, changed_ns) in read["written"].items()}
    return ExportedFile(**{**read, "chapters": chapters, "written": written})
