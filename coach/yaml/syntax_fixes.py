"""What certainly mends a text that YAML cannot read: quotes around words, spaces for tabs, a bracket or quote closed.

A fix is offered only where YAML then reads on past the place, and for what closes or indents to the end of the file,
or to what is mended in its turn.
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
    """A problem of YAML's, with its fix if one is certain."""
    return replace(problem, fix=_fix(problem, source))


def _fix(problem: Problem, source: SourceFile) -> Fix | None:
    line = source.lines[problem.where.line - 1]
    if len(line) > LONGEST_LINE:
        return None
    if problem.code == "tab":
        return _spaces_for_tabs(source)
    for title, edits in _changes(problem, line):
        _, stops = _read(apply_edits_to_text(source.text, edits))
        closes = problem.code in ("open-list", "open-mapping", "open-bracket", "open-quote")
        if stops is None or (_TAB.match(source.lines[stops]) if closes else stops >= problem.where.line):
            return Fix(title=title, edits=edits)
    return None


def _read(text: str) -> tuple[tuple[str, ...], int | None]:
    """What YAML reads in a text, and the line (from 0) in which it stops, or None if it reads on to the end."""
    seen: list[str] = []
    try:
        seen += (f"{type(event).__name__} {getattr(event, 'value', '')}" for event in yaml.parse(text, FAST_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        return tuple(seen), mark.line if mark else 0
    except yaml.YAMLError:
        return (), 0
    return tuple(seen), None


def _changes(problem: Problem, line: str) -> Iterator[CandidateFix]:
    """What might mend a line, the likeliest first."""
    where = problem.where
    if problem.code in ("unquoted", "stray-colon", "open-quote"):
        yield from _words_in_quotes(where, line)
    if problem.code == "bad-escape":
        yield from _single_quotes(where, line)
    if problem.code in ("no-colon", "indentation", "not-yaml"):
        yield from _space_after_colon(where, line)
    if problem.code in ("open-list", "open-mapping", "open-bracket"):
        closing = _OPEN.get(line[where.column - 1 : where.column], "")
        yield from _closed(where, line, closing)
    if problem.code == "open-quote":
        yield from _closed(where, line, line[where.column - 1 : where.column])


def _words_in_quotes(where: Location, line: str) -> Iterator[CandidateFix]:
    found = _TEXT.fullmatch(line)
    if found is None:
        return
    value, start = found["value"], found.start("value")
    first, rest = value[0], value[1:]
    if first in "'\"" and (value[-1] == first and rest[:-1]):
        yield _rewritten(where, start, value, _in_quotes(value[1:-1]))
    if (
        first in "\"'"
        and not value.startswith(("'s ", "'t ", "'n ", "'k "))
        and value[-1] != first
        and first not in rest
    ):
        return
    plain = first not in "\"'[{|>#" and (":" not in value or _WORDS_BEFORE_COLON.match(value))
    if plain or first in "\"'" or _MARKED.match(value):
        yield _rewritten(where, start, value, _in_quotes(value))


def _in_quotes(text: str) -> str:
    """A text as YAML reads it back: in double quotes, or in single ones where something in it needs them."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _single_quotes(where: Location, line: str) -> Iterator[CandidateFix]:
    for found in re.finditer(r'"((?:[^"\\]|\\.)*)"', line):
        inside = found[1]
        if (
            found.start() < where.column <= found.end()
            and "'" not in inside
            and re.search(r"\\[^\[\]{}]", inside) is None
        ):
            yield _rewritten(where, found.start(), found[0], f"'{inside}'")


def _space_after_colon(where: Location, line: str) -> Iterator[CandidateFix]:
    found = _KEY.match(line)
    if found:
        place = replace(where, column=found.end() + 1, end_column=found.end() + 1)
        yield f"put a space after {quote(found[1].strip(' -'))}", (Edit(where=place, text=" "),)


def _closed(where: Location, line: str, closing: str) -> Iterator[CandidateFix]:
    bare = re.sub(r"\s+#[^\"']*$", "", line).rstrip()
    end = replace(where, column=len(bare) + 1, end_column=len(bare) + 1)
    if closing:
        yield f"put {closing} at the end of the line", (Edit(where=end, text=closing),)


def _rewritten(where: Location, start: int, value: str, better: str) -> CandidateFix:
    place = replace(where, column=start + 1, end_column=start + len(value) + 1)
    return f"put quotes around {quote(better.strip(better[0]))}", (Edit(where=place, text=better),)


def _spaces_for_tabs(source: SourceFile) -> Fix | None:
    """Every tab that indents a line as spaces, if whatever widths YAML can read come to the same."""
    edits = {width: _untabbed(source, width) for width in _TABS}
    last = max(edit.where.line for edit in edits[_TABS[0]])
    read = {width: _read(apply_edits_to_text(source.text, edits[width])) for width in _TABS}
    good = [width for width, (_, stops) in read.items() if stops is None or stops >= last]
    if not good or any(read[width] != read[good[0]] for width in good):
        return None
    return Fix(title="write spaces for the tabs that indent lines", edits=edits[good[0]])


def _untabbed(source: SourceFile, width: int) -> tuple[Edit, ...]:
    return tuple(
        Edit(where=source.where(number, 0, len(indent[0])), text=indent[0].replace("\t", " " * width))
        for number, line in enumerate(source.lines)
        if (indent := _TAB.match(line))
    )
