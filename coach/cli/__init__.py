"""Command line of coach: runs a command; every error ends here, as a message and an exit code."""

import os
import sys
from collections.abc import Sequence

import click

from coach.cli.command_line import coach
from coach.errors import CoachError, ExitCode, ExternalError
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
        return _report_error(error, log)
    return result if isinstance(result, int) else ExitCode.OK


def _report_error(error: BaseException, log: CommandLog) -> ExitCode:
    """Print an error as a message, never as a traceback; return the exit code of its kind."""
    from coach.diagnostics.problem import SessionError
    from coach.text.console import print_error

    match error:
        case click.exceptions.Abort():
            click.echo("interrupted; no unfinished file is left behind", err=True)
            return ExitCode.INTERRUPTED
        case click.ClickException():
            error.show()
            return ExitCode.USAGE
        case SessionError():
            from coach.diagnostics.render.full import print_problems

            print_problems(error.problems)
            return ExitCode.SESSION
        case CoachError():
            print_error(error)
            return ExitCode.EXTERNAL if isinstance(error, ExternalError) else ExitCode.USAGE
    path = log.write_error(error)
    report = f"report it with {path}" if path else "run it again with COACH_DEBUG=1, and report what it prints"
    click.echo(f"internal error: {type(error).__name__}: {error}", err=True)
    click.echo(f"help: this is a bug in coach; {report}", err=True)
    return ExitCode.INTERNAL
