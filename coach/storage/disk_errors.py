"""A disk that refuses, told in one line."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from coach.errors import ExternalError
from coach.storage.folders import DATA_VARIABLE

_ELSEWHERE = f"name a folder of your own in {DATA_VARIABLE}"

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space, and run the same command again"),
    errno.EDQUOT: ("your share of the disk is full", "free some space, and run the same command again"),
    errno.EROFS: ("the disk is read-only", _ELSEWHERE),
    errno.EACCES: ("it is not allowed", _ELSEWHERE),
    errno.EPERM: ("it is not allowed", _ELSEWHERE),
    errno.ENOTDIR: ("part of its path is a file, not a folder", _ELSEWHERE),
    errno.EEXIST: ("part of its path is a file, not a folder", _ELSEWHERE),
    errno.ENAMETOOLONG: ("its path is too long", _ELSEWHERE),
}


@contextmanager
def explain_disk_errors(path: Path) -> Iterator[None]:
    """Whatever the disk refuses within is about this path.

    Raises:
        OutsideError: It refused; why, and what to do.
    """
    try:
        yield
    except OSError as error:
        reason, way_out = _REASONS.get(error.errno or 0, (error.strerror or "the disk failed", _ELSEWHERE))
        raise ExternalError(f"cannot write {path}: {reason}", help=way_out) from error


def write_whole(file: RawIOBase, block: bytes) -> None:
    """Write a block without a buffer, so that a full disk is noticed here and now."""
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def sync(path: Path) -> None:
    """Wait until the disk holds a file or a folder. Some systems cannot open a folder, and some disks cannot wait."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
