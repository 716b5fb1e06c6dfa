"""SQLite database of the diary: schema migrations, transactions, and errors in plain words."""

import errno
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.storage.file_input import read_mode
from coach.storage.folders import DATA_VARIABLE
from coach.translation import _, mark_message

APPLICATION_ID = int.from_bytes(b"Adem")

# Migrations: each step takes a file from one version to the next. Files of every version exist: add, never change.
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

# Which of SQLite's file systems: its own choice.
_FILE_SYSTEM = ""
_OWN_SUFFIXES = ("-wal", "-shm", "-journal")
_ELSEWHERE = mark_message("name a folder of your own in {variable}")
_ASIDE = mark_message(
    "move it to another folder, with the files whose names begin with its name; then a new one is created"
)
_FREE_SPACE = mark_message("free some space, and try again")
_REPORT = mark_message("try again; if it stays, keep a copy of the file, and report it")

_NO_LOCKS = (
    mark_message("its disk cannot lock it, as a disk of another computer"),
    mark_message("name a folder on a disk of this computer in {variable}"),
)

_IN_USE = (mark_message("another coach process is writing to it"), mark_message("wait until it is done, and try again"))
_NO_MEMORY = (mark_message("there is too little memory"), mark_message("close other programs, and try again"))
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_UNWRITABLE = (
    *("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"),
    *("SQLITE_IOERR_SHM", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE"),
)

# By the names of SQLite's result codes, the longest first: https://sqlite.org/rescode.html
_FAULTS = {
    "SQLITE_IOERR_CHECKRESERVEDLOCK": _NO_LOCKS,
    "SQLITE_IOERR_BLOCKED": _IN_USE,
    "SQLITE_IOERR_RDLOCK": _NO_LOCKS,
    "SQLITE_IOERR_UNLOCK": _NO_LOCKS,
    "SQLITE_IOERR_SHMLOCK": _NO_LOCKS,
    "SQLITE_IOERR_SHMSIZE": (mark_message("the disk is full"), _FREE_SPACE),
    "SQLITE_IOERR_NOMEM": _NO_MEMORY,
    "SQLITE_IOERR_LOCK": _NO_LOCKS,
    "SQLITE_IOERR": (mark_message("the disk failed"), mark_message("check the disk, and try again")),
    "SQLITE_PROTOCOL": _NO_LOCKS,
    "SQLITE_READONLY": (mark_message("it cannot be written"), _ELSEWHERE),
    "SQLITE_CANTOPEN": (mark_message("it cannot be opened"), _ELSEWHERE),
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_NOLFS": (mark_message("its disk does not take a file this large"), _ELSEWHERE),
    "SQLITE_NOMEM": _NO_MEMORY,
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_FULL": (mark_message("the disk is full"), _FREE_SPACE),
    "SQLITE_PERM": (mark_message("it cannot be written"), _ELSEWHERE),
    "SQLITE_AUTH": (mark_message("it cannot be opened"), _ELSEWHERE),
}

# What a disk says on which SQLite cannot share memory between processes, as its write-ahead log needs.
_NO_SHARED_MEMORY = ("SQLITE_IOERR_SHM", "SQLITE_CANTOPEN", "SQLITE_PROTOCOL", "SQLITE_READONLY_CANTINIT")


class DamagedError(Exception):
    """The file holds values that the coach cannot have written."""


@contextmanager
def open_database(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    """Open the diary's file for reading and writing; create it if it is missing, and migrate it to the newest version.

    Its folder is created, too. ``patience_s`` is how long to wait for another process that is writing.

    Raises:
        ExternalError: the disk failed, the file is damaged, is no diary, or was written by a newer coach. The file
            is left unchanged.
    """
    with _explain_faults(path), _open_for_writing(path, patience_s) as connection:
        yield connection


@contextmanager
def read_database(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    """Open the diary's file for reading: as `open_database` does, or as it stands on a disk that cannot be written.

    Raises:
        ExternalError: as `open_database`.
    """
    with _explain_faults(path), ExitStack() as opened:
        yield _open_for_reading(path, patience_s, opened)


def _open_for_reading(path: Path, patience_s: float, opened: ExitStack) -> sqlite3.Connection:
    if not _has_no_room(path):
        try:
            return opened.enter_context(_open_for_writing(path, patience_s))
        except (sqlite3.OperationalError, OSError) as error:
            if not _is_unwritable(error):
                raise
    return opened.enter_context(_open_as_it_stands(path, patience_s))


@contextmanager
def _explain_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except (DamagedError, UnicodeDecodeError) as error:  # SQLite's own messages may quote what is damaged
        raise _make_damage_error(path) from error
    except sqlite3.DatabaseError as error:
        if type(error) not in {sqlite3.DatabaseError, sqlite3.OperationalError, sqlite3.InternalError}:
            raise  # a bug of ours, not a fault of the file
        raise _explain_database_error(path, error) from error
    except OSError as error:
        raise _explain_os_error(path, error) from error


@contextmanager
def _open_for_writing(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    _create_file(path)
    _refuse_other_files(path)
    try:
        _check_file(path, patience_s)
        _make_private(path)
        with _connect(path, "rw", patience_s) as connection:
            _bring_up_to_date(connection)
            yield connection
    except sqlite3.OperationalError as error:
        if _is_unwritable(error):
            _remove_unfinished_index(path)
        raise


_INDEX_BYTES = 32_768  # of SQLite's index of its log


def _has_no_room(path: Path) -> bool:
    """Return whether the disk has no room for an index, and no process has made one."""
    is_in_use = _read_size(_name_index(path)) >= _INDEX_BYTES
    return not is_in_use and shutil.disk_usage(path.parent).free < 2 * _INDEX_BYTES


def _name_index(path: Path) -> Path:
    return path.with_name(f"{path.name}-shm")


def _is_unwritable(error: sqlite3.Error | OSError) -> bool:
    """Return whether an error says that a disk cannot be written, be it full or read-only."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
    name: str = getattr(error, "sqlite_errorname", "")
    return name.startswith(_UNWRITABLE)


@contextmanager
def _open_as_it_stands(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    """Open a file on a disk that cannot be written, where no other process can change it either.

    What a killed process left in a log beside it is read from a copy.
    """
    _refuse_other_files(path)
    left = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    with ExitStack() as opened:
        if any(map(_read_size, left)):
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            for each in filter(_read_size, (path, *left)):
                shutil.copyfile(each, folder / each.name)
            yield opened.enter_context(_open_for_writing(folder / path.name, patience_s))
        elif not _read_size(path):
            connection = opened.enter_context(closing(sqlite3.connect(":memory:", isolation_level=None)))
            _bring_up_to_date(connection)
            yield connection
        else:
            connection = opened.enter_context(_connect(path, "ro&immutable=1", patience_s))
            _check_database(connection, path)
            yield connection


def _remove_unfinished_index(path: Path) -> None:
    """Remove the index that SQLite had no room for; one that is in use is larger."""
    with suppress(OSError):
        if _name_index(path).stat().st_size < _INDEX_BYTES:
            _name_index(path).unlink()


def _create_file(path: Path) -> None:
    """Create an empty file that only its owner can read. SQLite gives its journal files the same permissions."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NONBLOCK", 0), 0o600))


def _refuse_other_files(path: Path) -> None:
    """Refuse a pipe or a device in place of the file or of one of SQLite's own files: reading it might never end."""
    for suffix in ("", *_OWN_SUFFIXES):
        mode = read_mode(each := path.with_name(path.name + suffix))
        if mode and not stat.S_ISREG(mode):
            reason = _("{name} beside it is not a regular file", name=each.name) if suffix else None
            raise _make_error(path, reason or _("it is not a regular file"), _ELSEWHERE)


def _make_private(path: Path) -> None:
    """Remove permissions of other users, which a copy or a backup may have added."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        with suppress(PermissionError):  # another user owns the file
            path.chmod(0o600)


@contextmanager
def _connect(path: Path, mode: str, patience_s: float, *, locking: str = "NORMAL") -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}{_FILE_SYSTEM}"
    with closing(sqlite3.connect(uri, uri=True, timeout=patience_s, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA locking_mode = {locking}")
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


def _check_file(path: Path, patience_s: float) -> None:
    """Refuse a file that is not a complete diary of a known version, without changing it."""
    try:
        with _connect(path, "ro", patience_s) as connection:
            _check_database(connection, path)
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(_NO_SHARED_MEMORY):
            with _connect(path, "rw", patience_s, locking="EXCLUSIVE") as connection:
                _leave_write_ahead_log(connection)
        elif name != "SQLITE_READONLY_ROLLBACK":
            raise
        with _connect(path, "rw", patience_s) as connection:
            _query_value(connection, "PRAGMA user_version")  # rolls back what a killed process left
            _check_database(connection, path)


def _leave_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Bring what is in the log into the file, and do without a log, which this disk does not support.

    Locked for one process, it needs no memory that is shared.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA locking_mode = NORMAL")
    _query_value(connection, "PRAGMA schema_version")  # releases the lock


def _check_database(connection: sqlite3.Connection, path: Path) -> None:
    size = _read_size(path)  # first, as another process may create the database meanwhile
    owner, version = _query_value(connection, "PRAGMA application_id"), _query_value(connection, "PRAGMA user_version")
    if not size and not owner:
        return
    if owner != APPLICATION_ID:
        raise ExternalError(_("{path} is not a diary of the coach, and was left as it is", path=path), help=_(_ASIDE))
    if version > len(STEPS):
        raise ExternalError(
            _("the diary {path} was written by a newer coach, and was left as it is", path=path),
            help=_("update the coach"),
        )
    wal = path.with_name(f"{path.name}-wal")
    is_truncated = size % _query_value(connection, "PRAGMA page_size") and not _read_size(wal)
    if is_truncated or _query_value(connection, "PRAGMA quick_check") != "ok" or not _has_schema(connection, version):
        raise DamagedError


def _has_schema(connection: sqlite3.Connection, version: int) -> bool:
    """Return whether the tables are those that the steps up to a version make."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in (statement for step in STEPS[:version] for statement in step):
            fresh.execute(statement)
        made = set(fresh.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    return made <= set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    if _query_value(connection, "PRAGMA user_version") < len(STEPS):
        with begin_transaction(connection):
            version = _query_value(connection, "PRAGMA user_version")  # again, as another process may have migrated it
            for statement in (statement for step in STEPS[version:] for statement in step):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        _query_value(connection, "PRAGMA schema_version")
    except sqlite3.OperationalError as error:  # or another process has it open, and the next one tries again
        if error.sqlite_errorname.startswith(_NO_SHARED_MEMORY):
            _leave_write_ahead_log(connection)


def diary_exists(path: Path) -> bool:
    """Return whether the file exists.

    Raises:
        ExternalError: its folder cannot be read.
    """
    try:
        return path.exists()
    except OSError as error:
        raise _explain_os_error(path, error) from error


@contextmanager
def begin_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Begin a transaction: when it ends, all of its changes are on the disk, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _read_size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _query_value(connection: sqlite3.Connection, query: str) -> Any:  # noqa: ANN401 - a number or a text, as the query asks
    return connection.execute(query).fetchone()[0]


def _explain_database_error(path: Path, error: sqlite3.Error) -> ExternalError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_DAMAGE) or not name:  # without a name Python could not decode a text
        return _make_damage_error(path)
    known = (fault for start, fault in _FAULTS.items() if name.startswith(start))
    reason, advice = next(known, (str(error), _REPORT))
    return _make_error(path, _(reason), advice)


def _explain_os_error(path: Path, error: OSError) -> ExternalError:
    return _make_error(path, error.strerror or str(error), _ELSEWHERE)


def _make_error(path: Path, reason: str, way_out: str) -> ExternalError:
    message = _("cannot use the diary {path}: {reason}", path=path, reason=reason)
    return ExternalError(message, help=_(way_out, variable=DATA_VARIABLE))


def _make_damage_error(path: Path) -> ExternalError:
    return ExternalError(_("the diary {path} is damaged, and was left as it is", path=path), help=_(_ASIDE))
