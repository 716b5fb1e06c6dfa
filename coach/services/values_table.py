"""Values table: a CSV file of several people, a row for each, with the values of a session in its columns."""

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import ExternalError, UsageError
from coach.storage.atomic_write import explain_errno
from coach.storage.file_input import decode_text, read_csv, read_up_to
from coach.text.sanitize import compose, quote
from coach.translation import _, mark_message

LARGEST_BYTES = 4 << 20
MOST_ROWS, MOST_COLUMNS, LONGEST_NAME = 1_000, 60, 60
FILE_COLUMNS = ("file", "name")
_AGAIN = mark_message("in your spreadsheet program, save it as CSV UTF-8, with the names of values above the columns")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)  # on Windows


@dataclass(frozen=True, kw_only=True, slots=True)
class ValuesRow:
    """The values of one person, what to call their file, without its ending, and where they are in the table."""

    place: str
    values: Mapping[str, str]
    stem: str


def read_values_table(path: Path, known: Sequence[str]) -> tuple[ValuesRow, ...]:
    """Read the rows of a table; their files have safe names, all different.

    Args:
        path: a CSV file, as spreadsheet programs write it.
        known: the names of the session's values.

    Raises:
        ExternalError: it cannot be read, is not a table, or has too many rows.
        UsageError: a heading is not the name of a value.
    """
    try:
        text, _encoding = decode_text(read_up_to(path, LARGEST_BYTES))
        rows = tuple(_read_rows(path, text, known))
    except OSError as error:
        reason = error.strerror if error.errno == errno.EFBIG else explain_errno(error)
        raise ExternalError(
            _("cannot read {path}: {reason}", path=path, reason=reason), help=_("name another file, or divide it")
        ) from error
    except ValueError as error:
        raise ExternalError(_("cannot read {path}: {error}", path=path, error=error), help=_(_AGAIN)) from error
    if not rows:
        raise ExternalError(_("cannot read {path}: there is no row below its headings", path=path), help=_(_AGAIN))
    return rows


def list_people(people: Sequence[Mapping[str, str]], path: Path) -> tuple[ValuesRow, ...]:
    """List the people of a session like the rows of a table; their files are called after what differs."""
    taken: set[str] = set()
    rows = []
    for nth, values in enumerate(people, 1):
        other = [name for name, value in values.items() if any(each[name] != value for each in people)]
        column = next((name for name in FILE_COLUMNS if name in other), None)
        stem = values[column] if column else "-".join(values[name] for name in other)
        stem = _choose_stem(stem or f"person-{nth}", taken)
        rows.append(ValuesRow(place=_("{path}: person {number}", path=path, number=nth), values=values, stem=stem))
    return tuple(rows)


def _read_rows(path: Path, text: str, known: Sequence[str]) -> Iterator[ValuesRow]:
    filled = ((nth, row) for nth, row in enumerate(read_csv(text, (*known, *FILE_COLUMNS).__contains__), 1) if any(row))
    first = next(filled, None)
    if first is None:
        raise ValueError(_("it is empty"))
    headings = [compose(cell.strip()) for cell in first[1]]
    _check_headings(path, headings, known)
    taken: set[str] = set()
    for nth, cells in islice(filled, MOST_ROWS + 1):
        if len(taken) == MOST_ROWS:
            raise ValueError(_("it has more than {most:,} rows; divide it", most=MOST_ROWS))
        if any(cell.strip() for cell in cells[len(headings) :]):
            raise ValueError(_("row {number} has more cells than there are headings", number=nth))
        by_heading = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
        stem = next((by_heading[column] for column in FILE_COLUMNS if by_heading.get(column)), f"row-{nth}")
        values = {name: value for name, value in by_heading.items() if name in known}
        yield ValuesRow(
            place=_("{path}: row {number}", path=path, number=nth), values=values, stem=_choose_stem(stem, taken)
        )


def _check_headings(path: Path, headings: Sequence[str], known: Sequence[str]) -> None:
    if len(headings) > MOST_COLUMNS:
        raise ValueError(_("it has more than {most} columns", most=MOST_COLUMNS))
    for heading in headings:
        if heading and headings.count(heading) > 1:
            raise UsageError(
                _("{path}: two columns are called {heading}; remove one of them", path=path, heading=quote(heading))
            )
        if heading and heading not in (*known, *FILE_COLUMNS):
            advice = did_you_mean(heading, (*known, "file"), otherwise=_("the session has no values"))
            raise UsageError(
                _(
                    "{path}: the session has no value {heading}; {advice}",
                    path=path,
                    heading=quote(heading),
                    advice=advice,
                )
            )


def avoid_reserved(stem: str) -> str:
    """Change a file name, without its ending, that Windows keeps for a device, such as ``con``."""
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


def _choose_stem(text: str, taken: set[str]) -> str:
    """Choose a file name that is safe on every system, and that no row before has, in upper or lower case."""
    plain = re.sub(r"[^\w.]+", "-", compose(text)).strip("-._")[:LONGEST_NAME].strip("-._") or "file"
    stem = avoid_reserved(plain)
    number = 1
    while (stem if number == 1 else f"{stem}-{number}").casefold() in taken:
        number += 1
    chosen = stem if number == 1 else f"{stem}-{number}"
    taken.add(chosen.casefold())
    return chosen
