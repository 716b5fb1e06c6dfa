"""Disk errors as sentences: what a refused write means, and what to do about it."""

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
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file grew larger than is allowed here",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "it is not allowed",
    errno.EPERM: "it is not allowed",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "part of its path is a file, not a folder",
    errno.EEXIST: "part of its path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder",
    errno.EIO: "the disk failed",
}

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def explain_errno(error: OSError) -> str:
    """Why the disk or a folder refused, in a few words."""
    return REASONS.get(error.errno or 0) or error.strerror or REASONS[errno.EIO]


@contextmanager
def explain_disk_errors(path: Path) -> Iterator[None]:
    """Turn every `OSError` inside the block into a sentence about this path in the data folder.

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
    """Write a block to an unbuffered file, so that a full disk is noticed here and now."""
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
