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
    """A log with one run: the problems as results, and the catalogue's page of each code as a rule."""
    found = tuple(problems)
    rules = sorted({problem.code for problem in found})
    lines = Lines()
    driver = {
        "name": "coach",
        "fullName": "Mindful run coach",
        "version": coach.__version__,
        "rules": [_rule(code) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(problem, rules.index(problem.code), lines) for problem in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, Any]:
    registered = codes.look_up(code)
    return {
        "id": code,
        "shortDescription": _message(registered.summary),
        "help": {"text": registered.page, "markdown": registered.page},
        "defaultConfiguration": {"level": _LEVELS[registered.severity]},
    }


def _result(problem: Problem, rule: int, lines: Lines) -> dict[str, Any]:
    place = find_region(problem.where, lines[problem.where.file])
    told = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    location = {"artifactLocation": _file(problem.where.file), "region": _region(place)}
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": _message(told),
        "locations": [{"physicalLocation": location}],
    }
    if problem.fix is not None:
        result["fixes"] = [_fix(problem.fix.title, problem.fix.edits, lines)]
    return result


def _fix(title: str, edits: Sequence[Edit], lines: Lines) -> dict[str, Any]:
    files = dict.fromkeys(edit.where.file for edit in edits)
    changes = [
        {
            "artifactLocation": _file(file),
            "replacements": [_replacement(edit, lines[file]) for edit in edits if edit.where.file == file],
        }
        for file in files
    ]
    return {"description": _message(title), "artifactChanges": changes}


def _replacement(edit: Edit, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "deletedRegion": _region(find_edit_region(edit.where, lines)),
        "insertedContent": {"text": make_printable(edit.text)},
    }


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _message(text: str) -> dict[str, str]:
    """A message in which nothing is a placeholder (braces are doubled) or a link (brackets are escaped)."""
    literal = make_printable(text).replace("{", "{{").replace("}", "}}")
    if "](" in literal:
        literal = re.sub(r"[\\\[\]]", r"\\\g<0>", literal)
    return {"text": literal}


def _file(file: str) -> dict[str, str]:
    """A file below the folder we are in is named from there, as scanners know a repository's files; else in full."""
    path = Path(file)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": Path(os.path.abspath(path)).as_uri()}  # noqa: PTH100 - a link stays as the user named it
    return {"uri": quote(os.fsencode(path.as_posix()))}
