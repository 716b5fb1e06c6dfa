"""Where the coach keeps what is the user's own: the diary, and voices that were added."""

import os
from pathlib import Path

import platformdirs

from coach.errors import OutsideError

DATA_VARIABLE = "COACH_DATA_DIR"
_NAME = "mindful-run-coach"


def data_folder(kept: str) -> Path:
    """The folder for what must outlast a cleaned-out cache, which may not be there yet.

    It is the one that the environment names in ``COACH_DATA_DIR``, else in the user's own data folder.

    Args:
        kept: What is to be kept there, for a user who has no such folder.

    Raises:
        OutsideError: The user has no such folder.
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
    raise OutsideError(
        f"there is no folder to keep {kept} in: this user has no home",
        help=f"set {DATA_VARIABLE} to a folder of your own",
    )
