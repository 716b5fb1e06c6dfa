"""Problems as GitHub workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterable

from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import Lines, find_region
from coach.text.sanitize import escape_control_characters

_COMMANDS = {"error": "error", "advice": "notice"}


def render_github(problems: Iterable[Problem]) -> str:
    """Render problems, a workflow command each.

    Data is escaped as in GitHub's own toolkit: ``%`` and line ends, and in properties ``:`` and ``,``.
    """
    lines = Lines()
    return "\n".join(_render_command(problem, lines) for problem in problems)


def _render_command(problem: Problem, lines: Lines) -> str:
    place = find_region(problem.location, lines[problem.location.file])
    properties = {
        "file": problem.location.file,
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        "endColumn": str(place.end_column),
        "title": problem.code,
    }
    told = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    return f"::{_COMMANDS[problem.severity]} {told}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escape_control_characters(escaped)


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
