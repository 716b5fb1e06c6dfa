"""Syntax recovery: the syntax errors behind the first one of a text, at which YAML stops.

Each item of a list is read by itself, with the keys that it is under. In an item that cannot be read, the line of the
error is left out with all that is under it, and the rest is read again. So each error is one whatever stands around it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

import yaml

from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.source_file import SourceFile
from coach.yaml import nodes
from coach.yaml.character_names import BULLETS, QUOTES, SPACE
from coach.yaml.syntax_errors import SYNTAX_CODES
from coach.yaml.vocabulary import LineReading

# How many characters are read, in how many items, to find so many further errors, and how many lines below one.
_MOST_READ, _MOST_ITEMS, _MOST_ERRORS = 100_000, 2_000, 100
_MOST_LINES_BELOW = 200

# How many lines of a file are looked at in all: more hold more values than a session may have.
MOST_LINES = 50_000

# In which column a line belongs is told by the lines around it; lines of prose are one error, not one each.
_FOUND_ALONE = SYNTAX_CODES - {"indentation"}
_STOPS = SYNTAX_CODES | {"tab"}
_OF_SEVERAL_LINES = ("no-colon", "stray-dash", "not-yaml")

# Quotes of word processors, which are replaced before all else.
_PASTED_QUOTE = re.compile(f"[:,{{\\[] *[{QUOTES}]")

_ITEM = re.compile(rf"{SPACE}*(?:[{BULLETS}-]|\(?(?:[0-9]{{1,2}}|[a-z])[.)])(?:{SPACE}|$)|[^\s#]")

_MAY_BE_KEY = re.compile("[:：=→]")  # noqa: RUF001 - as input methods write it

_INDENT = re.compile(rf"{SPACE}*")

_DEEPEST = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceExcerpt:
    """Items of lists with the keys that they are under, which YAML reads as it does in the whole file.

    ``above`` are the numbers of the lines with these keys; the items follow from line ``start`` to before ``stop``.
    """

    above: tuple[int, ...]
    start: int
    stop: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all lines, from 0."""
        return (*self.above, *range(self.start, self.stop))

    def cut_readings(self, readings: Sequence[LineReading]) -> tuple[LineReading, ...]:
        """Choose from what the lines of the file mean, with the numbers that the lines have here."""
        lines = {number: line for line, number in enumerate(self.numbers)}
        return tuple(
            replace(reading, together={lines[each] for each in reading.together if each in lines})
            for reading in (readings[number] for number in self.numbers)
        )

    def move_in(self, problem: Problem) -> Problem:
        """Return a problem of the file, whose places are all here, with its places in the excerpt."""
        return _move_lines(problem, {number: line for line, number in enumerate(self.numbers)})

    def move_out(self, problem: Problem) -> Problem:
        """Return a problem of the excerpt with its places in the file."""
        return _move_lines(problem, dict(enumerate(self.numbers)))


def _move_lines(problem: Problem, lines: Mapping[int, int]) -> Problem:
    def move(location: Location) -> Location:
        return replace(location, line=lines[location.line - 1] + 1)

    fix = problem.fix
    if fix is not None:
        fix = replace(fix, edits=tuple(replace(edit, location=move(edit.location)) for edit in fix.edits))
    return replace(problem, location=move(problem.location), fix=fix)


def list_items(lines: Sequence[str]) -> Iterator[SourceExcerpt]:
    """Yield each item of a list, up to the next one, and each line that begins in the first column."""
    around: list[tuple[int, bool, int]] = []
    start = -1
    above: tuple[int, ...] = ()
    for number, line in enumerate(lines):
        indent = len(_INDENT.match(line)[0])  # type: ignore[index] # it matches everywhere
        if not line[indent:] or line[indent] == "#":
            continue
        begins = _ITEM.match(line) is not None
        is_dash = begins and (indent > 0 or line[1:2].isspace())
        while around and (around[-1][0] > indent or (around[-1][0] == indent and (around[-1][1] or not is_dash))):
            around.pop()
        if begins:
            if start >= 0:
                yield SourceExcerpt(above=above, start=start, stop=number)
            start, above = number, tuple(each for *_, each in around[-_DEEPEST:])
        if is_dash or _MAY_BE_KEY.search(line):
            around.append((indent, is_dash, number))
    if start >= 0:
        yield SourceExcerpt(above=above, start=start, stop=len(lines))


def find_further(source: SourceFile, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Add the further syntax errors of a text to the problems of `nodes.parse`, of which the last stopped it."""
    if not problems or problems[-1].code not in _STOPS:
        return problems
    *before, first = problems
    found = _Recovery(source).find_errors(first)
    same = {(error.code, error.location.line) for error in found}
    return (*(each for each in before if (each.code, each.location.line) not in same), *found)


class _Recovery:
    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._left = _MOST_READ

    def find_errors(self, first: Problem) -> list[Problem]:
        """Find all errors from the first one on, at which YAML stops; from one above it, if that is its cause."""
        first = self._find_open_quote(first.location.line - 1) or first
        last = first.location.line
        below = islice((item for item in list_items(self._source.lines[:MOST_LINES]) if item.stop >= last), _MOST_ITEMS)
        further = (error for item in below for error in self._read_item(item) if error.location.line > last)
        return [first, *islice(further, _MOST_ERRORS)]

    def _find_open_quote(self, here: int) -> Problem | None:
        """Find a quote that is never closed in its item, if the one at which YAML takes it for closed is in a line."""
        quoted = _find_last_quoted(self._source.text)
        if quoted is None or quoted[1] != here or quoted[0] == here:
            return None
        items = takewhile(lambda item: item.start <= quoted[0], list_items(self._source.lines[:MOST_LINES]))
        errors = (error for item in [*items][-1:] for error in self._read_item(item) if error.code == "open-quote")
        return next((error for error in errors if error.location.line == quoted[0] + 1), None)

    def _read_item(self, item: SourceExcerpt) -> Iterator[Problem]:
        """Yield the errors in an item."""
        lines = [self._source.lines[number] for number in item.numbers]
        last, last_code = len(item.above) - 1, ""
        while (error := self._parse(lines)) is not None:
            here = error.location.line - 1
            is_alone = error.code in _FOUND_ALONE and not _PASTED_QUOTE.search(lines[here])
            if not is_alone or here <= last or self._is_closed_below(item.move_out(error)):
                return
            if not (here == last + 1 and error.code == last_code and last_code in _OF_SEVERAL_LINES):
                yield item.move_out(error)
            if here == len(item.above):
                return
            last, last_code = here + _count_under(lines, here), error.code
            lines[here : last + 1] = [""] * (last + 1 - here)

    def _parse(self, lines: Sequence[str]) -> Problem | None:
        """Return the error at which YAML stops."""
        text = "\n".join(lines)
        self._left -= len(text)
        if self._left < 0:
            return None
        root, problems = nodes.parse(replace(self._source, text=text, lines=tuple(lines)))
        error = problems[-1] if root is None and problems else None
        is_other = error and error.code == "unknown-alias" and self._is_named(error, lines)
        return None if is_other else error

    def _is_closed_below(self, error: Problem) -> bool:
        """Return whether a quote is closed in a line further in, so that what looks like an item is text."""
        if error.code != "open-quote":
            return False
        here = error.location.line - 1
        count = _count_under(self._source.lines, here)
        quote = self._source.lines[here][error.location.column - 1]
        return any(quote in line for line in self._source.lines[here + 1 : here + 1 + count])

    def _is_named(self, error: Problem, lines: Sequence[str]) -> bool:
        """Return whether the name that nothing has in an item is given elsewhere."""
        line = lines[error.location.line - 1]
        name = "".join(takewhile(lambda sign: sign not in " ,]}", line[error.location.column :]))
        return f"&{name}" in self._source.text


def _find_last_quoted(text: str) -> tuple[int, int] | None:
    """Find the lines, from 0, of the last quoted text that YAML reads before it stops."""
    found = None
    try:
        for event in yaml.parse(text, nodes.FAST_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                found = (event.start_mark.line, event.end_mark.line) if event.style in ("'", '"') else None  # type: ignore[union-attr] # a parser sets them
    except yaml.YAMLError:
        return found
    return None


def _count_under(lines: Sequence[str], here: int) -> int:
    """Count the lines that are further indented than a line, below it."""
    indent = len(lines[here]) - len(lines[here].lstrip())
    under = (lines[number] for number in range(here + 1, min(here + 1 + _MOST_LINES_BELOW, len(lines))))
    return sum(1 for _ in takewhile(lambda line: not line.strip() or len(line) - len(line.lstrip()) > indent, under))
