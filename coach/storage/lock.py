"""File lock, so that one process at a time changes a folder."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import ExternalError
from coach.storage.disk_errors import explain_disk_errors


@contextmanager
def lock_folder(file: Path, what: str) -> Iterator[None]:
    """Hold a lock that other processes cannot take meanwhile. The system releases it when a process is killed.

    Args:
        file: Created if it does not exist, and never removed: removing it would let two processes in.
        what: What the other process is doing, for the error message.

    Raises:
        ExternalError: Another process holds it, or the file cannot be created.
    """
    with explain_disk_errors(file):
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise ExternalError(f"another coach process is {what}", help="wait until it finishes") from error
        yield
    finally:
        os.close(handle)  # which releases the lock


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
