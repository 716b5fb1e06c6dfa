"""Error report: the message of an error, and its exit code."""

import click

from coach.errors import CoachError, ExitCode, ExternalError
from coach.storage.log_file import CommandLog


def report_error(error: BaseException, log: CommandLog) -> ExitCode:
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
