"""`coach week`: a week of running, in words and as a plot."""

from datetime import date
from pathlib import Path

import click

from coach.journal.diary import own_diary
from coach.journal.week_chart import lay_out_week
from coach.journal.week_summary import FINE, PLAIN, week_of, week_to_text
from coach.languages.registry import find_language, own_language
from coach.services.save_picture import save_picture
from coach.text.console import can_encode, echo_line


def run(*, language: str | None, day: date | None, picture: Path | None, today: date | None = None) -> int:
    """Show the week around a day, or draw it; without a day, this week."""
    spoken = language or own_language()
    words = find_language(spoken).journal.week
    today = today or date.today()  # noqa: DTZ011 - the runner's own calendar is meant
    week = week_of(day or today, own_diary().runs())
    if picture is None:
        echo_line(week_to_text(week, words, today, FINE if can_encode(FINE.signs) else PLAIN))
        return 0
    save_picture(lay_out_week(week, words, spoken, today), picture)
    click.echo(f"drew {picture}")
    return 0
