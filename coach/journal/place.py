"""Where the diary lies."""

from pathlib import Path

from coach.folders import data_folder

_FILE = "journal.sqlite3"


def diary_file() -> Path:
    """The diary's file, which may not be there yet: in the user's data folder.

    Raises:
        OutsideError: the user has no such folder.
    """
    return data_folder("the diary") / _FILE
