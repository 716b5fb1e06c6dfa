"""What a YAML parser says, in words an author can act on."""

import re

import yaml

from coach.errors import Problem
from coach.session.source import Source

_QUOTES = 'put the text in quotes: "…"'

_CLOSINGS = {
    "'": "write '' for an apostrophe inside single quotes, or use double quotes",
    '"': 'write \\" for a quote inside double quotes, or use single quotes',
    "]": "put a text that begins with [ in quotes",
    "}": "put a text that begins with { in quotes",
}

_FAULTS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"mapping values are not allowed",
        "stray-colon",
        "a `:` cannot stand here",
        "put the text in quotes if the colon belongs to it, else check the indentation",
    ),
    (
        r"quoted scalar.*(unexpected end of stream|document separator)",
        "open-quote",
        "this quote is never closed",
        "close it, and write '' for an apostrophe inside single quotes",
    ),
    (
        r"quoted scalar.*(unknown escape|escape character|hexadecimal|escape code)",
        "bad-escape",
        "this backslash begins nothing that YAML knows",
        "inside double quotes write \\\\ for a backslash, or use single quotes",
    ),
    (
        r"(flow sequence|flow node|',' or '\]').*",
        "open-list",
        "this [ … ] list is not closed or lacks a comma",
        "close it with ], or put a text that begins with [ in quotes",
    ),
    (
        r"(flow mapping|',' or '\}').*",
        "open-mapping",
        "this { … } is not closed or lacks a comma",
        "close it with }, or put a text that begins with { in quotes",
    ),
    (
        r"block sequence entries are not allowed|sequence entries are not allowed",
        "stray-dash",
        "a list cannot begin here",
        "begin the list on the next line, with `- `",
    ),
    (
        r"expected ':'|expected alphabetic or numeric|simple key|mapping keys are not allowed",
        "no-colon",
        "this is neither `key: value` nor the text of the line above",
        "write `key: value`, indent a text that goes on, and quote one that begins with * & or ?",
    ),
    (
        r"block scalar|block sequence|'-' indicator",
        "indentation",
        "this does not line up with the list or text above",
        "begin each item of a list with `- `, in the same column",
    ),
    (
        r"block mapping|expected key|block end|document start|block collection|node content|indent",
        "indentation",
        "this does not line up with the lines above",
        "begin the keys of one mapping in the same column; quote a text that begins with \" ' [ or {",
    ),
)


def explain(error: yaml.YAMLError, source: Source) -> Problem:
    """Say what a parser's error means, and where."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    line, column = (mark.line, mark.column) if mark else (0, 0)
    for at in {line, context.line if context else line}:
        if at < len(source.lines) and "\t" in _indentation(source.lines[at]):
            return _tab(source, at)
    if "cannot start any token" in said:
        return _cannot_start(source, line, column)
    code, message, advice = next(
        (entry[1:] for entry in _FAULTS if re.search(entry[0], said)),
        ("not-yaml", "this is not YAML", f"{_QUOTES} if it is one, else compare it with the lines around it"),
    )
    after = _after_closing(source, line, column) if code == "indentation" else None
    if after is not None:
        return after
    if code in ("open-quote", "open-list", "open-mapping") and context:
        line, column = context.line, context.column
    if code == "bad-escape" and source.lines[line][column - 1 : column] == "\\":
        column -= 1  # the pure parser points past the backslash
    line, column = _inside(source, line, column)
    return Problem(where=source.where(line, column, column + 1), code=code, message=message, help=advice)


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _tab(source: Source, line: int) -> Problem:
    column = source.lines[line].index("\t")
    where = source.where(line, column, len(_indentation(source.lines[line])))
    return Problem(where=where, code="tab", message="a tab cannot indent a line", help="use spaces, two for each level")


def _cannot_start(source: Source, line: int, column: int) -> Problem:
    shown = source.lines[line][column : column + 1]
    where = source.where(line, column, column + 1)
    return Problem(where=where, code="unquoted", message=f"a text cannot begin with {shown}", help=_QUOTES)


def _after_closing(source: Source, line: int, column: int) -> Problem | None:
    """Text that goes on after a quote or bracket has closed, which authors mean to be one text."""
    written = source.lines[line] if line < len(source.lines) else ""
    before, rest = written[:column].rstrip(), written[column:].rstrip()
    advice = _CLOSINGS.get(before[-1:])
    if advice is None or not rest or rest[0] in ":#":
        return None
    where = source.where(line, column, len(written.rstrip()))
    return Problem(where=where, code="unquoted", message=f"this goes on after the closing {before[-1]}", help=advice)


def _inside(source: Source, line: int, column: int) -> tuple[int, int]:
    """The last place with something on it, for faults found only at the end of the file."""
    line = min(line, len(source.lines) - 1)
    while line > 0 and not source.lines[line].strip():
        line, column = line - 1, len(source.lines[line - 1].rstrip()) - 1
    return line, max(0, min(column, len(source.lines[line]) - 1))
