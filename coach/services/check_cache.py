"""Check cache: the problems found in a session, so that a file that has not changed is not read again.

An entry holds everything that decides what is found (the state of our own sources, the file's name, its contents), and
then the problems. A session that names other files depends on those, too, so it is never cached.
"""

import contextlib
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach.diagnostics.problem import Edit, Fix, Location, Problem

PACKAGE = Path(__file__).resolve().parent.parent

# Folders that no check imports: a change there changes no problem.
IGNORED_FOLDERS = {
    "__pycache__",
    "charts",
    "devices",
    "encoders",
    "journal",
    "pages",
    "play",
    "voice_recording",
    "watch",
}

MAX_FILE_BYTES = 1 << 20

MAX_ENTRIES = 5_000

_ENDING = ".found"


class CheckCache:
    """A folder with an entry for each checked content of a file; without a folder nothing is cached."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._sources = _fingerprint_sources() if folder else b""
        self._has_room = False

    def read_state(self, path: Path) -> bytes | None:
        """Read everything that decides what is found in a file as it is now; None if it cannot be cached."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except (OSError, ValueError):
            return None
        if self._folder is None or len(data) > MAX_FILE_BYTES:
            return None
        return b"%s\0%s\0%d\0%s" % (self._sources, os.fsencode(path), len(data), data)

    def recall(self, state: bytes | None) -> tuple[Problem, ...] | None:
        """The problems of that state; None if it is not cached."""
        if self._folder is None or state is None:
            return None
        try:
            entry = self._entry_path(self._folder, state).read_bytes()
            return _from_json(entry[len(state) :]) if entry.startswith(state) else None
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def remember(self, state: bytes, problems: tuple[Problem, ...]) -> None:
        """Keep the problems of a state. Where nothing can be written, the next check only takes longer."""
        if self._folder is None:
            return
        entry = self._entry_path(self._folder, state)
        unfinished = entry.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(self._folder)
            unfinished.write_bytes(state + _to_json(problems))
            unfinished.replace(entry)

    def _entry_path(self, folder: Path, state: bytes) -> Path:
        """The file of a state. Two states with the same file only replace each other, as entries are compared whole."""
        return folder / f"{zlib.crc32(state):08x}{len(state):06x}{_ENDING}"

    def _make_room(self, folder: Path) -> None:
        """Delete the older half, once in a run, if there are too many."""
        if self._has_room:
            return
        self._has_room = True
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[: len(entries) // 2 if len(entries) > MAX_ENTRIES else 0]:
            entry.unlink(missing_ok=True)


def find_folder() -> Path | None:
    """The folder for the entries, in the user's cache folder; None if there is none."""
    try:
        return _find_cache_folder() / "checked"
    except RuntimeError:  # how Python says that a user has no home
        return None


def _find_cache_folder() -> Path:
    chosen = os.environ.get("COACH_CACHE_DIR")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # noqa: PLC0415 - elsewhere it would take as long as all the rest of a cached check

        return platformdirs.user_cache_path("mindful-run-coach", appauthor=False)
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "mindful-run-coach"


def _fingerprint_sources() -> bytes:
    """A fingerprint of our sources, by the times and sizes of all files that a check may depend on."""
    return f"{zlib.crc32(repr([sys.version, *sorted(_stat_files(str(PACKAGE)))]).encode()):08x}".encode()


def _stat_files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in IGNORED_FOLDERS:
                    yield from _stat_files(entry.path)
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size


def _to_json(problems: tuple[Problem, ...]) -> bytes:
    if not problems:
        return b""
    import json  # noqa: PLC0415 - most sessions have no problems
    from dataclasses import asdict  # noqa: PLC0415 - the same

    return json.dumps([asdict(problem) for problem in problems]).encode()


def _from_json(text: bytes) -> tuple[Problem, ...]:
    if not text:
        return ()
    import json  # noqa: PLC0415 - most sessions have no problems

    return tuple(
        Problem(**{**each, "where": Location(**each["where"]), "fix": _fix_from_json(each["fix"])})
        for each in json.loads(text)
    )


def _fix_from_json(read: Any) -> Fix | None:  # noqa: ANN401 - JSON
    if read is None:
        return None
    edits = (Edit(where=Location(**edit["where"]), text=edit["text"]) for edit in read["edits"])
    return Fix(title=read["title"], edits=tuple(edits))
