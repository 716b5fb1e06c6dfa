"""How the diary's file is laid out, and the steps that brought it there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.storage.folders import DATA_VARIABLE

APPLICATION_ID = int.from_bytes(b"Adem")

# Each step takes a file from one version to the next. Files with earlier steps are out there: add, never change.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE run (
            id TEXT NOT NULL PRIMARY KEY,
            started_at TEXT NOT NULL,
            language TEXT NOT NULL,
            session TEXT,
            title TEXT,
            form TEXT,
            length_s REAL,
            cadence_spm REAL,
            ran_s REAL NOT NULL,
            ended TEXT NOT NULL CHECK (ended IN ('finished', 'walked-out', 'stopped', 'open')),
            tension_before INTEGER CHECK (tension_before BETWEEN 1 AND 10),
            tension_after INTEGER CHECK (tension_after BETWEEN 1 AND 10),
            need TEXT CHECK (need IN ('movement', 'silence', 'rhythm', 'fresh-air')),
            wanted_s REAL,
            lighter TEXT
        )
        """,
    ),
)

_ELSEWHERE = f"name a folder of your own in {DATA_VARIABLE}"

_ASIDE = "move it aside, with the files beside it whose names begin alike, and a new one is begun"

_FREE_SPACE = "free some space, and try again"

_FAULTS = {
    "SQLITE_BUSY": ("another coach is writing in it", "wait until that one is done, and try again"),
    "SQLITE_FULL": ("the disk is full", _FREE_SPACE),
    "SQLITE_IOERR_SHMSIZE": ("the disk is full", _FREE_SPACE),
    "SQLITE_IOERR": ("the disk failed", "see that the disk is well, and try again"),
    "SQLITE_READONLY": ("it cannot be written", _ELSEWHERE),
    "SQLITE_CANTOPEN": ("it cannot be opened", _ELSEWHERE),
}


class DamagedError(Exception):
    """What is in the file cannot have been put there by a coach."""


@contextmanager
def database(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    """The diary's file, made if it is not there, brought to the newest version, and open for reading and writing.

    Args:
        path: the file. Its folder is made, too.
        patience_s: how long to wait for another coach that is writing.

    Raises:
        OutsideError: the disk refused, the file is damaged, not a diary, or a newer coach's; what was there is as
            it was.
    """
    try:
        _make(path)
        _look(path, patience_s)
        _close_to_others(path)
        with _connected(path, "rw", patience_s) as connection:
            _bring_up_to_date(connection)
            yield connection
    except DamagedError as error:
        raise _damaged(path) from error
    except sqlite3.DatabaseError as error:
        if type(error) not in {sqlite3.DatabaseError, sqlite3.OperationalError}:
            raise  # a mistake of ours, not a fault of the file
        raise _told(path, error) from error
    except OSError as error:
        raise _refused(path, error) from error


def _make(path: Path) -> None:
    """An empty file that only its owner can read, where there is none; the database makes those beside it alike."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _close_to_others(path: Path) -> None:
    """Take from others what a copy or a backup may have given them."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        with suppress(PermissionError):  # the file is another's, who may do with it what they like
            path.chmod(0o600)


@contextmanager
def _connected(path: Path, mode: str, patience_s: float) -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=patience_s, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


def _look(path: Path, patience_s: float) -> None:
    """Refuse a file that is not a whole diary of a version that is known, without touching it."""
    try:
        with _connected(path, "ro", patience_s) as connection:
            _look_into(connection, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        with _connected(path, "rw", patience_s) as connection:
            _value(connection, "PRAGMA user_version")  # reading undoes what a killed coach had half made
            _look_into(connection, path)


def _look_into(connection: sqlite3.Connection, path: Path) -> None:
    size = _size(path)  # before anything is read, as another coach may begin the file meanwhile
    owner, version = _value(connection, "PRAGMA application_id"), _value(connection, "PRAGMA user_version")
    if not size and not owner:
        return
    if owner != APPLICATION_ID:
        raise ExternalError(f"{path} is not a diary of the coach, and was left as it is", help=_ASIDE)
    if version > len(STEPS):
        raise ExternalError(
            f"the diary {path} was written by a newer coach, and was left as it is", help="update the coach"
        )
    halved = size % _value(connection, "PRAGMA page_size") and not _size(path.with_name(f"{path.name}-wal"))
    if halved or _value(connection, "PRAGMA quick_check") != "ok":
        raise DamagedError


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    if _value(connection, "PRAGMA user_version") < len(STEPS):
        with writing(connection):
            version = _value(connection, "PRAGMA user_version")  # again, as another coach may have been first
            for statement in (statement for step in STEPS[version:] for statement in step):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    with suppress(sqlite3.OperationalError):  # another coach has it open; it will be asked again
        connection.execute("PRAGMA journal_mode = WAL")


def is_there(path: Path) -> bool:
    """Whether there is anything at a path.

    Raises:
        OutsideError: one may not even look.
    """
    try:
        return path.exists()
    except OSError as error:
        raise _refused(path, error) from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside is on the disk when it ends, or nothing is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _value(connection: sqlite3.Connection, query: str) -> Any:  # noqa: ANN401 - a number or a text, as the query asks
    return connection.execute(query).fetchone()[0]


def _told(path: Path, error: sqlite3.Error) -> ExternalError:
    name = getattr(error, "sqlite_errorname", "")
    known = next((fault for start, fault in _FAULTS.items() if name.startswith(start)), None)
    if known is None:
        return _damaged(path)
    reason, way_out = known
    return ExternalError(f"cannot use the diary {path}: {reason}", help=way_out)


def _refused(path: Path, error: OSError) -> ExternalError:
    return ExternalError(f"cannot use the diary {path}: {error.strerror}", help=_ELSEWHERE)


def _damaged(path: Path) -> ExternalError:
    return ExternalError(f"the diary {path} is damaged, and was left as it is", help=_ASIDE)
