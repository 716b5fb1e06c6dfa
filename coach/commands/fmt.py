"""`coach fmt`: format sessions."""

from dataclasses import dataclass
from pathlib import Path

import click

from coach.diagnostics.edits import show_difference
from coach.diagnostics.problem import Problem, SessionError
from coach.diagnostics.render.full import print_problems
from coach.diagnostics.source_file import SourceError, read_source
from coach.errors import ExitCode
from coach.services import session_reading
from coach.session import library
from coach.session.formatter import format_session
from coach.storage.atomic_write import rewrite_file
from coach.storage.file_input import read_contents
from coach.translation import _
from coach.yaml import nodes


@dataclass(frozen=True, kw_only=True, slots=True)
class FormatRequest:
    """What to format: built-in sessions, files or folders; ``check`` and ``diff`` only show what would change."""

    paths: tuple[str, ...]
    check: bool
    diff: bool


def run(request: FormatRequest) -> int:
    """Format sessions.

    Returns:
        1 if a session has errors; it is left as it is. (A file of blocks or of pronunciations is not checked against
        the sessions that use it.) With ``check`` or ``diff`` also 1 if a file would change.

    Raises:
        UsageError: a session does not exist.
        ExternalError: a file cannot be read or written.
    """
    broken: list[Problem] = []
    changed = 0
    for file in library.find_all(request.paths, parts=True):
        try:
            before, after = _format_file(file)
        except SessionError as error:
            broken += error.problems
            continue
        if before != after:
            changed += 1
            _apply(request, file, before, after)
    print_problems(broken)
    would_change = bool(changed) and (request.check or request.diff)
    return ExitCode.SESSION if broken or would_change else ExitCode.OK


def _apply(request: FormatRequest, file: Path, before: bytes, after: bytes) -> None:
    """Write, list or show one file that changes."""
    if request.diff:
        click.echo("\n".join(show_difference(str(file), before, after, how=_("formatted"))))
    elif not request.check:
        rewrite_file(file, after)
    if request.check or not request.diff:
        click.echo(_("would format {file}", file=file) if request.check else _("formatted {file}", file=file))


def _format_file(file: Path) -> tuple[bytes, bytes]:
    """Read a file and format it; return its contents before and after.

    Raises:
        SessionError: it has errors.
    """
    errors = [problem for problem in session_reading.read_session(file).problems if problem.severity == "error"]
    if errors and not _is_only_blocks(file) and not library.is_pronunciations(file):
        raise SessionError(errors)
    before = read_contents(file)
    return before, format_session(before, str(file))


def _is_only_blocks(file: Path) -> bool:
    """Return whether a file can be read, and holds only blocks for other sessions to use: no title, no values."""
    try:
        root, faults = nodes.parse(read_source(file, str(file)))
    except SourceError:
        return False
    names = (
        root.list_names()
        if isinstance(root, nodes.Mapping)
        else ("blocks",)
        if isinstance(root, nodes.Sequence)
        else ()
    )
    return not faults and "blocks" in names and set(names) <= {"coach", "blocks"}
