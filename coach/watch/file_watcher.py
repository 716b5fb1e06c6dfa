"""File watcher: polls modification times, sizes and inodes, and so notices every way in which editors save."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Clock = Callable[[], float]

FileStamp = tuple[int, int, int] | None

"""A file's modification time in nanoseconds, its size and its inode; None where there is no file."""


class FileWatcher:
    """Compares files with their last accepted state.

    A file that was replaced, is gone or is back has changed. Symbolic links are followed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accepted: dict[Path, FileStamp] = {}
        self._seen: dict[Path, FileStamp] = {}
        self._still_since_s = clock()

    @property
    def stamps(self) -> Mapping[Path, FileStamp]:
        """The stamps of the last accepted state."""
        return self._accepted

    def watch(self, files: Iterable[Path]) -> None:
        """Watch these files as well."""
        new = {file: _read_stamp(file) for file in files if file not in self._accepted}
        self._accepted = {**self._accepted, **new}
        self._seen = {**self._seen, **new}

    def measure_quiet_s(self) -> float | None:
        """Measure for how long nothing has changed since a change not accepted yet; None if there is none."""
        seen = {file: _read_stamp(file) for file in self._accepted}
        if seen != self._seen:
            self._seen = seen
            self._still_since_s = self._clock()
        return self._clock() - self._still_since_s if self._seen != self._accepted else None

    def accept_changes(self) -> frozenset[Path]:
        """Accept the files as last seen; return those that have changed."""
        changed = _find_changed(self._accepted, self._seen)
        self._accepted = dict(self._seen)
        return changed


def _find_changed(before: Mapping[Path, FileStamp], now: Mapping[Path, FileStamp]) -> frozenset[Path]:
    return frozenset(file for file, stamp in now.items() if stamp != before[file])


def _read_stamp(file: Path) -> FileStamp:
    try:
        state = os.stat(file)  # noqa: PTH116 - as Path.stat, and several times a second
    except (OSError, ValueError):  # missing, not readable, or an impossible name
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
