"""`coach journal`: the runs so far."""

import os
import shutil

import click

from coach.errors import UsageError
from coach.journal.diary import own_diary
from coach.journal.export import list_runs, runs_to_csv, runs_to_json
from coach.text.console import echo_line

EMPTY = "The diary is empty. It begins with your first run: coach play reset-run"


def run(*, as_table: bool, as_data: bool, where: bool) -> int:
    """List all runs, the newest first; or write them for other programs, in UTF-8; or tell where they are kept."""
    if as_table + as_data + where > 1:
        raise UsageError("choose one of --csv, --json and --where")
    diary = own_diary()
    if where:
        click.echo(os.fsencode(diary.path))
        return 0
    runs = diary.runs()
    if as_table or as_data:
        click.echo((runs_to_csv if as_table else runs_to_json)(runs).encode(), nl=False)
    else:
        echo_line(list_runs(runs, shutil.get_terminal_size().columns) if runs else EMPTY)
    return 0
