"""Notices that files have changed, by looking at them: robust against every way in which editors save."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Clock = Callable[[], float]

FileStamp = tuple[int, int, int] | None

"""When a file was changed, in nanoseconds, its size and its number on the disk; None where there is no file."""


class FileWatcher:
    """Compares files with how they were when they were last taken note of.

    A file that is replaced is another file, one that is gone has changed, and so has one that comes back. One that a
    link leads to is looked at itself.

    Args:
        clock: the time in seconds.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted: dict[Path, FileStamp] = {}
        self._seen: dict[Path, FileStamp] = {}
        self._still_since_s = clock()

    @property
    def looks(self) -> Mapping[Path, FileStamp]:
        """The files as they were when they were last taken note of."""
        return self._noted

    def watch(self, files: Iterable[Path]) -> None:
        """Look at these files, too, from now on."""
        new = {file: _stamp(file) for file in files if file not in self._noted}
        self._noted = {**self._noted, **new}
        self._seen = {**self._seen, **new}

    def still_s(self) -> float | None:
        """For how long nothing more has changed since the first change that was not noted; None without one."""
        seen = {file: _stamp(file) for file in self._noted}
        if seen != self._seen:
            self._seen = seen
            self._still_since_s = self._clock()
        return self._clock() - self._still_since_s if self._seen != self._noted else None

    def note(self) -> frozenset[Path]:
        """Take note of the files as they were last seen; which of them have changed since the last time."""
        changed = _find_changed(self._noted, self._seen)
        self._noted = dict(self._seen)
        return changed


def _find_changed(before: Mapping[Path, FileStamp], now: Mapping[Path, FileStamp]) -> frozenset[Path]:
    return frozenset(file for file, look in now.items() if look != before[file])


def _stamp(file: Path) -> FileStamp:
    try:
        state = os.stat(file)  # noqa: PTH116 - as Path.stat, and several times a second
    except (OSError, ValueError):  # not there, not ours to see, or no name that a file can have
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
