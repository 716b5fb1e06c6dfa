"""Problems of sessions, shown to their author or told to other programs."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import click

from coach.diagnostics.problem import Problem
from coach.errors import CoachError, ExternalError

FORMATS: Mapping[str, str] = {
    "json": "coach.diagnostics.render.json:as_json",
    "github": "coach.diagnostics.render.github:as_github",
    "sarif": "coach.diagnostics.render.sarif:as_sarif",
}


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem with its place in the source, on standard error."""
    found = tuple(problems)
    if found:
        click.echo(f"{_report().render_all(found, _paint)}\n", err=True)


def tell(problems: Iterable[Problem], form: str) -> None:
    """Print problems for another program, on standard output: a line for each, or one of `FORMATS`."""
    if form == "concise":
        told = "\n".join(map(_report().render_concise, problems))
    else:
        module, _, name = FORMATS[form].partition(":")
        writer: Callable[[Iterable[Problem]], str] = getattr(import_module(module), name)
        told = writer(problems)
    if told:
        click.echo(told.encode("utf-8", "replace") + b"\n", nl=False)


def point(problems: Iterable[Problem]) -> None:
    """Say, in one quiet line, where more is told of these problems."""
    codes = sorted({problem.code for problem in problems})
    if len(codes) == 1:
        click.echo(_paint(f"'coach explain {codes[0]}' tells more", "quiet"), err=True)
    elif codes:
        click.echo(_paint(f"'coach explain CODE' tells more: {', '.join(codes)}", "quiet"), err=True)


def verdict(problems: Sequence[Problem]) -> str:
    """What these problems come to, in a few words."""
    wrong = errors(problems)
    advice = len(problems) - wrong
    return (
        ", ".join([counted(wrong, "error")] * bool(wrong) + [f"{advice} to consider"] * bool(advice)) or "no problems"
    )


def errors(problems: Iterable[Problem]) -> int:
    """How many of them are errors, as opposed to advice."""
    return sum(problem.severity == "error" for problem in problems)


def counted(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tell_fault(fault: CoachError) -> None:
    """Print what went wrong that no session is to blame for, on standard error."""
    harmless = _report().harmless
    message, way_out = (fault.message, fault.help) if isinstance(fault, ExternalError) else (str(fault), "")
    click.echo("\n".join([f"error: {harmless(message)}", *([f"help: {harmless(way_out)}"] * bool(way_out))]), err=True)


def _report() -> ModuleType:
    from coach.diagnostics.render import full  # noqa: PLC0415 - most checks find nothing to report, and are quicker for it

    return full


_STYLES: Mapping[str, Mapping[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "advice": {"fg": "cyan", "bold": True},
    "message": {"bold": True},
    "quiet": {"dim": True},
}


def _paint(text: str, role: str) -> str:
    """The text in its role's colours, of which click leaves nothing where there is no terminal."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, **_STYLES[role])
