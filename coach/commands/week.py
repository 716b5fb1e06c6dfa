"""`coach week`: a week of running, in words and as a plot."""

from datetime import date
from pathlib import Path

import click

from coach.errors import UsageError
from coach.journal.diary import own_diary
from coach.journal.week_chart import lay_out_week
from coach.journal.week_summary import FINE, PLAIN, week_of, week_to_text
from coach.languages.journal_languages import LANGUAGES, journal_words_in
from coach.services.save_picture import save_picture
from coach.text.console import can_encode, echo_line
from coach.text.locale import system_language


def run(*, language: str | None, day: date | None, picture: Path | None, today: date | None = None) -> int:
    """Show the week around a day, or draw it; without a day, this week."""
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"the diary does not speak '{language}'; choose one of {', '.join(LANGUAGES)}")
    own = system_language()
    spoken = language or (own if own in LANGUAGES else "en")
    words = journal_words_in(spoken).week
    today = today or date.today()  # noqa: DTZ011 - the runner's own calendar is meant
    week = week_of(day or today, own_diary().runs())
    if picture is None:
        echo_line(week_to_text(week, words, today, FINE if can_encode(FINE.signs) else PLAIN))
        return 0
    save_picture(lay_out_week(week, words, spoken, today), picture)
    click.echo(f"drew {picture}")
    return 0
