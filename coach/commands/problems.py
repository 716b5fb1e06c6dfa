"""Problems of sessions, shown to their author."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import click

from coach.errors import Problem
from coach.session.report import show as as_text


def show(problems: Iterable[Problem]) -> None:
    """Print each problem with its place in the source, on standard error."""
    for problem in problems:
        click.echo(as_text(problem, _lines(problem.where.file)) + "\n", err=True)


@cache
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(Path(file).read_text(encoding="utf-8-sig", errors="replace").splitlines())
    except OSError:
        return ()
