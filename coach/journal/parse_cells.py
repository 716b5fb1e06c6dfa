"""Cells of a table of runs: the value of each, or why it cannot be taken."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from coach.journal.diary import CALMEST, DECIMALS, LARGEST_NUMBER, TENSEST
from coach.journal.export_runs import MINUTES, list_words, map_words, simplify_heading
from coach.journal.parse_answers import UnclearError, parse_need
from coach.journal.parse_moment import FIRST_YEAR, cell_to_clock, cell_to_day, cell_to_start
from coach.languages import LANGUAGES
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.units import SECONDS_PER_MINUTE

LONGEST_TEXT = 30_000
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d{1,3})?", re.IGNORECASE)

CellValue = Any
"""Whatever a cell may hold: a text, or a value of a workbook or of JSON."""


class CellError(ValueError):
    """A value that cannot be taken: what it is, and the way out."""


def _read_text(cell: CellValue) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        cell = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    if not isinstance(cell, str):
        raise CellError(_("{value} is not a text; write words", value=_show(cell)))
    if len(cell) > LONGEST_TEXT:
        raise CellError(_("it is longer than {most:,} characters; shorten it", most=LONGEST_TEXT))
    return cell.encode(errors="backslashreplace").decode()


def _read_number(cell: CellValue) -> float:
    number = cell
    if isinstance(cell, str) and _NUMBER.fullmatch(text := cell.strip()):
        number = float(text.replace(",", "."))
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise CellError(_("{value} is not a number; write digits, such as 24 or 24,5", value=_show(cell)))
    if not 0 <= number <= LARGEST_NUMBER:
        raise CellError(_("{value} is out of range; write a number from 0 on", value=_show(cell)))
    return float(number)


def _read_minutes(cell: CellValue) -> float:
    if (seconds := round(_read_number(cell) * SECONDS_PER_MINUTE, DECIMALS)) > LARGEST_NUMBER:
        raise CellError(_("{value} is out of range; write minutes, such as 24", value=_show(cell)))
    return seconds


def _read_tension(cell: CellValue) -> int:
    if (number := _read_number(cell)) not in range(CALMEST, TENSEST + 1):
        raise CellError(
            _(
                "{value} is not a tension; write a whole number from {calmest} to {tensest}",
                value=_show(cell),
                calmest=CALMEST,
                tensest=TENSEST,
            )
        )
    return int(number)


def _read_need(cell: CellValue) -> str:
    try:
        return map_words("needs").get(simplify_heading(_read_text(cell))) or parse_need(_read_text(cell))
    except UnclearError as error:
        raise CellError(
            _("{value} is not a need; write {words}", value=_show(cell), words=list_words("needs"))
        ) from error


def _read_ended(cell: CellValue) -> str:
    if (word := map_words("ended").get(simplify_heading(_read_text(cell)))) is None:
        raise CellError(_("{value} is not how a run ends; write {words}", value=_show(cell), words=list_words("ended")))
    return word


def _read_language(cell: CellValue) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text := simplify_heading(_read_text(cell))):
        raise CellError(
            _("{value} is not a language; write {languages}", value=_show(cell), languages=_(" or ").join(LANGUAGES))
        )
    return text


def _read_id(cell: CellValue) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", text := _read_text(cell).strip().lower()):
        raise CellError(
            _("{value} is not an id of 32 hexadecimal digits; empty it, and the run gets one", value=_show(cell))
        )
    return text


def _read_moment(parse: Callable[[object], object], expected: str, cell: CellValue) -> object:
    try:
        return parse(cell)
    except UnclearError as error:
        raise CellError(
            _("{value} is not {expected}", value=_show(cell), expected=_(expected, year=FIRST_YEAR))
        ) from error


def _show(cell: CellValue) -> str:
    return quote(str(cell) if not isinstance(cell, int) or abs(cell) < LARGEST_NUMBER else _("a very large number"))


CELL_FIELDS: Mapping[str, tuple[str, Callable[[CellValue], object]]] = {
    **{name: (name, _read_text) for name in ("session", "title", "form", "lighter")},
    **{name: (name, _read_number) for name in MINUTES.values()},
    **{name: (field_name, _read_minutes) for name, field_name in MINUTES.items()},
    **dict.fromkeys(("cadence", "cadence_spm"), ("cadence_spm", _read_number)),
    **{name: (name, _read_tension) for name in ("tension_before", "tension_after")},
    "date": (
        "day",
        partial(_read_moment, cell_to_day, mark_message("a date from {year} on; write it like 2026-11-20")),
    ),
    "time": ("clock", partial(_read_moment, cell_to_clock, mark_message("a time of day; write it like 18:30"))),
    "started_at": (
        "started_at",
        partial(_read_moment, cell_to_start, mark_message("a moment; write 2026-11-20T18:30+01:00")),
    ),
    "need": ("need", _read_need),
    "ended": ("ended", _read_ended),
    "language": ("language", _read_language),
    "id": ("id", _read_id),
}
"""The field of a run of each column, and the reader of its cells."""
