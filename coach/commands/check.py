"""`coach check`: all problems of one or many sessions."""

from collections.abc import Sequence
from pathlib import Path

import click

from coach.commands import problems
from coach.commands.selection import selection
from coach.errors import Problem, UsageError
from coach.session import library


def run(
    *,
    paths: Sequence[str],
    form: str,
    select: Sequence[str],
    ignore: Sequence[str],
    strict: bool,
    fix: bool,
    diff: bool,
) -> int:
    """Check sessions (names, files, or folders of them).

    Args:
        paths: the sessions.
        form: how to tell, ``full`` or one that `problems.tell` knows.
        select: only these codes and groups; all if there are none.
        ignore: none of these.
        strict: whether advice counts as errors do.
        fix: whether to mend first what can certainly be mended.
        diff: whether to only show what would be mended.

    Returns:
        1 if any has an error, as opposed to advice; with ``strict`` 1 for advice, too; with ``diff`` 1 if there is
        anything to mend.

    Raises:
        UsageError: there are no such sessions, or no such codes.
    """
    wanted = selection(select, ignore)
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UsageError(
            f"there are no sessions in {', '.join(paths)}: their names end in {' or '.join(library.ENDINGS)}"
        )
    if fix or diff:
        from coach.commands import mending  # noqa: PLC0415 - reading a session costs much more than knowing its problems

        mended = mending.mend(files, wanted.of)
        if diff:
            return mending.show(mended)
        mending.keep(mended)
    found = wanted.of(problem for file in files for problem in check(file))
    if form == "full":
        problems.show(found)
    else:
        problems.tell(found, form)
    click.echo(f"{problems.counted(len(files), 'session')} checked: {problems.verdict(found)}", err=True)
    if form == "full":
        problems.point(found)
    return 1 if problems.errors(found) or (strict and found) else 0


def check(path: Path) -> tuple[Problem, ...]:
    """All problems of one session: of reading it, and of timing it in each of its languages; and advice."""
    from coach.commands import checking  # noqa: PLC0415 - reading a session costs much more than knowing its problems

    return checking.check(path)


def _files(path: str) -> list[Path]:
    if Path(path).is_dir():
        return sorted(file for ending in library.ENDINGS for file in Path(path).glob(f"*{ending}"))
    return [library.find(path)]
