"""What was found in sessions before: a file that has not changed since need not be read again.

An entry holds all that decides what is found (the state of our own sources, the file's name, its contents), and then
what was found. What a session that names other files has depends on those too, so it is never remembered.
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

# Rooms that no check goes into: what stands there changes nothing that is found.
ELSEWHERE = {"explained", "journal", "outputs", "pictures", "play", "studio", "watch", "__pycache__"}

LARGEST_BYTES = 1 << 20

MOST_ENTRIES = 5_000

_ENDING = ".found"


class CheckCache:
    """A folder of what was found, an entry for each contents of a file; without a folder nothing is remembered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._ours = _ours() if folder else b""
        self._has_room = False

    def state(self, path: Path) -> bytes | None:
        """All that decides what is found in a file as it is now; None for one that cannot be remembered."""
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_BYTES + 1)
        except (OSError, ValueError):
            return None
        if self._folder is None or len(data) > LARGEST_BYTES:
            return None
        return b"%s\0%s\0%d\0%s" % (self._ours, os.fsencode(path), len(data), data)

    def found(self, state: bytes | None) -> tuple[Problem, ...] | None:
        """What was found in that state, if it is remembered."""
        if self._folder is None or state is None:
            return None
        try:
            entry = self._entry(self._folder, state).read_bytes()
            return _read(entry[len(state) :]) if entry.startswith(state) else None
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def remember(self, state: bytes, problems: tuple[Problem, ...]) -> None:
        """Keep what was found. Where nothing can be written nothing is kept, which costs time and no more."""
        if self._folder is None:
            return
        entry = self._entry(self._folder, state)
        unfinished = entry.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(self._folder)
            unfinished.write_bytes(state + _written(problems))
            unfinished.replace(entry)

    def _entry(self, folder: Path, state: bytes) -> Path:
        """Where it is kept; two states that share a place only drive each other out, as entries are compared whole."""
        return folder / f"{zlib.crc32(state):08x}{len(state):06x}{_ENDING}"

    def _make_room(self, folder: Path) -> None:
        """Forget the older half, once in a run, where there are too many."""
        if self._has_room:
            return
        self._has_room = True
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[: len(entries) // 2 if len(entries) > MOST_ENTRIES else 0]:
            entry.unlink(missing_ok=True)


def folder() -> Path | None:
    """Where to remember: beside the spoken clips, in the user's cache folder; None if there is none."""
    try:
        return _cache() / "checked"
    except RuntimeError:  # how Python says that a user has no home
        return None


def _cache() -> Path:
    chosen = os.environ.get("COACH_CACHE_DIR")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # noqa: PLC0415 - elsewhere it would cost as much time as all the rest of a remembered check

        return platformdirs.user_cache_path("mindful-run-coach", appauthor=False)
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "mindful-run-coach"


def _ours() -> bytes:
    """What our sources are, by the times and sizes of all that a check may go by."""
    return f"{zlib.crc32(repr([sys.version, *sorted(_stamps(str(PACKAGE)))]).encode()):08x}".encode()


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in ELSEWHERE:
                    yield from _stamps(entry.path)
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size


def _written(problems: tuple[Problem, ...]) -> bytes:
    if not problems:
        return b""
    import json  # noqa: PLC0415 - most sessions have no problems
    from dataclasses import asdict  # noqa: PLC0415 - the same

    return json.dumps([asdict(problem) for problem in problems]).encode()


def _read(text: bytes) -> tuple[Problem, ...]:
    if not text:
        return ()
    import json  # noqa: PLC0415 - most sessions have no problems

    return tuple(
        Problem(**{**each, "where": Location(**each["where"]), "fix": _fix(each["fix"])}) for each in json.loads(text)
    )


def _fix(read: Any) -> Fix | None:  # noqa: ANN401 - JSON
    if read is None:
        return None
    edits = (Edit(where=Location(**edit["where"]), text=edit["text"]) for edit in read["edits"])
    return Fix(title=read["title"], edits=tuple(edits))
