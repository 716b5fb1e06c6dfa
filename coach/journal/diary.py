"""The runner's diary: every run, kept on this computer alone."""

import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coach.journal.database import DamagedError, database, is_there, writing
from coach.journal.run import Run
from coach.storage.folders import diary_file

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

    The file is open only while it is written or read, so two coaches may share it, and a killed one leaves it whole.
    """

    path: Path
    patience_s: float = PATIENCE_S

    def keep(self, run: Run) -> None:
        """Write a run, or what is now known of it. When this returns, a power cut takes nothing of it away.

        Raises:
            OutsideError: it could not be kept; the diary is as it was.
        """
        with database(self.path, self.patience_s) as connection:
            _all(connection)  # what cannot be read is not written in either
            with writing(connection):
                connection.execute(_KEEP, _row(run))

    def runs(self) -> tuple[Run, ...]:
        """All runs, the newest first. A diary that was never written in is empty, and is not made by reading.

        Raises:
            OutsideError: it could not be read.
        """
        if not is_there(self.path):
            return ()
        with database(self.path, self.patience_s) as connection:
            return tuple(sorted(_all(connection), key=lambda run: (run.started_at, run.id), reverse=True))


def own_diary() -> Diary:
    """The diary of the user who runs the coach.

    Raises:
        OutsideError: the user has no place for one.
    """
    return Diary(path=diary_file())


def _row(run: Run) -> dict[str, object]:
    values = {**asdict(run), "started_at": run.started_at.isoformat()}
    return {name: _storable(value) for name, value in values.items()}


def _storable(value: object) -> object:
    """Text as it is, but for what is no text, such as bytes of a file name in an unknown encoding."""
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value


def _all(connection: sqlite3.Connection) -> list[Run]:
    rows = connection.execute("SELECT * FROM run")
    names = [column[0] for column in rows.description]
    return [_run(dict(zip(names, row, strict=True))) for row in rows]


def _run(values: dict[str, Any]) -> Run:
    try:
        return Run(**{**values, "started_at": datetime.fromisoformat(values["started_at"])})
    except (TypeError, ValueError) as error:
        raise DamagedError from error
