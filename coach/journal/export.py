"""Export of the diary: as JSON, as CSV for spreadsheets, and as a list for the terminal."""

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from coach.journal.diary import Run
from coach.journal.week_report import format_tension
from coach.text.cell_width import DOTS, fit_to_width, wrap_text
from coach.text.sanitize import to_one_line
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

# What a spreadsheet would evaluate as a formula, in narrow or wide characters.
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")  # noqa: RUF001 - the wide ones are meant


def runs_to_json(runs: Sequence[Run]) -> str:
    """Export the runs as ``{"coach": 1, "runs": [...]}``, with their values unchanged."""
    return json.dumps({"coach": 1, "runs": [_to_values(run) for run in runs]}, ensure_ascii=False, indent=1) + "\n"


def runs_to_csv(runs: Sequence[Run]) -> str:
    """Export the runs as CSV (RFC 4180), with a header; an unknown value is empty.

    A text that a spreadsheet would evaluate as a formula, such as ``=1+1``, gets a ``'`` in front. So does a text
    that already begins with such signs, so that removing one ``'`` always restores the original.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows([_escape_cell(_to_values(run)[column]) for column in COLUMNS] for run in runs)
    return table.getvalue()


def _to_values(run: Run) -> dict[str, object]:
    values = {**dataclasses.asdict(run), "started_at": run.started_at.isoformat()}
    return {column: values[column] for column in COLUMNS}


def _escape_cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


HEADINGS = ("when", "session", "ran", "tension", "what feels lighter")

WIDTHS = (16, 15, 6, 8)

GAP = "  "

BESIDE = sum(WIDTHS) + len(WIDTHS) * len(GAP)

LEAST_WIDTH = 20


def list_runs(runs: Sequence[Run], width: int) -> str:
    """List the runs, one per line; a long sentence is wrapped below.

    Args:
        runs: in the order of the list.
        width: the width of the terminal in columns; the sentence has at least 20.
    """
    return "\n".join(line for row in (HEADINGS, *map(_format_row, runs)) for line in _format_lines(row, width))


def _format_row(run: Run) -> tuple[str, ...]:
    return (
        f"{run.started_at:%Y-%m-%d %H:%M}",
        _format_session(run),
        _format_ran(run),
        format_tension(run),
        to_one_line(run.lighter or ""),
    )


def _format_lines(row: Sequence[str], width: int) -> Iterator[str]:
    *cells, sentence = row
    beside = "".join(fit_to_width(cell, wide, ellipsis=DOTS) + GAP for cell, wide in zip(cells, WIDTHS, strict=True))
    for line in list(wrap_text(sentence, max(LEAST_WIDTH, width - BESIDE))) or [""]:
        yield f"{beside}{line}".rstrip()
        beside = " " * BESIDE


def _format_session(run: Run) -> str:
    """Name a session, or its file without the folder."""
    return to_one_line(PurePath(run.session).stem) if run.session else "-"


def _format_ran(run: Run) -> str:
    whole_s = round(run.ran_s / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    return seconds_to_text(whole_s) if whole_s else "-"
