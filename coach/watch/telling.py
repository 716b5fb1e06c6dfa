"""What is wrong, as a page is told it."""

from collections.abc import Iterable

from coach.errors import CoachError, OutsideError, Problem, Where
from coach.pictures.page import ToldProblem
from coach.session.report import excerpt
from coach.session.source import Lines, sayable


def told(problems: Iterable[Problem]) -> list[ToldProblem]:
    """Problems of a session, with the lines that they are in."""
    lines = Lines()
    return [
        ToldProblem(
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            help=problem.help,
            file=sayable(problem.where.file),
            line=problem.where.line,
            column=problem.where.column,
            excerpt=excerpt(problem, lines[problem.where.file]),
        )
        for problem in sorted(problems)
    ]


def told_fault(fault: CoachError, where: Where | None = None) -> ToldProblem:
    """What is no fault of the words themselves: a voice that fails, a file that cannot be read."""
    return ToldProblem(
        severity="error",
        code="",
        message=fault.message if isinstance(fault, OutsideError) else str(fault),
        help=fault.help if isinstance(fault, OutsideError) else "",
        file=sayable(where.file) if where else "",
        line=where.line if where else 0,
        column=where.column if where else 0,
        excerpt="",
    )
