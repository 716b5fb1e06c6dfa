"""Atomic writes: a file is replaced completely or left unchanged; why a disk refuses a write; the lock of a folder."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from coach.errors import ExternalError
from coach.storage.folders import DATA_VARIABLE
from coach.translation import _, mark_message

_REASONS = {
    errno.ENOSPC: mark_message("the disk is full"),
    errno.EDQUOT: mark_message("the disk quota is exceeded"),
    errno.EFBIG: mark_message("the file is larger than is allowed here"),
    errno.EROFS: mark_message("the disk is read-only"),
    errno.EACCES: mark_message("permission denied"),
    errno.EPERM: mark_message("permission denied"),
    errno.ENOENT: mark_message("its folder does not exist"),
    errno.ENOTDIR: mark_message("part of its path is a file, not a folder"),
    errno.EEXIST: mark_message("part of its path is a file, not a folder"),
    errno.ENAMETOOLONG: mark_message("the name is too long"),
    errno.EISDIR: mark_message("it is a folder"),
    errno.EIO: mark_message("the disk failed"),
    errno.EBADF: mark_message("it is closed"),
}

_OTHER_FOLDER = mark_message("write to a folder of your own")

_WAYS_OUT = {
    errno.ENOSPC: mark_message("free some space, or write to another disk"),
    errno.EDQUOT: mark_message("free some space, or write to another disk"),
    errno.EFBIG: mark_message("write to another disk, or at a lower bit rate"),
    errno.ENOENT: mark_message("make the folder first, or correct its name"),
    errno.ENOTDIR: mark_message("correct the path"),
    errno.ENAMETOOLONG: mark_message("choose a shorter name"),
    errno.EISDIR: mark_message("give a file name inside it"),
    errno.EIO: mark_message("write to another disk"),
}

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_UNFINISHED = re.compile(r"\.coach-(\d+)-[0-9a-f]{8}\.part")
_FAILURES_OF_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@contextmanager
def write_atomically(target: Path) -> Iterator[Path]:
    """Yield a temporary path, which replaces ``target`` if the block succeeds and is removed if it fails.

    Temporary files of killed processes in the same folder are removed first.

    Raises:
        ExternalError: The disk or the folder refused the write; the message says why.
    """
    shown, target = target, Path(os.path.realpath(target))
    unfinished = _name_unfinished(target)
    try:
        _check_is_file(target, shown)
        remove_stale_files(target.parent)
        with _replace_when_done(unfinished, target):
            yield unfinished
    except OSError as error:
        if not _is_about(error, target, unfinished):
            raise
        raise _explain_refusal(shown, error) from error


def replace_bytes(target: Path, data: bytes) -> None:
    """Write a cache file atomically, and create its folder if needed.

    Raises:
        OSError: The disk or the folder refused.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _name_unfinished(target)
    with _replace_when_done(unfinished, target):
        unfinished.write_bytes(data)


def _name_unfinished(target: Path) -> Path:
    """Make a hidden name in the target's folder, so that the rename is atomic even in a power failure."""
    return target.with_name(f".coach-{os.getpid()}-{secrets.token_hex(4)}.part")


@contextmanager
def _replace_when_done(unfinished: Path, target: Path) -> Iterator[None]:
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield
        sync(unfinished)
        unfinished.replace(target)
        sync(target.parent)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()


def make_folder_for(target: Path) -> None:
    """Create the folder of a file, and its parents.

    Raises:
        ExternalError: The disk or a folder refused; the message says why.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _explain_refusal(target, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))) from error
    except OSError as error:
        raise _explain_refusal(target, error) from error


def write_text(target: Path, text: str) -> None:
    """Write a small text file atomically.

    Raises:
        ExternalError: As `write_atomically`.
    """
    with write_atomically(target) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def remove_stale_files(folder: Path) -> None:
    """Remove the temporary files of dead processes from a folder, as far as possible."""
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            match = _UNFINISHED.fullmatch(entry.name)
            if match and not _is_alive(int(match[1])):
                entry.unlink()


def _is_alive(process_id: int) -> bool:
    if os.name == "nt":
        return False  # a file in use cannot be removed there anyway, and os.kill would end the process
    try:
        os.kill(process_id, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _check_is_file(target: Path, shown: Path) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(mode):
        raise ExternalError(
            _("cannot write {shown}: it is a device, not a file", shown=shown), help=_("give the name of a file")
        )


def _is_about(error: OSError, target: Path, unfinished: Path) -> bool:
    """Return whether an error concerns our file: others may be read meanwhile. Write errors carry no file name."""
    if error.filename is None:
        return error.errno in _FAILURES_OF_WRITING
    return error.filename in {str(target), str(unfinished), str(target.parent)}


def rewrite_file(path: Path, data: bytes) -> None:
    """Replace a file's contents atomically, and keep its permissions.

    Raises:
        ExternalError: the disk or the folder refused.
    """
    with write_atomically(path) as unfinished:
        unfinished.write_bytes(data)
        shutil.copymode(path, unfinished)


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


def explain_errno(error: OSError) -> str:
    """Explain in a few words why the disk or a folder refused a write."""
    return _(_REASONS.get(error.errno or 0) or error.strerror or _REASONS[errno.EIO])


@contextmanager
def explain_disk_errors(path: Path) -> Iterator[None]:
    """Raise every `OSError` inside the block as a message about this path in the data folder.

    Raises:
        ExternalError: The disk or the folder refused; why, and what to do.
    """
    try:
        yield
    except OSError as error:
        way_out = _("name a folder of your own in {variable}", variable=DATA_VARIABLE)
        if error.errno in _FULL:
            way_out = _("free some space, and run the same command again")
        message = _("cannot write {file}: {reason}", file=path, reason=explain_errno(error))
        raise ExternalError(message, help=way_out) from error


def _explain_refusal(target: Path, error: OSError) -> ExternalError:
    way_out = _(_WAYS_OUT.get(error.errno or 0, _OTHER_FOLDER))
    return ExternalError(_("cannot write {file}: {reason}", file=target, reason=explain_errno(error)), help=way_out)


@contextmanager
def lock_folder(file: Path, what: str) -> Iterator[None]:
    """Hold a lock that other processes cannot take meanwhile. The system releases it when a process is killed.

    The file is created if needed, and never removed: removing it would let two processes in. ``what`` is what the other
    process is doing, for the error message.

    Raises:
        ExternalError: Another process holds it, or the file cannot be created.
    """
    with explain_disk_errors(file):
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise ExternalError(
                _("another coach process is {what}", what=what), help=_("wait until it finishes")
            ) from error
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
