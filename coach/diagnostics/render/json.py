"""Problems as JSON: a list of objects, each complete by itself."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from coach.diagnostics import codes
from coach.diagnostics.problem import Edit, Fix, Problem
from coach.diagnostics.source_file import Lines, Region, find_edit_region, find_region, make_printable


def render_json(problems: Iterable[Problem]) -> str:
    """Render problems with all that is known of them; lines and columns count from 1, in characters, ends exclusive."""
    lines = Lines()
    told = [_problem_to_json(problem, lines) for problem in problems]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _problem_to_json(problem: Problem, lines: Lines) -> dict[str, Any]:
    return {
        "code": problem.code,
        "level": problem.severity,
        "message": make_printable(problem.message),
        "help": make_printable(problem.help),
        "summary": codes.look_up(problem.code).summary,
        "file": make_printable(problem.location.file),
        **_region_to_json(find_region(problem.location, lines[problem.location.file])),
        "fix": None if problem.fix is None else _fix_to_json(problem.fix, lines),
    }


def _fix_to_json(fix: Fix, lines: Lines) -> dict[str, Any]:
    return {
        "title": make_printable(fix.title),
        "edits": [_edit_to_json(edit, lines[edit.location.file]) for edit in fix.edits],
    }


def _edit_to_json(edit: Edit, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "file": make_printable(edit.location.file),
        **_region_to_json(find_edit_region(edit.location, lines)),
        "text": make_printable(edit.text),
    }


def _region_to_json(region: Region) -> dict[str, int]:
    return {"line": region.line, "column": region.column, "end_line": region.end_line, "end_column": region.end_column}
