"""Disk errors as messages: why a write failed, and what to do about it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from coach.errors import ExternalError
from coach.storage.folders import DATA_VARIABLE

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is exceeded",
    errno.EFBIG: "the file is larger than is allowed here",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "part of its path is a file, not a folder",
    errno.EEXIST: "part of its path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder",
    errno.EIO: "the disk failed",
    errno.EBADF: "it is closed",
}

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def explain_errno(error: OSError) -> str:
    """Explain in a few words why the disk or a folder refused a write."""
    return REASONS.get(error.errno or 0) or error.strerror or REASONS[errno.EIO]


@contextmanager
def explain_disk_errors(path: Path) -> Iterator[None]:
    """Raise every `OSError` inside the block as a message about this path in the data folder.

    Raises:
        ExternalError: The disk or the folder refused; why, and what to do.
    """
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        way_out = (
            "free some space, and run the same command again"
            if full
            else f"name a folder of your own in {DATA_VARIABLE}"
        )
        raise ExternalError(f"cannot write {path}: {explain_errno(error)}", help=way_out) from error


def write_whole(file: RawIOBase, block: bytes) -> None:
    """Write a block to an unbuffered file, so that a full disk is noticed at once."""
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def sync(path: Path) -> None:
    """Flush a file or a folder to disk. Windows cannot open a folder, and some file systems do not support fsync."""
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
