"""Where the diary lies."""

import os
from pathlib import Path

import platformdirs

from coach.errors import OutsideError

DATA_VARIABLE = "COACH_DATA_DIR"
_NAME = "mindful-run-coach"
_FILE = "journal.sqlite3"


def diary_file() -> Path:
    """The diary's file, which may not be there yet.

    It is in the folder that the environment names in ``COACH_DATA_DIR``, else in the user's own data folder.

    Raises:
        OutsideError: the user has no such folder.
    """
    return _folder() / _FILE


def _folder() -> Path:
    chosen = os.environ.get(DATA_VARIABLE)
    try:
        if chosen:
            return Path(chosen).expanduser()
        folder = platformdirs.user_data_path(_NAME, appauthor=False)
        if folder.is_absolute():
            return folder
    except RuntimeError:  # how Python says that a user has no home
        pass
    raise OutsideError(
        "there is no folder to keep the diary in: this user has no home",
        help=f"set {DATA_VARIABLE} to a folder of your own",
    )
