"""`coach journal`: list or export the runs in the diary."""

import os
import shutil
from dataclasses import dataclass

import click

from coach.errors import ExitCode, UsageError
from coach.journal.diary import find_own_diary
from coach.journal.export import list_runs, runs_to_csv, runs_to_json
from coach.text.console import echo_line

EMPTY = "The diary is empty. It begins with your first run: coach play reset-run"


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalRequest:
    """What to print of the diary: at most one of these, else a list to read."""

    as_csv: bool
    as_json: bool
    where: bool


def run(request: JournalRequest) -> int:
    """List all runs, the newest first; or write them for other programs, in UTF-8; or print the diary's path."""
    if request.as_csv + request.as_json + request.where > 1:
        raise UsageError("choose one of --csv, --json and --where")
    diary = find_own_diary()
    if request.where:
        click.echo(os.fsencode(diary.path))
        return ExitCode.OK
    runs = diary.read_runs()
    if request.as_csv or request.as_json:
        click.echo((runs_to_csv if request.as_csv else runs_to_json)(runs).encode(), nl=False)
    else:
        echo_line(list_runs(runs, shutil.get_terminal_size().columns) if runs else EMPTY)
    return ExitCode.OK
