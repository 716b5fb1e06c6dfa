"""Files that are there whole or not at all."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import ExternalError

_UNFINISHED = re.compile(r"\.coach-(\d+)-[0-9a-f]{8}\.part")

_FREE_SPACE = "free some space, or write to another disk"

_OTHER_FOLDER = "write to a folder of your own"

_REASONS = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("your share of the disk is full", _FREE_SPACE),
    errno.EFBIG: ("the file grew larger than is allowed here", "write to another disk, or at a lower bit rate"),
    errno.EROFS: ("the disk is read-only", _OTHER_FOLDER),
    errno.EACCES: ("it is not allowed", _OTHER_FOLDER),
    errno.EPERM: ("it is not allowed", _OTHER_FOLDER),
    errno.ENOENT: ("its folder does not exist", "make the folder first, or correct its name"),
    errno.ENOTDIR: ("part of its path is a file, not a folder", "correct the path"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
    errno.EEXIST: ("it is a device, not a file", "give the name of a file"),
    errno.EISDIR: ("it is a folder", "give a file name inside it"),
    errno.EIO: ("the disk failed", "write to another disk"),
}

_FAILURES_OF_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@contextmanager
def write_atomically(target: Path) -> Iterator[Path]:
    """A path to write to, which becomes ``target`` when the block ends well and is removed when it does not.

    The unfinished file is hidden beside the target, so that taking its place is one step that no power cut can halve.
    Those that a killed process left in the same folder are swept away first.

    Raises:
        OutsideError: The disk or the folder refused; in one line, why.
    """
    shown, target = target, Path(os.path.realpath(target))
    unfinished = target.with_name(f".coach-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        _refuse_all_but_files(target)
        remove_stale_files(target.parent)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield unfinished
        _sync(unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    except OSError as error:
        if not _is_about(error, target, unfinished):
            raise
        raise _refused(shown, error) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()


def make_folder_for(target: Path) -> None:
    """Make the folder a file is to lie in, and those around it.

    Raises:
        OutsideError: The disk or a folder refused; in one line, why.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _refused(target, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))) from error
    except OSError as error:
        raise _refused(target, error) from error


def _refused(target: Path, error: OSError) -> ExternalError:
    reason, way_out = _REASONS.get(error.errno or 0, (error.strerror, _OTHER_FOLDER))
    return ExternalError(f"cannot write {target}: {reason}", help=way_out)


def write_text(target: Path, text: str) -> None:
    """Write a small text file, whole or not at all.

    Raises:
        OutsideError: As `atomic`.
    """
    with write_atomically(target) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def remove_stale_files(folder: Path) -> None:
    """Remove what processes that are no more have left unfinished in a folder, as far as that is possible."""
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            match = _UNFINISHED.fullmatch(entry.name)
            if match and not _alive(int(match[1])):
                entry.unlink()


def _alive(process_id: int) -> bool:
    if os.name == "nt":
        return False  # where a file in use cannot be removed anyway, and asking would end the process
    try:
        os.kill(process_id, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _refuse_all_but_files(target: Path) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(mode):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _sync(path: Path) -> None:
    """Wait until the disk holds it. Some systems cannot open a folder, and some disks cannot be waited for."""
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


def _is_about(error: OSError, target: Path, unfinished: Path) -> bool:
    """Whether it was our file that failed: others may be read while ours is open. Failing writes bear no name."""
    if error.filename is None:
        return error.errno in _FAILURES_OF_WRITING
    return error.filename in {str(target), str(unfinished), str(target.parent)}


def rewrite_file(path: Path, data: bytes) -> None:
    """Give a file other contents, all of them or none; who may read it stays as it was.

    Raises:
        OutsideError: the disk or the folder refused.
    """
    with write_atomically(path) as unfinished:
        unfinished.write_bytes(data)
        shutil.copymode(path, unfinished)


def read_contents(path: Path) -> bytes:
    """What a file holds.

    Raises:
        OutsideError: it cannot be read any more.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExternalError(f"could not read {path}: {error.strerror}", help="check the file") from None
