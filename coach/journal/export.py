"""The diary for other programs: as JSON, and as a table for spreadsheets."""

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from coach.journal.run import Run
from coach.journal.week_summary import in_numbers
from coach.text.cell_width import pad_to_width, tidy_text, wrap_columns
from coach.units import SECONDS_PER_MINUTE, seconds_to_text

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


def runs_to_json(runs: Sequence[Run]) -> str:
    """The runs as ``{"coach": 1, "runs": [...]}``, exactly as they are kept."""
    return json.dumps({"coach": 1, "runs": [_values(run) for run in runs]}, ensure_ascii=False, indent=1) + "\n"


def runs_to_csv(runs: Sequence[Run]) -> str:
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


HEADINGS = ("when", "session", "ran", "tension", "what feels lighter")

WIDTHS = (16, 15, 6, 8)

GAP = "  "

BESIDE = sum(WIDTHS) + len(WIDTHS) * len(GAP)

LEAST_WIDTH = 20


def list_runs(runs: Sequence[Run], width: int) -> str:
    """A line for each run, with more below it for a long sentence.

    Args:
        runs: in the order to be listed.
        width: the terminal's, in columns; the sentence has 20 of them at least.
    """
    return "\n".join(line for row in (HEADINGS, *map(_row, runs)) for line in _lines(row, width))


def _row(run: Run) -> tuple[str, ...]:
    return f"{run.started_at:%Y-%m-%d %H:%M}", _session(run), _ran(run), in_numbers(run), tidy_text(run.lighter or "")


def _lines(row: Sequence[str], width: int) -> Iterator[str]:
    *cells, sentence = row
    beside = "".join(pad_to_width(cell, wide) + GAP for cell, wide in zip(cells, WIDTHS, strict=True))
    for line in list(wrap_columns(sentence, max(LEAST_WIDTH, width - BESIDE))) or [""]:
        yield f"{beside}{line}".rstrip()
        beside = " " * BESIDE


def _session(run: Run) -> str:
    """A session's name; of a path, the name of its file."""
    return tidy_text(PurePath(run.session).stem) if run.session else "-"


def _ran(run: Run) -> str:
    whole_s = round(run.ran_s / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    return seconds_to_text(whole_s) if whole_s else "-"
