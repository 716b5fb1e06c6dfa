"""One process at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import ExternalError
from coach.storage.disk_errors import explain_disk_errors


@contextmanager
def lock_folder(file: Path, what: str) -> Iterator[None]:
    """Hold a lock while something is done that two must not do at once. A killed process holds none.

    Args:
        file: Made if it is not there, and left there: to remove it would let two in.
        what: What another is doing, if it is.

    Raises:
        ExternalError: Another holds it, or the file cannot be made.
    """
    with explain_disk_errors(file):
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise ExternalError(f"another coach is {what}", help="wait until that one is done") from error
        yield
    finally:
        os.close(handle)  # which lets go of it


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - the same

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
