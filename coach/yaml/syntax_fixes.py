"""The fixes that are offered: those of any rule after which every word is still where its author wrote it.

`choose_fix` is the one way to a fix. Where the fix that a rule proposes loses a word, or where there is none, the line
may have one meaning left: its texts in quotes, its brackets closed, a space after its colons.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.diagnostics.edits import apply_edits_to_text
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.text.sanitize import quote
from coach.yaml.flow_reading import Vocabulary
from coach.yaml.pasted_signs import keeps_text
from coach.yaml.word_proof import SourceWords, keeps_words

LONGEST_LINE = 2_000

# How many lines above a syntax error may hold its cause, such as a quote that is never closed.
MOST_LINES_ABOVE = 20

_SYNTAX = frozenset(
    {"unquoted", "stray-colon", "open-quote", "bad-escape", "no-colon", "indentation", "not-yaml"}
    | {"open-list", "open-mapping", "open-bracket", "stray-dash", "unknown-alias", "tag"}
)

_TABS = (2, 4, 8)

_TAB = re.compile(r" *\t[ \t]*")

_INDICATED = re.compile(r"(?:^|[\s,\[{])[&*!]\w")


class FixChooser:
    """Chooses the fixes of problems in one file.

    Args:
        lines: the lines of the file.
        vocabulary: the keys of the session language.
    """

    def __init__(self, lines: Sequence[str], vocabulary: Vocabulary) -> None:
        self._lines = lines
        self._words = SourceWords(text="\n".join(lines), vocabulary=vocabulary)

    def choose(self, problem: Problem) -> Problem:
        """Return a problem with the fix that is certain, or without one."""
        here = problem.location.line - 1
        if not (problem.fix or problem.severity == "error") or here >= len(self._lines):
            return problem
        if len(self._lines[here]) > LONGEST_LINE:
            return replace(problem, fix=None)
        return replace(problem, fix=next(filter(self._is_certain, self._list_fixes(problem)), None))

    def _is_certain(self, fix: Fix) -> bool:
        return keeps_words(self._words, fix.edits) or keeps_text(self._words.text, fix.edits)

    def _list_fixes(self, problem: Problem) -> Iterator[Fix]:
        """List what might fix a problem, the likeliest first."""
        if problem.fix:
            yield problem.fix
        stops = self._words.stop
        if stops is None:
            yield from self._repair_read_line(problem)
        elif problem.code == "tab":
            yield from self._replace_tabs(problem.location)
        elif problem.code in _SYNTAX:
            for fix in (*self._repair_lines(problem.location), *self._use_single_quotes(problem)):
                after = SourceWords(
                    text=apply_edits_to_text(self._words.text, fix.edits), vocabulary=self._words.vocabulary
                )
                last = max(edit.location.line for edit in (*fix.edits, Edit(location=problem.location, text="")))
                if after.stop is None or after.stop >= last or _TAB.match(self._lines[after.stop]):
                    yield fix

    def _repair_read_line(self, problem: Problem) -> Iterator[Fix]:
        """Repair a line that YAML reads, but otherwise than it is meant."""
        is_named = _INDICATED.search(self._lines[problem.location.line - 1]) is not None
        if problem.severity == "error" and (not is_named or problem.code in ("unknown-alias", "tag", "unquoted")):
            yield from self._repair([problem.location.line - 1], problem.location)

    def _repair_lines(self, location: Location) -> Iterator[Fix]:
        """Repair the line of a syntax error, or one above it, or all of them."""
        here = location.line - 1
        stops = self._words.stop
        first = max(0, here - MOST_LINES_ABOVE, min(here, here if stops is None else stops))
        wrong = [line for line in range(here, first - 1, -1) if self._words.lines[line].edits]
        for line in wrong:
            yield from self._repair([line], location)
        if len(wrong) > 1:
            yield from self._repair(wrong, location)

    def _repair(self, lines: Sequence[int], location: Location) -> Iterator[Fix]:
        readings = [(line, self._words.lines[line]) for line in lines]
        if all(reading.edits and reading.certain for _, reading in readings):
            edits = [(line, edit) for line, reading in readings for edit in _join_insertions(reading.edits)]
            titles = dict.fromkeys(_name_edit(self._lines[line], edit) for line, edit in edits)
            yield Fix(
                title=", ".join(titles),
                edits=tuple(
                    Edit(location=replace(location, line=line + 1, column=start + 1, end_column=end + 1), text=text)
                    for line, (start, end, text) in edits
                ),
            )

    def _use_single_quotes(self, problem: Problem) -> Iterator[Fix]:
        """Write single quotes around a text whose only escapes are those of marks."""
        if problem.code != "bad-escape":
            return
        location, line = problem.location, self._lines[problem.location.line - 1]
        for found in re.finditer(r'"((?:[^"\\]|\\.)*)"', line):
            inside = found[1]
            is_here = found.start() < location.column <= found.end()
            if is_here and "'" not in inside and re.search(r"\\[^\[\]{}]", inside) is None:
                place = replace(location, column=found.start() + 1, end_column=found.end() + 1)
                yield Fix(title=f"put quotes around {quote(inside)}", edits=(Edit(location=place, text=f"'{inside}'"),))

    def _replace_tabs(self, location: Location) -> Iterator[Fix]:
        """Replace every tab that indents by spaces, if all widths that YAML can read give the same words."""
        edits = {width: self._list_tab_edits(location, width) for width in _TABS}
        last = max(edit.location.line for edit in edits[_TABS[0]])
        read = {width: self._read(edits[width]) for width in _TABS}
        good = [width for width, words in read.items() if words.stop is None or words.stop >= last]
        if good and all(read[width].roles == read[good[0]].roles for width in good):
            yield Fix(title="write spaces for the tabs that indent lines", edits=edits[good[0]])

    def _list_tab_edits(self, location: Location, width: int) -> tuple[Edit, ...]:
        return tuple(
            Edit(
                location=replace(location, line=number, column=1, end_column=len(indent[0]) + 1),
                text=indent[0].replace("\t", " " * width),
            )
            for number, line in enumerate(self._lines, 1)
            if (indent := _TAB.match(line))
        )

    def _read(self, edits: Sequence[Edit]) -> SourceWords:
        return SourceWords(text=apply_edits_to_text(self._words.text, edits), vocabulary=self._words.vocabulary)


def _join_insertions(edits: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join what is put in at one place."""
    joined: list[tuple[int, int, str]] = []
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        if joined and joined[-1][:2] == (start, end) and start == end:
            joined[-1] = (start, end, joined[-1][2] + text)
        else:
            joined.append((start, end, text))
    return joined


def _name_edit(line: str, edit: tuple[int, int, str]) -> str:
    start, end, text = edit
    if start < end:
        added = text.removeprefix(line[start:end])
        is_closed = len(added) == 1 and added in "\"'"
        return f"put {added} at the end of the text" if is_closed else f"put quotes around {quote(text[1:-1])}"
    if text == " ":
        return f"put a space after {quote(line[:start].rsplit(maxsplit=1)[-1].strip(' -{'))}"
    return f"put {text} at the end of the line"
