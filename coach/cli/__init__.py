"""Command line of coach: runs a command; every error ends here, as a message and an exit code."""

import errno
import os
import sys
from collections.abc import Sequence

import click

from coach.cli.command_line import coach
from coach.cli.ui_language import choose_ui_language, put_ui_option_first, translate_command
from coach.errors import CoachError, ExitCode, ExternalError, UsageError, explain_missing_package
from coach.storage.log_file import CommandLog
from coach.text.console import StandardStreams
from coach.text.stop_signals import StopSignals
from coach.translation import _

__all__ = ["coach", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and log it. Every error ends here, as a message and an exit code.

    ``arguments`` are None for those of the process, whose standard streams are then guarded.
    """
    streams = StandardStreams() if arguments is None else None
    arguments = sys.argv[1:] if arguments is None else arguments
    log = CommandLog(arguments)
    choose_ui_language(arguments)
    exit_code = int(ExitCode.INTERNAL)
    with StopSignals() as signals:
        try:
            exit_code = _run(arguments, log)
            if streams is not None and streams.output_error is not None:
                exit_code = exit_code or ExitCode.EXTERNAL
                _report_output_error(streams.output_error)
        finally:
            log.finish(exit_code)
    return exit_code if signals.exit_code is None else signals.exit_code


def _run(arguments: Sequence[str], log: CommandLog) -> int:
    try:
        command = translate_command(coach)
        result = command.main(args=put_ui_option_first(arguments), prog_name="coach", standalone_mode=False, obj=log)
    except (Exception, click.exceptions.Abort) as error:
        if os.environ.get("COACH_DEBUG"):
            raise
        return _report_error(error, log, arguments)
    return result if isinstance(result, int) else ExitCode.OK


def _report_error(error: BaseException, log: CommandLog, arguments: Sequence[str]) -> ExitCode:
    """Print an error as a message, never as a traceback; return the exit code of its kind."""
    from coach.diagnostics.problem import SessionError, complete_command
    from coach.text.console import print_error

    if isinstance(error, ModuleNotFoundError):
        error = explain_missing_package(error.name) or error
    if isinstance(error, ValueError) and any("\0" in argument for argument in arguments):
        error = UsageError(_("a name cannot contain a null character"))
    match error:
        case click.exceptions.Abort():
            click.echo(_("interrupted; no unfinished file is left behind"), err=True)
            return ExitCode.INTERRUPTED
        case click.ClickException():
            error.show()
            return ExitCode.USAGE
        case SessionError():
            from coach.diagnostics.render.full import print_problems

            print_problems(complete_command(problem, arguments) for problem in error.problems)
            return ExitCode.SESSION
        case CoachError():
            print_error(error)
            return ExitCode.EXTERNAL if isinstance(error, ExternalError) else ExitCode.USAGE
    return _report_unexpected_error(error, log)


def _report_unexpected_error(error: BaseException, log: CommandLog) -> ExitCode:
    """Report an error that no command has explained: a lack of the machine is not a bug of ours."""
    is_name = isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG  # one that the user chose
    path = None if is_name else log.write_error(error)
    if isinstance(error, OSError | MemoryError):
        from coach.text.console import print_error

        print_error(_explain_lack(error))
        return ExitCode.EXTERNAL
    click.echo(_("internal error: {kind}: {error}", kind=type(error).__name__, error=error), err=True)
    way_out = _("this is a bug in coach; run it again with COACH_DEBUG=1, and report what it prints")
    if path:
        way_out = _("this is a bug in coach; report it with {path}", path=path)
    click.echo(_("help: {help}", help=way_out), err=True)
    return ExitCode.INTERNAL


def _explain_lack(error: OSError | MemoryError) -> ExternalError:
    if isinstance(error, MemoryError):
        return ExternalError(_("there is too little memory"), help=_("close other programs, and try again"))
    from coach.storage.atomic_write import explain_errno

    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else _("a file")
    is_long = error.errno == errno.ENAMETOOLONG
    way_out = _("choose a shorter name") if is_long else _("check the disk, and try again")
    return ExternalError(_("cannot use {name}: {reason}", name=name, reason=explain_errno(error)), help=way_out)


def _report_output_error(error: OSError) -> None:
    from coach.storage.atomic_write import explain_errno
    from coach.text.console import print_error

    message = _("cannot write to standard output: {reason}", reason=explain_errno(error))
    print_error(ExternalError(message, help=_("send it to the terminal, or to a file on a disk with space")))
