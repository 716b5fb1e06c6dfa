"""Import of runs from CSV, a workbook or JSON: what is not understood is named by its row and column."""

import errno
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.journal.diary import CALMEST, DECIMALS, LARGEST_NUMBER, TENSEST, ImportedRun, to_minute
from coach.journal.export_runs import (
    MINUTES,
    decode_xml_text,
    find_column,
    is_day_first,
    list_words,
    map_headings,
    map_words,
    name_column,
    restore_text,
    simplify_heading,
)
from coach.journal.parse_answers import UnclearError, parse_need
from coach.journal.parse_moment import FIRST_YEAR, cell_to_clock, cell_to_day, cell_to_start, find_start
from coach.languages import LANGUAGES
from coach.storage.atomic_write import explain_errno
from coach.storage.file_input import check_zipped_xml, decode_text, parse_json, read_csv, read_up_to
from coach.text.sanitize import quote
from coach.units import SECONDS_PER_MINUTE

# A run a day for 27 years fits into all of these.
LARGEST_BYTES, LARGEST_UNPACKED_BYTES = 8 << 20, 32 << 20
MOST_RUNS, MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 10_000, 20_000, 60, 30_000
MOST_FAULTS = 20
_AGAIN = "in your spreadsheet program, save it as CSV UTF-8 or as an Excel workbook (.xlsx), and import that"
_SIMILARITY = 0.75
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d{1,3})?", re.IGNORECASE)

# Whatever a cell may hold: a text, or a value of a workbook or of JSON.
_Cell = Any


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """What a file says of a run, by headings; and where: the row or the number of the run, and the columns."""

    place: str
    cells: Mapping[str, _Cell]
    columns: Mapping[str, str] = field(default_factory=dict)

    def find_place(self, heading: str) -> str:
        return f"{self.place}, {f'column {self.columns[heading]} ({heading})' if self.columns else heading}"


class _ValueFaultError(ValueError):
    """A value that cannot be taken: what it is, and the way out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunFile:
    """All runs of a file; or the faults for which none of them is to be taken; and what else there is to tell."""

    runs: tuple[ImportedRun, ...]
    faults: tuple[str, ...]
    notices: tuple[str, ...]


def read_run_file(path: Path) -> RunFile:
    """Read the runs of a CSV file, a workbook or a JSON file, whichever it is.

    Raises:
        ExternalError: it cannot be read, is none of these, or is larger than any diary.
    """
    try:
        data = read_up_to(path, LARGEST_BYTES)
    except OSError as error:
        reason = error.strerror if error.errno == errno.EFBIG else explain_errno(error)
        raise ExternalError(f"cannot read {path}: {reason}", help="name another file, or import it in parts") from error
    reading = _Reading(name=path.name)
    try:
        runs = tuple(reading.read_runs(_read_rows(data, reading)))
    except ValueError as error:
        raise ExternalError(f"cannot import {path}: {error}", help=reading.way_out) from error
    return RunFile(runs=() if reading.faults else runs, faults=tuple(reading.faults), notices=tuple(reading.notices))


def _read_rows(data: bytes, reading: "_Reading") -> Iterator[_Row]:
    if data.startswith(b"PK"):
        return reading.place_cells(_read_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError("it is an old Excel file (.xls), or protected by a password")
    text, encoding = decode_text(data)
    if encoding == "cp1252":
        reading.notices.append(f"{reading.name}: it is not UTF-8, and was read as Windows-1252")
    if text.lstrip().startswith(("{", "[")):
        reading.way_out = "write it with: coach journal export runs.json"
        return _read_json(text)
    return reading.place_cells(read_csv(text, lambda heading: bool(find_column(heading))))


def _read_workbook(data: bytes) -> Sequence[Sequence[_Cell]]:
    """Read the rows of the first sheet, each cell as its value.

    Raises:
        ValueError: it is damaged, no workbook, or larger than any diary.
    """
    check_zipped_xml(data, LARGEST_UNPACKED_BYTES)
    from openpyxl import load_workbook  # noqa: PLC0415 - takes 0.3 s

    try:
        with warnings.catch_warnings(action="ignore"):  # of parts that it leaves out, such as charts
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            cells = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
            return [tuple(map(decode_xml_text, row)) for row in islice(cells, MOST_ROWS + 1)]
    except Exception as error:  # it raises whatever a damaged part leads to
        raise ValueError("it is damaged, or not an Excel workbook") from error


def _read_json(text: str) -> Iterator[_Row]:
    try:
        read = parse_json(text)
    except ValueError as error:
        raise ValueError(f"it is not JSON: {error}") from error
    runs = read.get("runs") if isinstance(read, dict) and read.get("coach") == 1 else None
    if not isinstance(runs, list):
        raise ValueError("it is JSON, but not as 'coach journal --json' of this version writes it")  # noqa: TRY004 - a fault of the file
    for nth, run in enumerate(runs, start=1):
        if not isinstance(run, dict):
            raise ValueError(f"run {nth} is not an object of JSON")  # noqa: TRY004 - the same
        yield _Row(place=f"run {nth}", cells=run)


@dataclass(kw_only=True, slots=True)
class _Reading:
    """The reading of a file: what is wrong with it, and what else there is to tell."""

    name: str
    way_out: str = _AGAIN
    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_day_first: bool | None = None
    unknown: set[str] = field(default_factory=set)

    def place_cells(self, table: Iterable[Sequence[_Cell]]) -> Iterator[_Row]:
        """Yield the rows below the headings, which are in the first row that is not empty."""
        columns: dict[str, str] | None = None
        for nth, cells in enumerate(table, start=1):
            if nth > MOST_ROWS:
                raise ValueError(f"it has more than {MOST_ROWS:,} rows")
            if all(map(_is_empty, cells)):
                continue
            if not all(_is_empty(cell) for cell in cells[MOST_COLUMNS:]):
                raise ValueError(f"it has more than {MOST_COLUMNS} columns")
            by_letter = {name_column(index): restore_text(cell) for index, cell in enumerate(cells[:MOST_COLUMNS])}
            if columns is None:
                columns = self._read_headings(f"row {nth}", by_letter)
                if self.faults:
                    return
                continue
            extra = by_letter.keys() - columns.values()
            if beside := sorted(letter for letter in extra if not _is_empty(by_letter[letter])):
                place = f"row {nth}, column {beside[0]}"
                self._add_fault(place, "there is no heading above it; write one, or empty the cell")
            told = {heading: by_letter.get(letter) for heading, letter in columns.items()}
            yield _Row(place=f"row {nth}", cells=told, columns=columns)
        if columns is None:
            raise ValueError("it is empty")

    def _read_headings(self, place: str, by_letter: Mapping[str, _Cell]) -> dict[str, str]:
        """Map headings to the letters of their columns; refuse two for the same, or none for what each run needs.

        Raises:
            ValueError: there is no heading of a diary.
        """
        columns: dict[str, str] = {}
        known: dict[str, str] = {}
        for letter, cell in by_letter.items():
            heading = "" if cell is None else str(cell)
            if not heading.strip():
                continue
            while heading in columns:
                heading += " "  # the same again, under a key of its own
            columns[heading] = letter
            at = f"{place}, column {letter} ({heading.strip()})"
            if not (column := find_column(heading)):
                self._tell_unknown(at, heading)
            elif (name := _FIELDS[column][0]) in known:
                self._add_fault(at, f"column {columns[known[name]]} says the same; remove one of them")
            else:
                known[name] = heading
        if not known:
            raise ValueError(f"{place} has no headings of a diary, such as date and ran (min)")
        if not known.keys() & {"day", "started_at"}:
            self._add_fault(place, "there is no column for the day of a run; write 'date' or 'datum' above it")
        if "ran_s" not in known:
            self._add_fault(place, "there is no column for its length; write 'ran (min)' or 'gelopen (min)' above it")
        self.is_day_first = is_day_first(known.get("day", ""))
        return columns

    def _add_fault(self, place: str, what: object) -> None:
        self.faults.append(f"{self.name}: {place}: {what}")

    def read_runs(self, rows: Iterable[_Row]) -> Iterator[ImportedRun]:
        """Read the runs; the reading ends where there are too many of them, or too many faults."""
        places: dict[object, str] = {}
        for nth, row in enumerate(rows):
            if nth == MOST_RUNS:
                self._add_fault(row.place, f"there are more than {MOST_RUNS:,} runs; import them in parts")
            if len(self.faults) >= MOST_FAULTS:
                self.faults.append(f"{self.name}: there may be more")
            if nth == MOST_RUNS or len(self.faults) >= MOST_FAULTS:
                return
            values = self._read_row(row)
            if values is None:
                continue
            key = values.get("id") or to_minute(values["started_at"])
            if key in places:
                self._add_fault(row.place, f"this is the same run as in {places[key]}; remove one of them")
            places[key] = row.place
            yield ImportedRun(values=values)

    def _read_row(self, row: _Row) -> dict[str, Any] | None:
        """Read the values of a run; None if there is a fault."""
        values: dict[str, Any] = {}
        before = len(self.faults)
        for heading, cell in row.cells.items():
            column = find_column(heading)
            if not column:
                self._tell_unknown(row.find_place(heading), heading)
                continue
            name, read = _FIELDS[column]
            try:
                values[name] = None if _is_empty(cell) else read(cell)
            except _ValueFaultError as fault:
                self._add_fault(row.find_place(heading), fault)
        if len(self.faults) > before:
            return None
        try:
            return self._complete(values)
        except _ValueFaultError as fault:
            self._add_fault(row.place, fault)
        return None

    def _tell_unknown(self, place: str, heading: str) -> None:
        """Tell once of a heading that is not known: a fault if it is misspelt, else it is left out.

        Raises:
            ValueError: there are too many of them.
        """
        if heading in self.unknown:
            return
        self.unknown.add(heading)
        if len(self.unknown) > MOST_COLUMNS:
            raise ValueError(f"more than {MOST_COLUMNS} of its headings are not those of a diary")
        if near := get_close_matches(simplify_heading(heading), map_headings(), n=1, cutoff=_SIMILARITY):
            self._add_fault(place, f"this heading is not known; do you mean '{near[0]}'?")
        else:
            self.notices.append(f"{self.name}: {place}: this is not a column of the diary, and was left out")

    def _complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Find out when a run began, and drop what has no value of its own."""
        day, clock, exact = (values.pop(name, None) for name in ("day", "clock", "started_at"))
        if day is None and exact is None:
            raise _ValueFaultError("the day of the run is missing; write it like 2026-11-20")
        if values.get("ran_s") is None:
            raise _ValueFaultError("the length of the run is missing; write how long you ran, or 0")
        try:
            values["started_at"] = find_start(day, clock, exact, is_day_first=self.is_day_first)
        except UnclearError as error:
            raise _ValueFaultError(f"the day may be {' or '.join(map(str, day.days))}; write it like that") from error
        return {name: value for name, value in values.items() if value is not None or name not in _NEVER_EMPTY}


def _is_empty(cell: _Cell) -> bool:
    return cell is None or cell == ""


_NEVER_EMPTY = {"id", "language", "ended", "ran_s"}


def _read_text(cell: _Cell) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        cell = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    if not isinstance(cell, str):
        raise _ValueFaultError(f"{_show(cell)} is not a text; write words")
    if len(cell) > LONGEST_TEXT:
        raise _ValueFaultError(f"it is longer than {LONGEST_TEXT:,} characters; shorten it")
    return cell.encode(errors="backslashreplace").decode()


def _read_number(cell: _Cell) -> float:
    number = cell
    if isinstance(cell, str) and _NUMBER.fullmatch(text := cell.strip()):
        number = float(text.replace(",", "."))
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise _ValueFaultError(f"{_show(cell)} is not a number; write digits, such as 24 or 24,5")
    if not 0 <= number <= LARGEST_NUMBER:
        raise _ValueFaultError(f"{_show(cell)} is out of range; write a number from 0 on")
    return float(number)


def _read_minutes(cell: _Cell) -> float:
    if (seconds := round(_read_number(cell) * SECONDS_PER_MINUTE, DECIMALS)) > LARGEST_NUMBER:
        raise _ValueFaultError(f"{_show(cell)} is out of range; write minutes, such as 24")
    return seconds


def _read_tension(cell: _Cell) -> int:
    if (number := _read_number(cell)) not in range(CALMEST, TENSEST + 1):
        raise _ValueFaultError(f"{_show(cell)} is not a tension; write a whole number from {CALMEST} to {TENSEST}")
    return int(number)


def _read_need(cell: _Cell) -> str:
    try:
        return map_words("needs").get(simplify_heading(_read_text(cell))) or parse_need(_read_text(cell))
    except UnclearError as error:
        raise _ValueFaultError(f"{_show(cell)} is not a need; write {list_words('needs')}") from error


def _read_ended(cell: _Cell) -> str:
    if (word := map_words("ended").get(simplify_heading(_read_text(cell)))) is None:
        raise _ValueFaultError(f"{_show(cell)} is not how a run ends; write {list_words('ended')}")
    return word


def _read_language(cell: _Cell) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text := simplify_heading(_read_text(cell))):
        raise _ValueFaultError(f"{_show(cell)} is not a language; write {' or '.join(LANGUAGES)}")
    return text


def _read_id(cell: _Cell) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", text := _read_text(cell).strip().lower()):
        raise _ValueFaultError(f"{_show(cell)} is not an id of 32 hexadecimal digits; empty it, and the run gets one")
    return text


def _read_moment(parse: Callable[[object], object], expected: str, cell: _Cell) -> object:
    try:
        return parse(cell)
    except UnclearError as error:
        raise _ValueFaultError(f"{_show(cell)} is not {expected}") from error


def _show(cell: _Cell) -> str:
    return quote(str(cell) if not isinstance(cell, int) or abs(cell) < LARGEST_NUMBER else "a very large number")


_FIELDS: Mapping[str, tuple[str, Callable[[_Cell], object]]] = {
    **{name: (name, _read_text) for name in ("session", "title", "form", "lighter")},
    **{name: (name, _read_number) for name in MINUTES.values()},
    **{name: (field_name, _read_minutes) for name, field_name in MINUTES.items()},
    **dict.fromkeys(("cadence", "cadence_spm"), ("cadence_spm", _read_number)),
    **{name: (name, _read_tension) for name in ("tension_before", "tension_after")},
    "date": ("day", partial(_read_moment, cell_to_day, f"a date from {FIRST_YEAR} on; write it like 2026-11-20")),
    "time": ("clock", partial(_read_moment, cell_to_clock, "a time of day; write it like 18:30")),
    "started_at": ("started_at", partial(_read_moment, cell_to_start, "a moment; write 2026-11-20T18:30+01:00")),
    "need": ("need", _read_need),
    "ended": ("ended", _read_ended),
    "language": ("language", _read_language),
    "id": ("id", _read_id),
}
"""The field of a run of each column, and the reader of its cells."""
