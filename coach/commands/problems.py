"""Problems of sessions, shown to their author."""

from collections.abc import Iterable

import click

from coach.errors import Problem
from coach.session.report import show_all


def show(problems: Iterable[Problem]) -> None:
    """Print each problem with its place in the source, on standard error."""
    shown = show_all(problems)
    if shown:
        click.echo(f"{shown}\n", err=True)
