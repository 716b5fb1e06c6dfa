"""`coach check`: all problems of one or more sessions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from coach.errors import ExitCode
from coach.services.check_cache import check_all
from coach.session import library
from coach.translation import _, translate_plural

if TYPE_CHECKING:
    from coach.diagnostics.problem import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckRequest:
    """What to check: names of built-in sessions, files or folders; and how.

    ``output_format`` is one of `coach.diagnostics.render.FORMATS`; ``select`` and ``ignore`` hold codes and groups.
    ``strict`` counts advice as an error; ``fix`` first applies all certain fixes, ``diff`` only shows them.
    ``verbose`` also says which words of blocks are left out or shortened to fit.
    """

    paths: tuple[str, ...]
    output_format: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    fix: bool
    diff: bool
    verbose: bool = False


def run(request: CheckRequest) -> int:
    """Check sessions.

    Returns:
        1 if there is an error, with ``strict`` also for advice, and with ``diff`` if there is anything to fix.

    Raises:
        UsageError: a session or a code does not exist.
    """
    select = _make_filter(request)
    files = library.find_all(request.paths)
    if request.fix or request.diff:
        from coach.services import autofix  # noqa: PLC0415 - slow to import, and a cached check does not need it

        fixed = autofix.apply_fixes(files, select)
        if request.diff:
            return autofix.print_fixes(fixed)
        autofix.write_fixes(fixed)
    if request.verbose:
        from coach.services import session_check  # noqa: PLC0415 - slow to import, and a cached check does not need it

        for line in session_check.list_abridged(files):
            click.echo(line, err=True)
    found = select(check_all(files))
    checked = translate_plural("{count} session checked", "{count} sessions checked", len(files))
    if not found and request.output_format == "full":
        click.echo(_("{checked}: no problems", checked=checked), err=True)
        return ExitCode.OK
    from coach.diagnostics.problem import count_errors, summarize  # noqa: PLC0415 - most checks find nothing
    from coach.diagnostics.render import render  # noqa: PLC0415 - the same

    summary = f"{checked}: {summarize(found)}"
    if request.output_format == "full":
        _print_full(found, summary, fixed=request.fix)
    else:
        rendered = render(found, request.output_format)
        if rendered:
            click.echo(rendered.encode("utf-8", "replace") + b"\n", nl=False)
        click.echo(summary, err=True)
    return ExitCode.SESSION if count_errors(found) or (request.strict and found) else ExitCode.OK


def _print_full(found: "Sequence[Problem]", summary: str, *, fixed: bool) -> None:
    """Print problems for people: each in full, the summary, where to read more, and what can be fixed."""
    from coach.diagnostics.render import full  # noqa: PLC0415 - as above

    full.print_problems(found)
    click.echo(summary, err=True)
    full.print_explain_hint(found)
    if not fixed:  # else what is left has other reasons
        full.print_fix_hint(found)


def _make_filter(request: CheckRequest) -> "Callable[[Iterable[Problem]], tuple[Problem, ...]]":
    """Make a function that keeps the selected problems."""
    if not request.select and not request.ignore:
        return tuple
    from coach.diagnostics.suppressions import select_rules  # noqa: PLC0415 - slow to import, and few checks select

    return select_rules(request.select, request.ignore).filter
