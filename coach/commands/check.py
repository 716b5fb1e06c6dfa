"""`coach check`: all problems of one or many sessions."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from coach.diagnostics.problem import Problem
from coach.diagnostics.render import registry
from coach.services.parallel_check import check_all
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
        from coach.services import autofix  # noqa: PLC0415 - reading a session costs much more than knowing its problems

        mended = autofix.apply_fixes(files, wanted)
        if diff:
            return autofix.show(mended)
        autofix.keep(mended)
    found = wanted(check_all(files))
    if form == "full":
        registry.print_problems(found)
    else:
        registry.tell(found, form)
    click.echo(f"{registry.counted(len(files), 'session')} checked: {registry.verdict(found)}", err=True)
    if form == "full":
        registry.point(found)
    return 1 if registry.errors(found) or (strict and found) else 0


def check(path: Path) -> tuple[Problem, ...]:
    """All problems of one session: of reading it, and of timing it in each of its languages; and advice."""
    from coach.services import session_check  # noqa: PLC0415 - reading a session costs much more than knowing its problems

    return session_check.check_session(path)


def _wanted(select: Sequence[str], ignore: Sequence[str]) -> Callable[[Iterable[Problem]], tuple[Problem, ...]]:
    """What takes the problems that are asked for from all there are."""
    if not select and not ignore:
        return tuple
    from coach.services.rule_selection import select_rules  # noqa: PLC0415 - few ask, and the others need not wait for it

    return select_rules(select, ignore).of
