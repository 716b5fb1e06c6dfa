"""`coach week`: a week of running, in words and as a plot."""

from datetime import date
from pathlib import Path

import click

from coach.commands.drawing import draw
from coach.commands.own_language import own_language
from coach.commands.terminal import can_show, say
from coach.errors import UsageError
from coach.journal.diary import own_diary
from coach.journal.languages import LANGUAGES, words_in
from coach.journal.week import week_of
from coach.journal.week_as_text import FINE, PLAIN, as_text
from coach.journal.week_picture import layout


def run(*, language: str | None, day: date | None, picture: Path | None, today: date | None = None) -> int:
    """Show the week around a day, or draw it; without a day, this week."""
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"the diary does not speak '{language}'; choose one of {', '.join(LANGUAGES)}")
    own = own_language()
    spoken = language or (own if own in LANGUAGES else "en")
    words = words_in(spoken).week
    today = today or date.today()  # noqa: DTZ011 - the runner's own calendar is meant
    week = week_of(day or today, own_diary().runs())
    if picture is None:
        say(as_text(week, words, today, FINE if can_show(FINE.signs) else PLAIN))
        return 0
    draw(layout(week, words, spoken, today), picture)
    click.echo(f"drew {picture}")
    return 0
