"""Problems in the concise format: one line each, without help, as editors and `grep` expect."""

from collections.abc import Iterable

from coach.diagnostics.problem import Problem
from coach.text.sanitize import escape_control_characters


def render_concise(problems: Iterable[Problem]) -> str:
    """Render problems, a line each."""
    return "\n".join(map(_render_line, problems))


def render_place(problem: Problem) -> str:
    """Render where a problem is: ``file:line:column``."""
    return f"{escape_control_characters(problem.where.file)}:{problem.where.line}:{problem.where.column}"


def _render_line(problem: Problem) -> str:
    message = escape_control_characters(problem.message)
    return f"{render_place(problem)}: {problem.severity}[{problem.code}] {message}"
