"""Diary: one record per run, kept on this computer only."""

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from coach.errors import ExternalError
from coach.journal.database import DamagedError, begin_transaction, diary_exists, open_database, read_database
from coach.languages.screen_words import Ended, Need
from coach.storage.atomic_write import lock_folder
from coach.storage.folders import find_diary_file
from coach.translation import _

CALMEST, TENSEST = 1, 10
DECIMALS = 6
"""Decimals of a length or a cadence: microseconds, so that a table of minutes can hold them exactly."""

_NUMBERS = ("length_s", "cadence_spm", "ran_s", "wanted_s")


def _make_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run, with the answers given before and after it; None where a question was not asked or not answered.

    Attributes:
        started_at: when the check-in began, in local time, with its UTC offset.
        language: the language that was spoken to the runner.
        session: the session's name or path. Like its title, form, length and cadence, None until one is chosen.
        title: the session's title, in the run's language.
        form: the session's form, such as ``reset``.
        length_s: how long the session was planned to last.
        cadence_spm: the cadence it was begun with, in steps per minute.
        ran_s: how much of the session was heard.
        ended: ``finished``; ``walked-out`` or ``stopped`` before its end; ``open`` while it is going on, and for
            good if the computer was switched off meanwhile.
        tension_before: from 1 (calm) to 10 (very tense).
        tension_after: the same, after the run.
        need: what the runner needed.
        wanted_s: how long the runner wanted to run.
        lighter: what feels lighter than before, in the runner's words.
        id: 32 hexadecimal digits, chosen at random.

    Raises:
        ValueError: ``started_at`` has no UTC offset, or an answer is out of range.
    """

    started_at: datetime
    language: str
    session: str | None = None
    title: str | None = None
    form: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    ran_s: float = 0.0
    ended: Ended = "open"
    tension_before: int | None = None
    tension_after: int | None = None
    need: Need | None = None
    wanted_s: float | None = None
    lighter: str | None = None
    id: str = field(default_factory=_make_id)

    def __post_init__(self) -> None:
        if self.started_at.utcoffset() is None:
            raise ValueError("started_at has no UTC offset")
        tensions = {self.tension_before, self.tension_after} - {None, *range(CALMEST, TENSEST + 1)}
        others = {self.need, self.ended} - {None, *get_args(Need), *get_args(Ended)}
        if tensions or others:
            raise ValueError(f"not a valid answer: {', '.join(map(repr, tensions | others))}")
        for name in _NUMBERS:
            if isinstance(value := getattr(self, name), float):
                object.__setattr__(self, name, round(value, DECIMALS))


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRun:
    """The fields of a `Run` that a file tells: at least ``started_at`` and ``ran_s``, and perhaps its ``id``."""

    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunMerge:
    """What an import changes: the runs to keep, and how many runs are new, the same, or different."""

    kept: tuple[Run, ...]
    added: int
    same: int
    differing: int


NEAR_ENOUGH = 0.05  # of seconds and of steps per minute, which spreadsheet programs round


def merge_runs(
    imported: Sequence[ImportedRun], existing: Sequence[Run], *, language: str, is_replacing: bool
) -> RunMerge:
    """Merge runs of a file into those of a diary. A run is known by its id, or without one by the minute it began.

    ``language`` is that of a new run that tells none. A run that differs stays as it is unless ``is_replacing``.
    """
    by_id = {run.id: run for run in existing}
    by_start = {to_minute(run.started_at): run for run in existing}
    added, changed, differing = [], [], 0
    for values in (each.values for each in imported):
        found = by_id.get(values["id"]) if "id" in values else by_start.get(to_minute(values["started_at"]))
        if found is None:
            added.append(Run(**{"language": language, "ended": "finished", **values}))
        elif changes := _find_changes(found, values):
            differing += 1
            changed.append(replace(found, **changes))
    return RunMerge(
        kept=(*added, *changed) if is_replacing else tuple(added),
        added=len(added),
        same=len(imported) - len(added) - differing,
        differing=differing,
    )


def to_minute(moment: datetime) -> datetime:
    """The minute in which a moment lies."""
    return moment.replace(second=0, microsecond=0)


def _find_changes(run: Run, values: Mapping[str, Any]) -> dict[str, Any]:
    names = values.keys() - ({"id"} if "id" in values else {"started_at"})
    return {name: values[name] for name in names if not _is_same(getattr(run, name), values[name])}


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < NEAR_ENOUGH
    return one == other


PATIENCE_S = 5.0

_KEEP = """
    INSERT OR REPLACE INTO run
        (id, started_at, language, session, title, form, length_s, cadence_spm, ran_s, ended,
         tension_before, tension_after, need, wanted_s, lighter)
    VALUES
        (:id, :started_at, :language, :session, :title, :form, :length_s, :cadence_spm, :ran_s, :ended,
         :tension_before, :tension_after, :need, :wanted_s, :lighter)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diary:
    """A diary in a file.

    The file is open only while it is read or written, so that two processes may share it, and one that is killed
    leaves it complete.
    """

    path: Path
    patience_s: float = PATIENCE_S

    def keep(self, run: Run) -> None:
        """Insert or update a run. When this returns, it is on the disk, even if the power fails.

        Raises:
            ExternalError: it could not be written; the diary is unchanged.
        """
        self.merge(lambda _: (run,))

    def merge(self, choose: Callable[[Sequence[Run]], Iterable[Run]]) -> None:
        """Insert or update runs, all of them or none.

        ``choose`` gets all runs of the diary, which no other process can change meanwhile, and returns those to keep.

        Raises:
            ExternalError: it could not be written; the diary is unchanged.
        """
        with open_database(self.path, self.patience_s) as connection, begin_transaction(connection):
            # a diary that cannot be read is not written to
            connection.executemany(_KEEP, [_to_row(run) for run in choose(_read_all(connection))])

    def delete(self, ids: Iterable[str]) -> None:
        """Delete runs, and overwrite what they held in the file.

        Raises:
            ExternalError: it could not be written; the diary is unchanged.
        """
        with open_database(self.path, self.patience_s) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            with begin_transaction(connection):
                connection.executemany("DELETE FROM run WHERE id = ?", [(each,) for each in ids])
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def hold(self, run: Run) -> Iterator[None]:
        """Let other processes know, until the block ends or this process does, that a run is being written.

        On a disk that cannot lock files they do not know.
        """
        file = self._name_lock(run)
        with ExitStack() as held:
            held.callback(_remove, file)
            with suppress(ExternalError):
                held.enter_context(lock_folder(file, _("writing this run")))
            yield

    def is_held(self, run: Run) -> bool:
        """Return whether another process is writing a run, as `coach play` does."""
        file = self._name_lock(run)
        try:
            if file.exists():
                with lock_folder(file, _("writing this run")):
                    pass
                _remove(file)  # its process was killed
        except (ExternalError, OSError):
            return True
        return False

    def _name_lock(self, run: Run) -> Path:
        return self.path.with_name(f"{self.path.name}-{''.join(filter(str.isalnum, run.id))}.lock")

    def read_runs(self) -> tuple[Run, ...]:
        """Read all runs, the newest first; none where the file does not exist, and reading does not create it.

        Raises:
            ExternalError: it could not be read.
        """
        if not diary_exists(self.path):
            return ()
        with read_database(self.path, self.patience_s) as connection:
            return tuple(sorted(_read_all(connection), key=lambda run: (run.started_at, run.id), reverse=True))


def find_own_diary() -> Diary:
    """Find the diary of the user who runs the coach.

    Raises:
        ExternalError: the user has no folder for it.
    """
    return Diary(path=find_diary_file())


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _to_row(run: Run) -> dict[str, object]:
    values = {**asdict(run), "started_at": run.started_at.isoformat()}
    return {name: _to_storable(value) for name, value in values.items()}


def _to_storable(value: object) -> object:
    """Convert a value for SQLite: lone surrogates, as in file names of an unknown encoding, are escaped."""
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value


def _read_all(connection: sqlite3.Connection) -> list[Run]:
    rows = connection.execute("SELECT * FROM run")
    names = [column[0] for column in rows.description]
    return [_to_run(dict(zip(names, row, strict=True))) for row in rows]


_TEXTS = ("id", "language", "session", "title", "form", "lighter")
LARGEST_NUMBER = 10_000_000.0


def _check_values(values: dict[str, Any]) -> None:
    """Refuse values that a run cannot have, whatever the columns let in.

    Raises:
        ValueError: one of them is none of ours.
    """
    if not all(isinstance(values[name], str | None) for name in _TEXTS):
        raise ValueError("a text is none")
    numbers = (values[name] for name in _NUMBERS)
    if not all(
        number is None or (isinstance(number, int | float) and 0.0 <= number <= LARGEST_NUMBER) for number in numbers
    ):
        raise ValueError("a number is none, or out of range")


def _to_run(values: dict[str, Any]) -> Run:
    try:
        _check_values(values)
        return Run(**{**values, "started_at": datetime.fromisoformat(values["started_at"])})
    except (TypeError, ValueError, KeyError) as error:
        raise DamagedError from error
