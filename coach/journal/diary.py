"""Diary: one record per run, kept on this computer only."""

import sqlite3
import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from coach.journal.database import DamagedError, begin_transaction, diary_exists, open_database
from coach.languages.screen_words import Need
from coach.storage.folders import find_diary_file

Ended = Literal["finished", "walked-out", "stopped", "open"]

CALMEST, TENSEST = 1, 10


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
        with open_database(self.path, self.patience_s) as connection:
            _read_all(connection)  # a diary that cannot be read is not written to
            with begin_transaction(connection):
                connection.execute(_KEEP, _to_row(run))

    def read_runs(self) -> tuple[Run, ...]:
        """Read all runs, the newest first; none where the file does not exist, and reading does not create it.

        Raises:
            ExternalError: it could not be read.
        """
        if not diary_exists(self.path):
            return ()
        with open_database(self.path, self.patience_s) as connection:
            return tuple(sorted(_read_all(connection), key=lambda run: (run.started_at, run.id), reverse=True))


def find_own_diary() -> Diary:
    """Find the diary of the user who runs the coach.

    Raises:
        ExternalError: the user has no folder for it.
    """
    return Diary(path=find_diary_file())


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

_NUMBERS = ("length_s", "cadence_spm", "ran_s", "wanted_s")

_MOST = 10_000_000.0


def _check_values(values: dict[str, Any]) -> None:
    """Refuse values that a run cannot have, whatever the columns let in.

    Raises:
        ValueError: one of them is none of ours.
    """
    if not all(isinstance(values[name], str | None) for name in _TEXTS):
        raise ValueError("a text is none")
    numbers = (values[name] for name in _NUMBERS)
    if not all(number is None or (isinstance(number, int | float) and 0.0 <= number <= _MOST) for number in numbers):
        raise ValueError("a number is none, or out of range")


def _to_run(values: dict[str, Any]) -> Run:
    try:
        _check_values(values)
        return Run(**{**values, "started_at": datetime.fromisoformat(values["started_at"])})
    except (TypeError, ValueError, KeyError) as error:
        raise DamagedError from error
