"""Fixes of YAML syntax errors: quotes around words, spaces for tabs, a bracket or quote closed.

A fix is offered only if YAML then reads on past the place. One that closes or indents must let YAML read to the end
of the file, or to a line that is fixed in its turn.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from coach.diagnostics.edits import apply_edits_to_text
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.diagnostics.source_file import SourceFile
from coach.text.sanitize import quote

LONGEST_LINE = 2_000

FAST_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TEXT = re.compile(
    r"(?P<before>\s*(?:- +)*(?P<key>say|title|about|text|[a-z]{2}): +)(?P<value>\S.*?)(?P<after>\s+#.*|\s*)"
)

_WORDS_BEFORE_COLON = re.compile(r"[A-Z]|[^:]*\s")

_MARKED = re.compile(r"\[(?:in|out|step|[0-9][^\[\]]*)\]|\{\w+\}")

_KEY = re.compile(r"(\s*(?:- +)*[a-z][a-z-]*:)(?=[^\s:/])")

_OPEN = {"[": "]", "{": "}"}

_TABS = (2, 4, 8)

_TAB = re.compile(r" *\t[ \t]*")

CandidateFix = tuple[str, tuple[Edit, ...]]


def propose_fixes(problem: Problem, source: SourceFile) -> Problem:
    """Add the fix to a syntax error, if one is certain."""
    return replace(problem, fix=_find_fix(problem, source))


def _find_fix(problem: Problem, source: SourceFile) -> Fix | None:
    line = source.lines[problem.where.line - 1]
    if len(line) > LONGEST_LINE:
        return None
    if problem.code == "tab":
        return _replace_tabs(source)
    for title, edits in _list_candidates(problem, line):
        _, stops = _read(apply_edits_to_text(source.text, edits))
        closes = problem.code in ("open-list", "open-mapping", "open-bracket", "open-quote")
        if stops is None or (_TAB.match(source.lines[stops]) if closes else stops >= problem.where.line):
            return Fix(title=title, edits=edits)
    return None


def _read(text: str) -> tuple[tuple[str, ...], int | None]:
    """Return what YAML reads in a text, and the line (from 0) in which it stops; None if it reads to the end."""
    seen: list[str] = []
    try:
        seen += (f"{type(event).__name__} {getattr(event, 'value', '')}" for event in yaml.parse(text, FAST_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        return tuple(seen), mark.line if mark else 0
    except yaml.YAMLError:
        return (), 0
    return tuple(seen), None


def _list_candidates(problem: Problem, line: str) -> Iterator[CandidateFix]:
    """List what might fix a line, the likeliest first."""
    where = problem.where
    if problem.code in ("unquoted", "stray-colon", "open-quote"):
        yield from _quote_words(where, line)
    if problem.code == "bad-escape":
        yield from _use_single_quotes(where, line)
    if problem.code in ("no-colon", "indentation", "not-yaml"):
        yield from _insert_space_after_colon(where, line)
    if problem.code in ("open-list", "open-mapping", "open-bracket"):
        closing = _OPEN.get(line[where.column - 1 : where.column], "")
        yield from _close(where, line, closing)
    if problem.code == "open-quote":
        yield from _close(where, line, line[where.column - 1 : where.column])


def _quote_words(where: Location, line: str) -> Iterator[CandidateFix]:
    found = _TEXT.fullmatch(line)
    if found is None:
        return
    value, start = found["value"], found.start("value")
    first, rest = value[0], value[1:]
    if first in "'\"" and (value[-1] == first and rest[:-1]):
        yield _replace_value(where, start, value, _quote_yaml(value[1:-1]))
    if (
        first in "\"'"
        and not value.startswith(("'s ", "'t ", "'n ", "'k "))
        and value[-1] != first
        and first not in rest
    ):
        return
    plain = first not in "\"'[{|>#" and (":" not in value or _WORDS_BEFORE_COLON.match(value))
    if plain or first in "\"'" or _MARKED.match(value):
        yield _replace_value(where, start, value, _quote_yaml(value))


def _quote_yaml(text: str) -> str:
    """Quote a text so that YAML reads it back: in double quotes, or in single ones if it needs them."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _use_single_quotes(where: Location, line: str) -> Iterator[CandidateFix]:
    for found in re.finditer(r'"((?:[^"\\]|\\.)*)"', line):
        inside = found[1]
        if (
            found.start() < where.column <= found.end()
            and "'" not in inside
            and re.search(r"\\[^\[\]{}]", inside) is None
        ):
            yield _replace_value(where, found.start(), found[0], f"'{inside}'")


def _insert_space_after_colon(where: Location, line: str) -> Iterator[CandidateFix]:
    found = _KEY.match(line)
    if found:
        place = replace(where, column=found.end() + 1, end_column=found.end() + 1)
        yield f"put a space after {quote(found[1].strip(' -'))}", (Edit(where=place, text=" "),)


def _close(where: Location, line: str, closing: str) -> Iterator[CandidateFix]:
    bare = re.sub(r"\s+#[^\"']*$", "", line).rstrip()
    end = replace(where, column=len(bare) + 1, end_column=len(bare) + 1)
    if closing:
        yield f"put {closing} at the end of the line", (Edit(where=end, text=closing),)


def _replace_value(where: Location, start: int, value: str, better: str) -> CandidateFix:
    place = replace(where, column=start + 1, end_column=start + len(value) + 1)
    return f"put quotes around {quote(better.strip(better[0]))}", (Edit(where=place, text=better),)


def _replace_tabs(source: SourceFile) -> Fix | None:
    """Replace every tab that indents by spaces, if all widths that YAML can read give the same nodes."""
    edits = {width: _list_tab_edits(source, width) for width in _TABS}
    last = max(edit.where.line for edit in edits[_TABS[0]])
    read = {width: _read(apply_edits_to_text(source.text, edits[width])) for width in _TABS}
    good = [width for width, (_, stops) in read.items() if stops is None or stops >= last]
    if not good or any(read[width] != read[good[0]] for width in good):
        return None
    return Fix(title="write spaces for the tabs that indent lines", edits=edits[good[0]])


def _list_tab_edits(source: SourceFile, width: int) -> tuple[Edit, ...]:
    return tuple(
        Edit(where=source.where(number, 0, len(indent[0])), text=indent[0].replace("\t", " " * width))
        for number, line in enumerate(source.lines)
        if (indent := _TAB.match(line))
    )
