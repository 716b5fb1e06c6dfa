"""`coach fmt`: sessions laid out in one way."""

from collections.abc import Sequence
from pathlib import Path

import click

from coach.diagnostics.edits import show_difference
from coach.diagnostics.problem import Problem, SessionError
from coach.diagnostics.render import registry
from coach.diagnostics.source_file import SourceError, read_source
from coach.services import session_preparation
from coach.session import library
from coach.session.formatter.formatter import format_session
from coach.storage.atomic_write import read_contents, rewrite_file
from coach.yaml import nodes


def run(*, paths: Sequence[str], check: bool, diff: bool) -> int:
    """Lay out sessions: names, files, or folders of them.

    Args:
        paths: the sessions.
        check: whether to only tell which are not laid out so.
        diff: whether to only show what would change.

    Returns:
        1 if a session has errors, which leaves it as it is (of a file of blocks, what others make of it is not
        looked at); with ``check`` or ``diff`` also if one would change.

    Raises:
        UsageError: there are no such sessions.
        OutsideError: a file cannot be read or written.
    """
    broken: list[Problem] = []
    changed = 0
    for file in library.all_of(paths):
        try:
            before, after = _laid_out(file)
        except SessionError as error:
            broken += error.problems
            continue
        if before == after:
            continue
        changed += 1
        if diff:
            click.echo("\n".join(show_difference(str(file), before, after, how="laid out")))
        elif not check:
            rewrite_file(file, after)
        if check or not diff:
            click.echo(f"{'would lay out' if check else 'laid out'} {file}")
    registry.print_problems(broken)
    return 1 if broken or (changed and (check or diff)) else 0


def _laid_out(file: Path) -> tuple[bytes, bytes]:
    """What a file holds, and what it would hold.

    Raises:
        SessionError: it has errors.
    """
    errors = [problem for problem in session_preparation.read(file).problems if problem.severity == "error"]
    if errors and not _is_only_blocks(file):
        raise SessionError(errors)
    before = read_contents(file)
    return before, format_session(before, str(file))


def _is_only_blocks(file: Path) -> bool:
    """Whether a file can be read, and holds blocks for other sessions to use: it has no title, and names no values."""
    try:
        root, faults = nodes.parse(read_source(file, str(file)))
    except SourceError:
        return False
    names = root.names() if isinstance(root, nodes.Mapping) else ("blocks",) if isinstance(root, nodes.Sequence) else ()
    return not faults and "blocks" in names and set(names) <= {"coach", "blocks"}
