"""`coach week`: a week of running, as text or as a chart."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from coach.errors import ExitCode
from coach.journal.diary import find_own_diary
from coach.journal.week_report import FINE, PLAIN, format_week, lay_out_week, select_week
from coach.languages import detect_own_language, find_language
from coach.services.save_picture import save_picture
from coach.text.console import can_encode, echo_line


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekRequest:
    """A week of the diary: the one around a day (None for today), to read or, with ``picture``, drawn to a file.

    ``force`` replaces a file that the coach did not make.
    """

    language: str | None
    day: date | None
    picture: Path | None
    force: bool


def run(request: WeekRequest, today: date | None = None) -> int:
    """Print the week, or draw it."""
    language = request.language or detect_own_language()
    words = find_language(language).journal.week
    today = today or date.today()  # noqa: DTZ011 - the runner's own calendar is meant
    week = select_week(request.day or today, find_own_diary().read_runs())
    if request.picture is None:
        echo_line(format_week(week, words, today, FINE if can_encode(FINE.signs) else PLAIN))
        return ExitCode.OK
    save_picture(lay_out_week(week, words, language, today), request.picture, force=request.force)
    click.echo(f"drew {request.picture}")
    return ExitCode.OK
