"""The diary for other programs: as JSON, and as a table for spreadsheets."""

import csv
import dataclasses
import io
import json
import re
from collections.abc import Sequence

from coach.journal.run import Run

COLUMNS = (
    "id",
    "started_at",
    "language",
    "session",
    "title",
    "form",
    "length_s",
    "cadence_spm",
    "ran_s",
    "ended",
    "tension_before",
    "tension_after",
    "need",
    "wanted_s",
    "lighter",
)
# What a spreadsheet would work out instead of showing it, in narrow letters or wide.
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")  # noqa: RUF001 - wide ones, as said


def as_json(runs: Sequence[Run]) -> str:
    """The runs as ``{"coach": 1, "runs": [...]}``, exactly as they are kept."""
    return json.dumps({"coach": 1, "runs": [_values(run) for run in runs]}, ensure_ascii=False, indent=1) + "\n"


def as_csv(runs: Sequence[Run]) -> str:
    """The runs as RFC 4180 has tables, with a heading; an unknown value is empty.

    A text that a spreadsheet would take for a formula, such as ``=1+1``, gets a ``'`` in front. So does one that is
    the same but for such signs in front, so that taking away one ``'`` always gives back what was kept.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(_values(run)[column]) for column in COLUMNS] for run in runs)
    return table.getvalue()


def _values(run: Run) -> dict[str, object]:
    values = {**dataclasses.asdict(run), "started_at": run.started_at.isoformat()}
    return {column: values[column] for column in COLUMNS}


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
