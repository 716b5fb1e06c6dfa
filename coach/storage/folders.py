"""User folders for data, logs and the cache, as the environment or the operating system names them."""

import errno
import os
import unicodedata
from pathlib import Path

from coach.errors import ExternalError
from coach.translation import _

DATA_VARIABLE = "COACH_DATA_DIR"
_NAME = "mindful-run-coach"


def find_data_folder(purpose: str) -> Path:
    """Find the folder for data that must outlast the cache: ``COACH_DATA_DIR``, else the user's data folder.

    It may not exist yet.
    ``purpose`` is what it is for, as the error message says.

    Raises:
        ExternalError: The user has no such folder.
    """
    import platformdirs  # noqa: PLC0415 - a cached check needs no such folder, and this takes a tenth of its time

    chosen = os.environ.get(DATA_VARIABLE)
    try:
        if chosen:
            return Path(chosen).expanduser()
        folder = platformdirs.user_data_path(_NAME, appauthor=False)
        if folder.is_absolute():
            return folder
    except RuntimeError:  # how Python says that a user has no home
        pass
    raise ExternalError(
        _("cannot find a folder for {purpose}: this user has no home directory", purpose=purpose),
        help=_("set {variable} to a folder of your own", variable=DATA_VARIABLE),
    )


_FILE = "journal.sqlite3"


def find_diary_file() -> Path:
    """Find the diary's file in the data folder, which may not exist yet.

    Raises:
        ExternalError: the user has no such folder.
    """
    return find_data_folder(_("the diary")) / _FILE


LOG_VARIABLE = "COACH_LOG_DIR"


def find_log_folder() -> Path:
    """Find the folder for the log file, which may not exist yet: ``COACH_LOG_DIR``, else the user's own for logs.

    Raises:
        ExternalError: the user has no such folder.
    """
    import platformdirs  # noqa: PLC0415 - as above

    chosen = os.environ.get(LOG_VARIABLE)
    try:
        folder = Path(chosen).expanduser() if chosen else platformdirs.user_log_path(_NAME, appauthor=False)
        if folder.is_absolute():
            return folder
    except RuntimeError:  # how Python says that a user has no home
        pass
    raise ExternalError(
        _("cannot find a folder for the log file: this user has no home directory"),
        help=_("set {variable} to a folder of your own", variable=LOG_VARIABLE),
    )


CACHE_VARIABLE = "COACH_CACHE_DIR"


def find_cache_folder() -> Path:
    """Find the coach's cache folder, and create it if it does not exist.

    It is ``COACH_CACHE_DIR``, even if its disk is full, else the user's cache folder, else, if that is not writable,
    a folder among the temporary files.

    Raises:
        ExternalError: None of these is writable.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        folder = Path(chosen).expanduser()
        if not _is_usable(folder, even_full=True):
            raise ExternalError(
                _("{variable} is {folder}, which is not writable", variable=CACHE_VARIABLE, folder=folder),
                help=_("set it to a writable folder"),
            )
        return folder
    for folder in (*_list_own_cache_folders(), _find_temporary_folder()):
        if _is_usable(folder):
            return folder
    raise ExternalError(
        _("cannot find a folder for the cache: neither the user's cache folder nor the temporary folder is writable"),
        help=_("set {variable} to a writable folder", variable=CACHE_VARIABLE),
    )


def _list_own_cache_folders() -> tuple[Path, ...]:
    import platformdirs  # noqa: PLC0415 - as above

    try:
        folder = platformdirs.user_cache_path(_NAME, appauthor=False)
    except RuntimeError:  # there is no home
        return ()
    return (folder,) if folder.is_absolute() else ()


def _find_temporary_folder() -> Path:
    import tempfile  # noqa: PLC0415 - imports much, and most commands need no such folder

    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"{_NAME}-{user}"


def _is_usable(folder: Path, *, even_full: bool = False) -> bool:
    """Return whether it is writable and owned by this user (the temporary folder is shared)."""
    import tempfile  # noqa: PLC0415 - as above

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        return not hasattr(os, "getuid") or os.getuid() in {0, folder.stat().st_uid}
    except OSError as error:
        return even_full and error.errno in {errno.ENOSPC, errno.EDQUOT}


def find_same_name(path: Path) -> Path:
    """Find a file whose path has the same letters, composed or not; the path itself if there is none.

    macOS and archives write *é* as two characters where keyboards write one.
    """
    if str(path).isascii() or path.parent == path or path.exists():
        return path
    folder, name = find_same_name(path.parent), unicodedata.normalize("NFC", path.name)
    try:
        return next((each for each in folder.iterdir() if unicodedata.normalize("NFC", each.name) == name), path)
    except OSError:
        return path
