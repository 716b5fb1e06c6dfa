"""`coach list`: the sessions that come with the coach."""

import click

from coach.errors import ExitCode
from coach.services import session_reading
from coach.session import library
from coach.translation import _, translate_in_context
from coach.units import seconds_to_text


def run() -> int:
    """Print a line for each session: name, form, length, languages and title."""
    headings = (_("session"), translate_in_context("heading", "form"), _("length"), _("speaks"), _("title"))
    rows = [headings, *map(_format_row, library.list_names())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return ExitCode.OK


def _format_row(name: str) -> tuple[str, str, str, str, str]:
    session = session_reading.load_session(name)
    length = "" if session.length_s is None else seconds_to_text(session.length_s)
    titles = " / ".join(session.title[language] for language in session.languages)
    return name, session.form, length, " ".join(session.languages), titles
