"""Problems as SARIF 2.1.0, the OASIS format that code scanners and editors read."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import coach
from coach.diagnostics import codes
from coach.diagnostics.problem import Edit, Problem
from coach.diagnostics.source_file import Lines, Region, find_edit_region, find_region, make_printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "advice": "note"}


def render_sarif(problems: Iterable[Problem]) -> str:
    """Render a log with one run: the problems as results, and the page of each code as a rule."""
    found = tuple(problems)
    rules = sorted({problem.code for problem in found})
    lines = Lines()
    driver = {
        "name": "coach",
        "fullName": "Mindful run coach",
        "version": coach.__version__,
        "rules": [_make_rule(code) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_make_result(problem, rules.index(problem.code), lines) for problem in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _make_rule(code: str) -> dict[str, Any]:
    registered = codes.look_up(code)
    return {
        "id": code,
        "shortDescription": _make_message(registered.summary),
        "help": {"text": registered.page, "markdown": registered.page},
        "defaultConfiguration": {"level": _LEVELS[registered.severity]},
    }


def _make_result(problem: Problem, rule: int, lines: Lines) -> dict[str, Any]:
    place = find_region(problem.location, lines[problem.location.file])
    told = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    physical = {"artifactLocation": _make_artifact_location(problem.location.file), "region": _make_region(place)}
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": _make_message(told),
        "locations": [{"physicalLocation": physical}],
    }
    if problem.fix is not None:
        result["fixes"] = [_make_fix(problem.fix.title, problem.fix.edits, lines)]
    return result


def _make_fix(title: str, edits: Sequence[Edit], lines: Lines) -> dict[str, Any]:
    files = dict.fromkeys(edit.location.file for edit in edits)
    changes = [
        {
            "artifactLocation": _make_artifact_location(file),
            "replacements": [_make_replacement(edit, lines[file]) for edit in edits if edit.location.file == file],
        }
        for file in files
    ]
    return {"description": _make_message(title), "artifactChanges": changes}


def _make_replacement(edit: Edit, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "deletedRegion": _make_region(find_edit_region(edit.location, lines)),
        "insertedContent": {"text": make_printable(edit.text)},
    }


def _make_region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _make_message(text: str) -> dict[str, str]:
    """Make a message without placeholders (braces are doubled) or links (brackets are escaped)."""
    literal = make_printable(text).replace("{", "{{").replace("}", "}}")
    if "](" in literal:
        literal = re.sub(r"[\\\[\]]", r"\\\g<0>", literal)
    return {"text": literal}


def _make_artifact_location(file: str) -> dict[str, str]:
    """Name a file below the current folder from there, as scanners name files of a repository; any other in full."""
    path = Path(file)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": Path(os.path.abspath(path)).as_uri()}  # noqa: PTH100 - a link stays as the user named it
    return {"uri": quote(os.fsencode(path.as_posix()))}
