"""Cache of the problems found in sessions, and the check that needs nothing more for a session that has not changed.

A cache entry holds everything that decides what is found (the state of our own sources, the language of
messages, the file's name, its contents), and then the problems. A session that names other files depends on those, too,
so it is never cached.
"""

import contextlib
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.storage.file_input import open_regular, read_up_to
from coach.translation import get_language

if TYPE_CHECKING:
    from coach.diagnostics.problem import Fix, Problem

PACKAGE = Path(__file__).resolve().parent.parent

# Folders that no check imports: a change there changes no problem.
IGNORED_FOLDERS = {
    "__pycache__",
    "charts",
    "cli",
    "commands",
    "devices",
    "encoders",
    "export",
    "http",
    "journal",
    "pages",
    "play",
    "send",
    "voice_recording",
    "watch",
}

MAX_FILE_BYTES = 1 << 20
MAX_ENTRIES = 5_000
MAX_ENTRY_BYTES = 16 << 20
_ENDING = ".found"


class CheckCache:
    """A folder with an entry for each checked content of a file; without a folder nothing is cached."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._sources = _fingerprint_sources() + get_language().encode() if folder else b""
        self._has_room = False

    def read_state(self, path: Path) -> bytes | None:
        """Read all that decides which problems a file has now; None if that cannot be cached."""
        try:
            with open_regular(path) as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except (OSError, ValueError):
            return None
        if self._folder is None or len(data) > MAX_FILE_BYTES:
            return None
        return b"%s\0%s\0%d\0%s" % (self._sources, os.fsencode(path), len(data), data)

    def recall(self, state: bytes | None) -> "tuple[Problem, ...] | None":
        """Return the problems of a state; None if it is not cached."""
        if self._folder is None or state is None:
            return None
        try:
            entry = read_up_to(self._find_entry(self._folder, state), MAX_ENTRY_BYTES)
            return _problems_from_json(entry[len(state) :]) if entry.startswith(state) else None
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def remember(self, state: bytes, problems: "tuple[Problem, ...]") -> None:
        """Keep the problems of a state. Where nothing can be written, the next check only takes longer."""
        if self._folder is None:
            return
        entry = self._find_entry(self._folder, state)
        unfinished = entry.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(self._folder)
            unfinished.write_bytes(state + _problems_to_json(problems))
            unfinished.replace(entry)

    def _find_entry(self, folder: Path, state: bytes) -> Path:
        """Find the file of a state. States with the same file replace each other, as entries are compared whole."""
        return folder / f"{zlib.crc32(state):08x}{len(state):06x}{_ENDING}"

    def _make_room(self, folder: Path) -> None:
        """Delete the older half of the entries if there are too many; once per run."""
        if self._has_room:
            return
        self._has_room = True
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[: len(entries) // 2 if len(entries) > MAX_ENTRIES else 0]:
            entry.unlink(missing_ok=True)


def find_folder() -> Path | None:
    """Find the folder for the entries, in the user's cache folder; None if there is none."""
    try:
        return _find_cache_folder() / "checked"
    except RuntimeError:  # raised by Python for a user without a home folder
        return None


def _find_cache_folder() -> Path:
    chosen = os.environ.get("COACH_CACHE_DIR")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # noqa: PLC0415 - elsewhere importing it would take as long as the rest of a cached check

        return platformdirs.user_cache_path("mindful-run-coach", appauthor=False)
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "mindful-run-coach"


def _fingerprint_sources() -> bytes:
    """Make a fingerprint of our sources, by the times and sizes of all files that a check may depend on."""
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


def _problems_to_json(problems: "tuple[Problem, ...]") -> bytes:
    if not problems:
        return b""
    import json  # noqa: PLC0415 - most sessions have no problems
    from dataclasses import asdict  # noqa: PLC0415 - the same

    return json.dumps([asdict(problem) for problem in problems]).encode()


def _problems_from_json(text: bytes) -> "tuple[Problem, ...]":
    if not text:
        return ()
    from coach.diagnostics.problem import Location, Problem  # noqa: PLC0415 - most sessions have no problems
    from coach.storage.file_input import parse_json  # noqa: PLC0415 - the same

    return tuple(
        Problem(**{**each, "location": Location(**each["location"]), "fix": _fix_from_json(each["fix"])})
        for each in parse_json(text)
    )


def _fix_from_json(read: Any) -> "Fix | None":  # noqa: ANN401 - JSON
    if read is None:
        return None
    from coach.diagnostics.problem import Edit, Fix, Location  # noqa: PLC0415 - most sessions have no problems

    edits = (Edit(location=Location(**edit["location"]), text=edit["text"]) for edit in read["edits"])
    return Fix(title=read["title"], edits=tuple(edits))


def check_all(files: Sequence[Path]) -> "Iterator[Problem]":
    """Yield all problems of sessions, in the order of the files.

    Raises:
        UsageError: there is no such file.
        ExternalError: a file cannot be read.
    """
    cache = CheckCache(find_folder())
    states = [cache.read_state(file) for file in files]
    found = [cache.recall(state) for state in states]
    unknown = [number for number, problems in enumerate(found) if problems is None]
    if unknown:
        from coach.services.parallel_check import check_each  # noqa: PLC0415 - slow to import

        for number, finding in zip(unknown, check_each([files[number] for number in unknown]), strict=True):
            found[number] = finding.problems
            state = states[number]
            if state is not None and finding.is_cacheable and cache.read_state(files[number]) == state:
                cache.remember(state, finding.problems)
    for problems in found:
        yield from problems or ()
