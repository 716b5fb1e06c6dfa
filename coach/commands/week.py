"""`coach week`: a week of running, as text or as a chart."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from coach.errors import ExitCode, UsageError
from coach.journal.diary import find_own_diary
from coach.journal.parse_answers import UnclearError
from coach.journal.parse_moment import find_start, parse_moment
from coach.journal.week_report import FINE, PLAIN, format_week, lay_out_week, select_week
from coach.languages import find_language
from coach.services.save_picture import save_picture
from coach.text.console import can_encode, echo_line
from coach.translation import _, get_language


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekRequest:
    """A week of the diary: the one around a day, to read or, with ``picture``, drawn to a file.

    ``date`` is the day as it was typed; None for today. ``force`` replaces a file that the coach did not make.
    """

    language: str | None
    date: str | None
    picture: Path | None
    force: bool


def run(request: WeekRequest, today: date | None = None) -> int:
    """Print the week, or draw it."""
    language = request.language or get_language()
    words = find_language(language).journal.week
    today = today or date.today()  # noqa: DTZ011 - the runner's own calendar is meant
    day = today if request.date is None else _parse_day(request.date, today, language)
    week = select_week(day, find_own_diary().read_runs())
    if request.picture is None:
        echo_line(format_week(week, words, today, FINE if can_encode(FINE.signs) else PLAIN))
        return ExitCode.OK
    save_picture(lay_out_week(week, words, language, today), request.picture, force=request.force)
    click.echo(_("drew {file}", file=request.picture))
    return ExitCode.OK


def _parse_day(text: str, today: date, language: str) -> date:
    """Parse a day as an answer of the diary is parsed: ``2026-11-20``, ``yesterday``.

    Raises:
        UsageError: it is no day.
    """
    try:
        is_day_first = find_language(language).journal.table.is_day_first
        moment = parse_moment(text, today)
        if moment.days:
            return find_start(moment, None, None, is_day_first=is_day_first).date()
    except UnclearError as error:
        if error.why == "beyond":
            raise UsageError(_("--date '{text}' is out of range; write a day from 1900 to 2999", text=text)) from error
    raise UsageError(_("--date '{text}' is not clear; write yesterday or 2026-11-20", text=text))
