"""Where the coach keeps what is the user's own: the diary, and voices that were added."""

import os
import tempfile
from pathlib import Path

import platformdirs

from coach.errors import ExternalError

DATA_VARIABLE = "COACH_DATA_DIR"

_NAME = "mindful-run-coach"


def data_folder(kept: str) -> Path:
    """The folder for what must outlast a cleaned-out cache, which may not be there yet.

    It is the one that the environment names in ``COACH_DATA_DIR``, else in the user's own data folder.

    Args:
        kept: What is to be kept there, for a user who has no such folder.

    Raises:
        ExternalError: The user has no such folder.
    """
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
        f"there is no folder to keep {kept} in: this user has no home",
        help=f"set {DATA_VARIABLE} to a folder of your own",
    )


_FILE = "journal.sqlite3"


def diary_file() -> Path:
    """The diary's file, which may not be there yet: in the user's data folder.

    Raises:
        ExternalError: the user has no such folder.
    """
    return data_folder("the diary") / _FILE


LOG_VARIABLE = "COACH_LOG_DIR"


def log_folder() -> Path:
    """The folder for the log file, which may not exist yet: ``COACH_LOG_DIR``, else the user's own folder for logs.

    Raises:
        ExternalError: the user has no such folder.
    """
    chosen = os.environ.get(LOG_VARIABLE)
    try:
        folder = Path(chosen).expanduser() if chosen else platformdirs.user_log_path(_NAME, appauthor=False)
        if folder.is_absolute():
            return folder
    except RuntimeError:  # how Python says that a user has no home
        pass
    raise ExternalError(
        "there is no folder for the log file: this user has no home", help=f"set {LOG_VARIABLE} to a folder of your own"
    )


CACHE_VARIABLE = "COACH_CACHE_DIR"


def cache_folder() -> Path:
    """The coach's cache folder, made if it was not there.

    It is what the environment says in ``COACH_CACHE_DIR``, else the user's cache folder, else, where nothing can be
    written there, one beside other temporary files.

    Raises:
        ExternalError: None of these can be written.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        folder = Path(chosen).expanduser()
        if not _is_usable(folder):
            raise ExternalError(
                f"{CACHE_VARIABLE} is {folder}, where nothing can be written", help="name a folder that can be written"
            )
        return folder
    for folder in (*_list_own_cache_folders(), _find_temporary_folder()):
        if _is_usable(folder):
            return folder
    raise ExternalError(
        "there is no folder to keep spoken clips in: neither the user's cache nor the temporary folder can be written",
        help=f"set {CACHE_VARIABLE} to a folder that can be written",
    )


def _list_own_cache_folders() -> tuple[Path, ...]:
    try:
        folder = platformdirs.user_cache_path(_NAME, appauthor=False)
    except RuntimeError:  # there is no home
        return ()
    return (folder,) if folder.is_absolute() else ()


def _find_temporary_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"{_NAME}-{user}"


def _is_usable(folder: Path) -> bool:
    """Whether files can be made in it, and it is no one else's (the temporary folder is shared)."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        return not hasattr(os, "getuid") or os.getuid() in {0, folder.stat().st_uid}
    except OSError:
        return False
