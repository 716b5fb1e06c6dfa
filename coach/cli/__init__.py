"""Command line of coach: runs a command; every error ends here, as a message and an exit code."""

import os
import sys
from collections.abc import Sequence

import click

from coach.cli.command_line import coach
from coach.cli.error_report import report_error
from coach.errors import ExitCode
from coach.storage.log_file import CommandLog

__all__ = ["coach", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and log it. Every error ends here, as a message and an exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    log = CommandLog(arguments)
    exit_code = int(ExitCode.INTERNAL)
    try:
        exit_code = _run(arguments, log)
    finally:
        log.finish(exit_code)
    return exit_code


def _run(arguments: Sequence[str], log: CommandLog) -> int:
    try:
        result = coach.main(args=list(arguments), prog_name="coach", standalone_mode=False, obj=log)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except (Exception, click.exceptions.Abort) as error:
        if os.environ.get("COACH_DEBUG"):
            raise
        return report_error(error, log)
    return result if isinstance(result, int) else ExitCode.OK
