"""`coach check`: all problems of one or many sessions."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import click

from coach.audio.soundbank import bell_length_s
from coach.commands import opening, problems
from coach.errors import Problem, SessionError, UsageError
from coach.practice.advice import advice
from coach.session import library
from coach.session.types import Session
from coach.timeline.compile import compile_plan
from coach.timeline.plan import Plan, Wish
from coach.voices.estimate import estimate


def run(*, paths: Sequence[str]) -> int:
    """Check sessions (names, files, or folders of them); 1 if any has an error, as opposed to advice."""
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise UsageError(
            f"there are no sessions in {', '.join(paths)}: their names end in {' or '.join(library.ENDINGS)}"
        )
    found = [problem for file in files for problem in check(file)]
    problems.show(found)
    errors = sum(problem.severity == "error" for problem in found)
    click.echo(f"{_counted(len(files), 'session')} checked: {_verdict(errors, len(found) - errors)}", err=True)
    return 1 if errors else 0


def check(path: Path) -> tuple[Problem, ...]:
    """All problems of one session: of reading it, and of timing it in each of its languages."""
    reading = opening.read(path)
    found = () if reading.session is None else _planning(reading.session)
    return tuple(sorted({*reading.problems, *found}))


def _planning(session: Session) -> Iterator[Problem]:
    """What goes wrong when the session is timed, going by how long words usually take; if nothing does, advice."""
    plans: list[Plan] = []
    measure = cache(estimate)
    for language in session.languages:
        try:
            plans.append(compile_plan(session, Wish(language=language), measure, bell_length_s))
        except SessionError as error:
            yield from error.problems
    if len(plans) == len(session.languages):
        yield from advice(plans)


def _files(path: str) -> list[Path]:
    if Path(path).is_dir():
        return sorted(file for ending in library.ENDINGS for file in Path(path).glob(f"*{ending}"))
    return [library.find(path)]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _verdict(errors: int, advice: int) -> str:
    counted = [_counted(errors, "error")] * bool(errors) + [f"{advice} to consider"] * bool(advice)
    return ", ".join(counted) or "no problems"
