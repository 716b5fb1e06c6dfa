"""`coach explain`: what a problem means, why it matters, and how to fix it."""

import sys

import click

from coach.diagnostics import codes
from coach.errors import ExitCode
from coach.translation import _


def run(code: str | None) -> int:
    """Print the page of a code, or a line about each."""
    if code is None:
        _list_codes()
    elif sys.stdout.isatty():
        _print_markdown(codes.find_code(code).page)
    else:
        click.echo(codes.find_code(code).page, nl=False)
    return ExitCode.OK


def _list_codes() -> None:
    listed = [codes.look_up(name) for name in codes.list_codes()]
    width = max(len(code.name) for code in listed)
    for code in listed:
        click.echo(f"{code.name:<{width}}  {_(code.severity):<6}  {code.summary}")


def _print_markdown(text: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415 - the same

    console = Console()
    console.print(Markdown(text, code_theme="ansi_dark"), width=min(console.width, 100))
