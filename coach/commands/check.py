"""`coach check`: all problems of one or many sessions."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from coach.commands import problems
from coach.commands.checked import check_all
from coach.errors import Problem
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
    wanted = _wanted(select, ignore)
    files = library.all_of(paths)
    if fix or diff:
        from coach.commands import mending  # noqa: PLC0415 - reading a session costs much more than knowing its problems

        mended = mending.mend(files, wanted)
        if diff:
            return mending.show(mended)
        mending.keep(mended)
    found = wanted(check_all(files))
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


def _wanted(select: Sequence[str], ignore: Sequence[str]) -> Callable[[Iterable[Problem]], tuple[Problem, ...]]:
    """What takes the problems that are asked for from all there are."""
    if not select and not ignore:
        return tuple
    from coach.commands.selection import selection  # noqa: PLC0415 - few ask, and the others need not wait for it

    return selection(select, ignore).of
