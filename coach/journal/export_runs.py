"""Export of the diary: as JSON, as a table for spreadsheets (CSV or XLSX), and as a list for the terminal."""

import csv
import dataclasses
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import cache, lru_cache
from pathlib import PurePath
from typing import Any, Literal, get_args

from coach.errors import UsageError
from coach.journal.diary import Run
from coach.journal.week_report import format_tension
from coach.languages import LANGUAGES, find_language
from coach.languages.screen_words import EntryWords, RunColumn, TableWords
from coach.text.cell_width import DOTS, fit_to_width, wrap_text
from coach.text.sanitize import to_one_line
from coach.translation import _
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
FORMULA = r"['\s]*[=+\-@＝＋－＠]"  # noqa: RUF001 - the wide ones are meant
TABLE_COLUMNS: tuple[str, ...] = (*get_args(RunColumn), "id", "started_at")
"""Columns of a table: those for a reader, then what identifies a run, exactly and alike in all languages."""

MINUTES: Mapping[str, str] = {"ran": "ran_s", "length": "length_s", "wanted": "wanted_s"}
"""Columns of minutes, with the fields of a run that hold the seconds."""

DECIMALS = 8  # of minutes and steps per minute: enough for the microseconds of a run

Cell = str | int | float | date | time | None


def runs_to_json(runs: Sequence[Run]) -> str:
    """Export the runs as ``{"coach": 1, "runs": [...]}``, with their values unchanged."""
    return json.dumps({"coach": 1, "runs": [_to_values(run) for run in runs]}, ensure_ascii=False, indent=1) + "\n"


def runs_to_csv(runs: Sequence[Run], words: TableWords) -> str:
    """Export the runs as CSV for a spreadsheet program that is set to the language; an unknown value is empty.

    It begins with a byte order mark, by which Excel knows UTF-8, and else follows RFC 4180 with the separator, the
    decimal sign and the dates of the language. A text that a spreadsheet would evaluate as a formula, such as
    ``=1+1``, gets a ``'`` in front. So does a text that already begins with such signs, so that removing one ``'``
    always restores the original.
    """
    table = io.StringIO()
    table.write("\ufeff")
    writer = csv.writer(table, delimiter=words.separator)
    writer.writerow(_list_headings(words))
    writer.writerows([_format_cell(cell, words) for cell in _list_cells(run, words)] for run in runs)
    return table.getvalue()


def _list_headings(words: TableWords) -> list[str]:
    return [*(words.headings[column] for column in get_args(RunColumn)), *TABLE_COLUMNS[-2:]]


def _list_cells(run: Run, words: TableWords) -> list[Cell]:
    cells: dict[str, Any] = {
        **_to_values(run),
        "date": run.started_at.date(),
        "time": run.started_at.time().replace(second=0, microsecond=0),
        "ended": words.ended[run.ended],
        "need": words.needs[run.need] if run.need else None,
        "cadence": None if run.cadence_spm is None else round(run.cadence_spm, DECIMALS),
    }
    for column, name in MINUTES.items():
        seconds = cells[name]
        cells[column] = round(seconds / SECONDS_PER_MINUTE, DECIMALS) if isinstance(seconds, int | float) else None
    return [_escape_cell(cells[column]) for column in TABLE_COLUMNS]


def _escape_cell(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and re.match(FORMULA, value) else value


def restore_text(cell: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    """Remove the ``'`` in front of a text that a spreadsheet would evaluate."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and re.match(FORMULA, cell[1:]) else cell


def _format_cell(cell: Cell, words: TableWords) -> str:
    match cell:
        case float():
            return f"{cell:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", words.decimal)
        case date():
            return format_day(cell, words)
        case time():
            return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)


@cache
def map_headings() -> Mapping[str, str]:
    """Map all headings that are known, in all languages and as in JSON, to their columns."""
    tables = [find_language(code).journal.table.headings for code in LANGUAGES]
    named = {simplify_heading(heading): column for table in tables for column, heading in table.items()}
    return {**{name: name for name in (*TABLE_COLUMNS, *COLUMNS)}, **named}


@lru_cache(maxsize=1000)
def find_column(heading: str) -> str:
    """Find the column of a heading; "" if it is not known."""
    return map_headings().get(simplify_heading(heading), "")


def is_day_first(heading: str) -> bool | None:
    """Whether *3/4* is in April in a column with this heading; None if that is not known."""
    tables = [find_language(code).journal.table for code in LANGUAGES]
    named = [table for table in tables if simplify_heading(table.headings["date"]) == simplify_heading(heading)]
    return named[0].is_day_first if named else None


def simplify_heading(text: str) -> str:
    """Make headings and words comparable: in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text[:100]).casefold().split())


@cache
def map_words(table: Literal["needs", "ended"]) -> Mapping[str, str]:
    """Map the words for needs, or for how a run ended, of all languages to what they mean."""
    tables = [getattr(find_language(code).journal.table, table) for code in LANGUAGES]
    return {
        word: value for names in tables for value, name in names.items() for word in (value, simplify_heading(name))
    }


def list_words(table: Literal["needs", "ended"]) -> str:
    """List the same words for a message."""
    return " or ".join(", ".join(getattr(find_language(code).journal.table, table).values()) for code in LANGUAGES)


def format_day(day: date, words: TableWords) -> str:
    """Format a day as a spreadsheet program in the language reads it."""
    return words.date.format(day=day.day, month=day.month, year=day.year)


LONGEST_CELL = 32_767  # characters, of Excel
FIRST_EXCEL_YEAR = 1901  # it takes 1900 for a leap year, and has no days before
_WIDTHS = {"lighter": 60, "title": 28, "session": 18, "id": 36, "started_at": 28}
_USUAL_WIDTH = 16
_CODES_NOT_IN_XML = "00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EFef]"
_ESCAPED_IN_XML = re.compile(f"_x({_CODES_NOT_IN_XML})_")
_NOT_IN_XML = re.compile(rf"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x(?:{_CODES_NOT_IN_XML})_)")


def runs_to_xlsx(runs: Sequence[Run], words: TableWords) -> bytes:
    """Export the runs as a workbook with one sheet, which Excel, LibreOffice, Numbers and Google Sheets open.

    Raises:
        UsageError: a text is too long for a cell.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - takes 0.3 s

    rows = [[_fit_excel(cell, words) for cell in _list_cells(run, words)] for run in runs]
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "mindful-run-coach"
    sheet = workbook.create_sheet(words.sheet)
    sheet.freeze_panes = "A2"
    for nth, column in enumerate(TABLE_COLUMNS):
        sheet.column_dimensions[name_column(nth)].width = _WIDTHS.get(column, _USUAL_WIDTH)
    styles: dict[str, Any] = {}
    sheet.append([_make_cell(sheet, heading, words, styles, is_heading=True) for heading in _list_headings(words)])
    for row in rows:
        sheet.append([_make_cell(sheet, cell, words, styles) for cell in row])
    sheet.auto_filter.ref = f"A1:{name_column(len(TABLE_COLUMNS) - 1)}{len(runs) + 1}"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def name_column(index: int) -> str:
    """Name a column as spreadsheet programs do: A to Z, then AA."""
    before, letter = divmod(index, 26)
    return (name_column(before - 1) if before else "") + chr(ord("A") + letter)


def _make_cell(sheet: Any, value: Cell, words: TableWords, styles: dict[str, Any], *, is_heading: bool = False) -> Any:  # noqa: ANN401 - openpyxl's
    """Make a cell; ``styles`` keeps the styles that were made, as making one for each cell takes ten times as long."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - takes 0.3 s
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - the same

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # also if it looks like an error of Excel, such as #N/A
    number_format = _choose_format(value, words)
    key = f"{type(value).__name__} {number_format} {is_heading}"
    if key in styles:
        cell._style = styles[key]  # noqa: SLF001 - there is no public way to share one
        return cell
    cell.number_format = number_format
    cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    cell.font = Font(bold=is_heading)
    styles[key] = cell._style  # noqa: SLF001 - the same
    return cell


def _fit_excel(value: Cell, words: TableWords) -> Cell:
    """Make a text of a day that Excel does not know, and escape what XML cannot hold."""
    if isinstance(value, date) and value.year < FIRST_EXCEL_YEAR:
        value = _format_cell(value, words)
    if isinstance(value, str) and len(value := _NOT_IN_XML.sub(_escape_character, value)) > LONGEST_CELL:
        raise UsageError(_("a text is longer than a cell of Excel can hold; export the diary as .csv or .json"))
    return value


def _choose_format(value: Cell, words: TableWords) -> str:
    match value:
        case date():
            return words.date_format
        case time():
            return "hh:mm"
        case float():
            return "0.0" if value % 1 else "0"
    return "General"


def decode_xml_text(cell: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    """Restore what was escaped in a cell of a workbook."""
    return _ESCAPED_IN_XML.sub(lambda found: chr(int(found[1], 16)), cell) if isinstance(cell, str) else cell


def _escape_character(found: re.Match[str]) -> str:
    """Escape a character that XML cannot hold, as ECMA-376 does (ST_Xstring)."""
    return f"_x{ord(found[0]):04X}_"


def _to_values(run: Run) -> dict[str, object]:
    values = {**dataclasses.asdict(run), "started_at": run.started_at.isoformat()}
    return {column: values[column] for column in COLUMNS}


LEAST_ID = 4
WIDTHS = (16, 15, 6, 8)
GAP = "  "
LEAST_WIDTH = 20


def shorten_ids(runs: Sequence[Run]) -> Mapping[str, str]:
    """Map the id of each run to its first signs: as many as tell all of them apart, and at least four."""
    ids = {run.id for run in runs}
    longest = max(map(len, ids), default=LEAST_ID)
    lengths = (count for count in range(LEAST_ID, longest) if len({each[:count] for each in ids}) == len(ids))
    enough = next(lengths, longest)
    return {each: each[:enough] for each in ids}


def list_runs(runs: Sequence[Run], width: int, words: EntryWords, ids: Mapping[str, str]) -> str:
    """List the runs, one per line; a sentence too long for the width, at least 20 columns, is wrapped below."""
    widths = (max(map(len, ids.values()), default=LEAST_ID), *WIDTHS)
    rows = (words.list_headings, *(_format_row(run, ids[run.id]) for run in runs))
    return "\n".join(line for row in rows for line in _format_lines(row, widths, width))


def _format_row(run: Run, shown_id: str) -> tuple[str, ...]:
    return (
        to_one_line(shown_id),
        f"{run.started_at:%Y-%m-%d %H:%M}",
        _format_session(run),
        _format_ran(run),
        format_tension(run),
        to_one_line(run.lighter or ""),
    )


def _format_lines(row: Sequence[str], widths: Sequence[int], width: int) -> Iterator[str]:
    *cells, sentence = row
    beside = "".join(fit_to_width(cell, wide, ellipsis=DOTS) + GAP for cell, wide in zip(cells, widths, strict=True))
    indent = sum(widths) + len(widths) * len(GAP)
    for line in list(wrap_text(sentence, max(LEAST_WIDTH, width - indent))) or [""]:
        yield f"{beside}{line}".rstrip()
        beside = " " * indent


def _format_session(run: Run) -> str:
    """Name a session, or its file without the folder; a run without one by its title."""
    return to_one_line(PurePath(run.session).stem if run.session else run.title or "") or "-"


def _format_ran(run: Run) -> str:
    unit_s = SECONDS_PER_MINUTE if run.ran_s >= SECONDS_PER_MINUTE else 1.0
    whole_s = round(run.ran_s / unit_s) * unit_s
    return seconds_to_text(whole_s) if whole_s else "-"
