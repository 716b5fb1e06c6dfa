"""Where spoken clips are kept between runs."""

import os
import tempfile
from pathlib import Path

import platformdirs

from coach.errors import OutsideError

CACHE_VARIABLE = "COACH_CACHE_DIR"
_NAME = "mindful-run-coach"


def cache_folder() -> Path:
    """The coach's cache folder, made if it was not there.

    It is what the environment says in ``COACH_CACHE_DIR``, else the user's cache folder, else, where nothing can be
    written there, one beside other temporary files.

    Raises:
        OutsideError: None of these can be written.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        folder = Path(chosen).expanduser()
        if not _usable(folder):
            raise OutsideError(
                f"{CACHE_VARIABLE} is {folder}, where nothing can be written", help="name a folder that can be written"
            )
        return folder
    for folder in (*_own(), _temporary()):
        if _usable(folder):
            return folder
    raise OutsideError(
        "there is no folder to keep spoken clips in: neither the user's cache nor the temporary folder can be written",
        help=f"set {CACHE_VARIABLE} to a folder that can be written",
    )


def _own() -> tuple[Path, ...]:
    try:
        folder = platformdirs.user_cache_path(_NAME, appauthor=False)
    except RuntimeError:  # there is no home
        return ()
    return (folder,) if folder.is_absolute() else ()


def _temporary() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"{_NAME}-{user}"


def _usable(folder: Path) -> bool:
    """Whether files can be made in it, and it is no one else's (the temporary folder is shared)."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        return not hasattr(os, "getuid") or os.getuid() in {0, folder.stat().st_uid}
    except OSError:
        return False
