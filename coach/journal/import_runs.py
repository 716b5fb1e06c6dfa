"""Import of runs from CSV, a workbook or JSON: what is not understood is named by its row and column."""

import errno
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.journal.diary import ImportedRun, to_minute
from coach.journal.export_runs import (
    decode_xml_text,
    find_column,
    is_day_first,
    map_headings,
    name_column,
    restore_text,
    simplify_heading,
)
from coach.journal.parse_answers import UnclearError
from coach.journal.parse_cells import CELL_FIELDS, CellError, CellValue
from coach.journal.parse_moment import find_start
from coach.storage.atomic_write import explain_errno
from coach.storage.file_input import check_zipped_xml, decode_text, parse_json, read_csv, read_up_to
from coach.translation import _, mark_message

# A run a day for 27 years fits into all of these.
LARGEST_BYTES, LARGEST_UNPACKED_BYTES = 8 << 20, 32 << 20
MOST_RUNS, MOST_ROWS, MOST_COLUMNS = 10_000, 20_000, 60
MOST_FAULTS = 20
_AGAIN = mark_message(
    "in your spreadsheet program, save it as CSV UTF-8 or as an Excel workbook (.xlsx), and import that"
)
_SIMILARITY = 0.75


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """What a file says of a run, by headings; and where: the row or the number of the run, and the columns."""

    place: str
    cells: Mapping[str, CellValue]
    columns: Mapping[str, str] = field(default_factory=dict)

    def find_place(self, heading: str) -> str:
        if not self.columns:
            return f"{self.place}, {heading}"
        letter = self.columns[heading]
        return _("{place}, column {letter} ({heading})", place=self.place, letter=letter, heading=heading)


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
        raise ExternalError(
            _("cannot read {path}: {reason}", path=path, reason=reason),
            help=_("name another file, or import it in parts"),
        ) from error
    reading = _Reading(name=path.name)
    try:
        runs = tuple(reading.read_runs(_read_rows(data, reading)))
    except ValueError as error:
        raise ExternalError(
            _("cannot import {path}: {reason}", path=path, reason=error), help=_(reading.way_out)
        ) from error
    return RunFile(runs=() if reading.faults else runs, faults=tuple(reading.faults), notices=tuple(reading.notices))


def _read_rows(data: bytes, reading: "_Reading") -> Iterator[_Row]:
    if data.startswith(b"PK"):
        return reading.place_cells(_read_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(_("it is an old Excel file (.xls), or protected by a password"))
    text, encoding = decode_text(data)
    if encoding == "cp1252":
        reading.notices.append(_("{name}: it is not UTF-8, and was read as Windows-1252", name=reading.name))
    if text.lstrip().startswith(("{", "[")):
        reading.way_out = mark_message("write it with: coach journal export runs.json")
        return _read_json(text)
    return reading.place_cells(read_csv(text, lambda heading: bool(find_column(heading))))


def _read_workbook(data: bytes) -> Sequence[Sequence[CellValue]]:
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
        raise ValueError(_("it is damaged, or not an Excel workbook")) from error


def _read_json(text: str) -> Iterator[_Row]:
    try:
        read = parse_json(text)
    except ValueError as error:
        raise ValueError(_("it is not JSON: {error}", error=error)) from error
    runs = read.get("runs") if isinstance(read, dict) and read.get("coach") == 1 else None
    if not isinstance(runs, list):
        raise ValueError(_("it is JSON, but not as 'coach journal --json' of this version writes it"))  # noqa: TRY004 - a fault of the file
    for nth, run in enumerate(runs, start=1):
        if not isinstance(run, dict):
            raise ValueError(_("run {number} is not an object of JSON", number=nth))  # noqa: TRY004 - the same
        yield _Row(place=_("run {number}", number=nth), cells=run)


@dataclass(kw_only=True, slots=True)
class _Reading:
    """The reading of a file: what is wrong with it, and what else there is to tell."""

    name: str
    way_out: str = _AGAIN
    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_day_first: bool | None = None
    unknown: set[str] = field(default_factory=set)

    def place_cells(self, table: Iterable[Sequence[CellValue]]) -> Iterator[_Row]:
        """Yield the rows below the headings, which are in the first row that is not empty."""
        columns: dict[str, str] | None = None
        for nth, cells in enumerate(table, start=1):
            if nth > MOST_ROWS:
                raise ValueError(_("it has more than {most:,} rows", most=MOST_ROWS))
            if all(map(_is_empty, cells)):
                continue
            if not all(_is_empty(cell) for cell in cells[MOST_COLUMNS:]):
                raise ValueError(_("it has more than {most} columns", most=MOST_COLUMNS))
            by_letter = {name_column(index): restore_text(cell) for index, cell in enumerate(cells[:MOST_COLUMNS])}
            if columns is None:
                columns = self._read_headings(_("row {number}", number=nth), by_letter)
                if self.faults:
                    return
                continue
            extra = by_letter.keys() - columns.values()
            if beside := sorted(letter for letter in extra if not _is_empty(by_letter[letter])):
                place = _("row {number}, column {letter}", number=nth, letter=beside[0])
                self._add_fault(place, _("there is no heading above it; write one, or empty the cell"))
            told = {heading: by_letter.get(letter) for heading, letter in columns.items()}
            yield _Row(place=_("row {number}", number=nth), cells=told, columns=columns)
        if columns is None:
            raise ValueError(_("it is empty"))

    def _read_headings(self, place: str, by_letter: Mapping[str, CellValue]) -> dict[str, str]:
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
            at = _("{place}, column {letter} ({heading})", place=place, letter=letter, heading=heading.strip())
            if not (column := find_column(heading)):
                self._tell_unknown(at, heading)
            elif (name := CELL_FIELDS[column][0]) in known:
                self._add_fault(at, _("column {letter} says the same; remove one of them", letter=columns[known[name]]))
            else:
                known[name] = heading
        if not known:
            raise ValueError(_("{place} has no headings of a diary, such as date and ran (min)", place=place))
        if not known.keys() & {"day", "started_at"}:
            self._add_fault(place, _("there is no column for the day of a run; write 'date' or 'datum' above it"))
        if "ran_s" not in known:
            self._add_fault(
                place, _("there is no column for its length; write 'ran (min)' or 'gelopen (min)' above it")
            )
        self.is_day_first = is_day_first(known.get("day", ""))
        return columns

    def _add_fault(self, place: str, what: object) -> None:
        self.faults.append(f"{self.name}: {place}: {what}")

    def read_runs(self, rows: Iterable[_Row]) -> Iterator[ImportedRun]:
        """Read the runs; the reading ends where there are too many of them, or too many faults."""
        places: dict[object, str] = {}
        for nth, row in enumerate(rows):
            if nth == MOST_RUNS:
                self._add_fault(row.place, _("there are more than {most:,} runs; import them in parts", most=MOST_RUNS))
            if len(self.faults) >= MOST_FAULTS:
                self.faults.append(_("{name}: there may be more", name=self.name))
            if nth == MOST_RUNS or len(self.faults) >= MOST_FAULTS:
                return
            values = self._read_row(row)
            if values is None:
                continue
            key = values.get("id") or to_minute(values["started_at"])
            if key in places:
                self._add_fault(
                    row.place, _("this is the same run as in {place}; remove one of them", place=places[key])
                )
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
            name, read = CELL_FIELDS[column]
            try:
                values[name] = None if _is_empty(cell) else read(cell)
            except CellError as fault:
                self._add_fault(row.find_place(heading), fault)
        if len(self.faults) > before:
            return None
        try:
            return self._complete(values)
        except CellError as fault:
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
            raise ValueError(_("more than {most} of its headings are not those of a diary", most=MOST_COLUMNS))
        if near := get_close_matches(simplify_heading(heading), map_headings(), n=1, cutoff=_SIMILARITY):
            self._add_fault(place, _("this heading is not known; do you mean '{found}'?", found=near[0]))
        else:
            self.notices.append(
                _("{name}: {place}: this is not a column of the diary, and was left out", name=self.name, place=place)
            )

    def _complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Find out when a run began, and drop what has no value of its own."""
        day, clock, exact = (values.pop(name, None) for name in ("day", "clock", "started_at"))
        if day is None and exact is None:
            raise CellError(_("the day of the run is missing; write it like 2026-11-20"))
        if values.get("ran_s") is None:
            raise CellError(_("the length of the run is missing; write how long you ran, or 0"))
        try:
            values["started_at"] = find_start(day, clock, exact, is_day_first=self.is_day_first)
        except UnclearError as error:
            raise CellError(
                _("the day may be {days}; write it like that", days=_(" or ").join(map(str, day.days)))
            ) from error
        return {name: value for name, value in values.items() if value is not None or name not in _NEVER_EMPTY}


def _is_empty(cell: CellValue) -> bool:
    return cell is None or cell == ""


_NEVER_EMPTY = {"id", "language", "ended", "ran_s"}
