"""Concrete syntax tree of a YAML text, and its parser: every line and comment, with the key or item it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from coach.yaml.nodes import FAST_LOADER, YamlEvent

CLOSING = {"[": "]", "{": "}", "": ""}

YamlMark = Any  # as with events: those of a parser are always there

_FOR_EDITORS = re.compile(r"#\s*(?:yaml-language-server:|vim?:|-\*-)|---")
_MARKS_ONLY = re.compile(r"(?:\s*[&!]\S+)*(?=\s+#|\s*$)")
_COLON = re.compile(r"\s*:")
_TEXTS = ("|", ">")
_HEADER = re.compile(r"[|>][+-]?([0-9])?[+-]?")


@dataclass(kw_only=True, slots=True)
class InlineComment:
    """A comment at the end of a line, its column (from 0), and the number of spaces before it."""

    text: str
    column: int
    spaces: int


@dataclass(kw_only=True, slots=True)
class CstInline:
    """A value that is kept as one text: a scalar, or a list or mapping in brackets.

    ``text`` is its first line, ``more`` the others, each with its indent relative to its key or dash. ``inside`` is the
    content of its brackets, if it is all in one line. ``below`` says that it begins on a line under its key, after the
    comments in ``between``.
    """

    text: str
    inside: "CstFlow | str" = ""
    more: list[tuple[int, str]] = field(default_factory=list)
    below: bool = False
    between: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class CstFlow:
    """A list or mapping in brackets on one line: the key of each member, and its text or again a list or mapping."""

    opening: str
    members: list[tuple[str, "CstFlow | str"]]


@dataclass(kw_only=True, slots=True)
class CstLine:
    """A key or a list item, with everything that belongs to it.

    ``column`` is where it began in the file. ``key`` is empty for an item. ``comment`` follows the value's last line,
    ``key_comment`` the key where the value is below it. ``apart`` says whether a blank line comes before. ``above`` are
    the comments before it, with an empty text for each blank line between them; ``after`` are those behind it all.
    """

    column: int
    key: str
    value: "CstInline | CstBlock"
    comment: InlineComment | None = None
    key_comment: InlineComment | None = None
    apart: bool = False
    above: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def walk_last(self) -> Iterator["CstLine"]:
        """Yield this line, and the last one on each level under it."""
        yield self
        if isinstance(self.value, CstBlock):
            yield from self.value.lines[-1].walk_last()


@dataclass(kw_only=True, slots=True)
class CstBlock:
    """A mapping or list with one or more lines for each member; ``mark`` is its anchor or tag, if it has one."""

    lines: list[CstLine]
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CstDocument:
    """A whole file: the comments about all of it, its content, and what follows the end of the content."""

    head: list[str]
    root: CstBlock
    foot: list[str]


class UnsupportedSyntaxError(Exception):
    """Rare YAML syntax that is not supported here; its line counts from 0."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line + 1}")


def attach_gap(gap: list[str], before: CstLine | None, after: CstLine) -> None:
    """Attach each comment between two members of a mapping or list to what it belongs to.

    A comment indented deeper than the next member belongs to the member before. So does one that directly follows that
    member and is followed by a blank line. All others belong to the next member.
    """
    if before is not None:
        gap = _attach_leading(gap, before, after.column)
    after.apart = bool(gap) and not gap[0].strip()
    after.above = tidy_gap(gap)


def attach_rest(gap: list[str], before: CstLine) -> None:
    """Attach comments that nothing follows to what is before them."""
    _attach(gap, before)


def find_last_words(gap: list[str]) -> int:
    """Find where comments in the first column begin, after a blank line, that end a file and are about all of it."""
    for number, line in enumerate(gap):
        after = [each for each in gap[number:] if each.strip()]
        if not line.strip() and after and not any(map(_count_indent, after)):
            return number
    return len(gap)


def split_head(gap: list[str]) -> tuple[list[str], list[str]]:
    """Split the comments at the top into those about the whole file and those about its first key."""
    border = max((number + 1 for number, line in enumerate(gap) if _is_for_the_file(line)), default=0)
    return gap[:border], gap[border:]


def tidy_gap(gap: list[str]) -> list[str]:
    """Strip comments, with one blank line at most between two."""
    lines = [line.strip() for line in gap]
    while lines and not lines[0]:
        lines.pop(0)
    return [line for number, line in enumerate(lines) if line or lines[number - 1]]


def _is_for_the_file(line: str) -> bool:
    return not line.strip() or _FOR_EDITORS.match(line.strip()) is not None


def _attach_leading(gap: list[str], before: CstLine, column: int) -> list[str]:
    """Attach what belongs to the line before, and return the rest."""
    further_in = [number for number, line in enumerate(gap) if line.strip() and _count_indent(line) > column]
    border = further_in[-1] + 1 if further_in else 0
    blank = next((number for number, line in enumerate(gap) if not line.strip()), 0)
    if not border and 0 < blank < len(gap):
        border = blank
    _attach(gap[:border], before)
    return gap[border:]


def _attach(gap: list[str], before: CstLine) -> None:
    chain = list(before.walk_last())
    column, apart = max(line.column for line in chain), False
    for text in gap:
        if not text.strip():
            apart = True
            continue
        column = min(column, _count_indent(text))
        owner = max((line for line in chain if line.column <= column), key=lambda line: line.column, default=before)
        owner.after += [""] * apart + [text.strip()]
        apart = False


def _count_indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def parse_cst(text: str, written: Sequence[str]) -> tuple[CstDocument, bool]:
    """Parse a text to its document, and say whether anything in it is an alias.

    Args:
        text: valid YAML, with newlines as line ends.
        written: its lines as the author wrote them, perhaps with values spelled otherwise.

    Raises:
        UnsupportedSyntaxError: its syntax is not supported here.
    """
    events = list(yaml.parse(text, Loader=FAST_LOADER))
    aliases = any(isinstance(event, yaml.AliasEvent) for event in events)
    return _CstParser(lines=text.split("\n"), written=written, events=iter(events)).read_document(), aliases


@dataclass(kw_only=True, slots=True)
class _CstParser:
    """Builds the tree from events. ``at`` and ``column`` are the position up to which the text has been read."""

    lines: Sequence[str]
    written: Sequence[str]
    events: Iterator[YamlEvent]
    at: int = 0
    column: int = 0
    head: list[str] = field(default_factory=list)

    def read_document(self) -> CstDocument:
        for _ in ("stream", "document"):
            next(self.events)
        root = self._read_block(next(self.events), root=True)
        rest = list(self.lines[self.at :])
        end = next((number for number, line in enumerate(rest) if line.startswith("...")), len(rest))
        last = find_last_words(rest[:end])
        attach_rest(rest[:last], root.lines[-1])
        apart = [""] if last < end else []
        return CstDocument(head=tidy_gap(self.head), root=root, foot=[*apart, *tidy_gap(rest[last:])])

    def _read_block(self, event: YamlEvent, *, root: bool = False) -> CstBlock:
        if not _is_block(event):
            raise UnsupportedSyntaxError(event.start_mark.line)
        made = CstBlock(lines=[])
        read = self._read_entry if isinstance(event, yaml.MappingStartEvent) else self._read_item
        while not isinstance(first := next(self.events), yaml.CollectionEndEvent):
            gap = self._read_gap()
            line = read(first)
            if root and not made.lines:
                self.head, gap = split_head(gap)
            attach_gap(gap, made.lines[-1] if made.lines else None, line)
            made.lines.append(line)
        return made

    def _read_gap(self) -> list[str]:
        """Read the comments and blank lines before the next content."""
        begin = self.at
        while _is_blank(self.lines[self.at][self.column :]):
            self.at, self.column = self.at + 1, 0
        self.column += _count_spaces(self.lines[self.at][self.column :])
        return list(self.lines[begin : self.at])

    def _read_entry(self, key: YamlEvent) -> CstLine:
        number, column = key.start_mark.line, key.start_mark.column
        colon = _COLON.match(self.lines[number], key.end_mark.column)
        if colon is None or key.end_mark.line != number or (number, column) != (self.at, self.column):
            raise UnsupportedSyntaxError(number)
        written = self.lines[number][column : key.end_mark.column] + " " * isinstance(key, yaml.AliasEvent)
        line = CstLine(column=column, key=written, value=CstInline(text=""))
        self._read_value(next(self.events), line, colon.end())
        return line

    def _read_item(self, event: YamlEvent) -> CstLine:
        line = CstLine(column=self.column, key="", value=CstInline(text=""))
        self._read_value(event, line, self.column + 1)
        return line

    def _read_value(self, event: YamlEvent, line: CstLine, column: int) -> None:
        """Read what follows a colon or a dash in the current line."""
        number = self.at
        if not _is_block(event):
            line.value = self._read_inline(event, line, column)
            return
        marks = _MARKS_ONLY.match(self.lines[number], column)
        if marks is None:
            self.column = column
        else:
            line.key_comment = self._read_comment(number, marks.end())
            self.at, self.column = number + 1, 0
        line.value = self._read_block(event)
        line.value.mark = marks[0].strip() if marks else ""

    def _read_inline(self, event: YamlEvent, line: CstLine, column: int) -> CstInline:
        number, self.column = self.at, 0
        if event.start_mark.index == event.end_mark.index:
            line.comment = self._read_comment(number, column)
            self.at += 1
            return CstInline(text="")
        if isinstance(event, yaml.ScalarEvent) and event.style in _TEXTS:
            return self._read_block_text(event, line)
        written, end = _FlowReader(lines=self.lines, events=self.events).read(event)
        first, last = event.start_mark.line, end.line
        made = CstInline(text=self.lines[first][event.start_mark.column :].rstrip(), below=first > number)
        if first == last:
            made.text = self.lines[first][event.start_mark.column : end.column]
            made.inside = written
        else:
            further = [*self.lines[first + 1 : last], self.lines[last][: end.column]]
            is_text = isinstance(event, yaml.ScalarEvent)
            made.more = [(_measure_step(each, line.column, is_text=is_text), each.strip(" \t")) for each in further]
        if made.below:
            line.key_comment = self._read_comment(number, column)
            made.between = tidy_gap(list(self.lines[number + 1 : first]))
        self.at = last + 1
        line.comment = self._read_comment(last, end.column)
        return made

    def _read_block_text(self, event: YamlEvent, line: CstLine) -> CstInline:
        """Read a text after ``|`` or ``>``, whose further lines are kept except for their indent."""
        header = event.start_mark.line
        if header != self.at:
            raise UnsupportedSyntaxError(header)
        written = self.lines[header][event.start_mark.column :].rstrip()
        found = _HEADER.search(written)
        said = int(found[1]) if found and found[1] else 0
        body = list(self.lines[header + 1 :])
        begin = line.column + said if said else next((_count_spaces(each) for each in body if each.strip()), 0)
        begin = max(begin, line.column + 1)
        length = next((n for n, each in enumerate(body) if each.strip() and _count_spaces(each) < begin), len(body))
        body = body[:length]
        while body and not body[-1].strip() and not (found and "+" in found[0]):
            body.pop()
        self.at = header + 1 + len(body)
        return CstInline(text=written, more=[(said or 2, each[begin:]) for each in body])

    def _read_comment(self, number: int, column: int) -> InlineComment | None:
        """Read the comment after a column; a line may hold nothing else there."""
        rest = self.lines[number][column:]
        text = rest.strip()
        if text and not text.startswith("#"):
            raise UnsupportedSyntaxError(number)
        spaces = len(rest) - len(rest.lstrip())
        column = len(self.written[number].rstrip()) - len(text)
        return InlineComment(text=text, column=column, spaces=spaces) if text else None


def _is_blank(rest: str) -> bool:
    return not rest.strip() or rest.lstrip().startswith("#")


def _is_block(event: YamlEvent) -> bool:
    return isinstance(event, yaml.CollectionStartEvent) and not event.flow_style


def _measure_step(line: str, column: int, *, is_text: bool) -> int:
    """Measure the indent of a further line of a value, relative to its key or dash."""
    if is_text:
        return 2
    closes = line.lstrip()[:1] in ("]", "}")
    return max(_count_spaces(line) - column, 0 if closes else 2)


def _count_spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@dataclass(frozen=True, kw_only=True, slots=True)
class _FlowReader:
    """Reads an inline value from its events."""

    lines: Sequence[str]
    events: Iterator[YamlEvent]

    def read(self, event: YamlEvent) -> tuple[CstFlow | str, YamlMark]:
        """Read what begins with an event, and return it with its end."""
        start = event.start_mark
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            return self._cut(start, event.end_mark), event.end_mark
        opening = self.lines[start.line][start.column]
        made = CstFlow(opening=opening if opening in CLOSING else "", members=[])
        listed = isinstance(event, yaml.SequenceStartEvent)
        while not isinstance(first := next(self.events), yaml.CollectionEndEvent):
            key = "" if listed else self._read_key(first)
            made.members.append((key, self.read(first if listed else next(self.events))[0]))
        marked = opening in ("&", "!")
        return (self._cut(start, first.end_mark) if marked else made), first.end_mark

    def _read_key(self, event: YamlEvent) -> str:
        """Read a key, with its colon if it has one."""
        written, end = self.read(event)
        if not isinstance(written, str):
            raise UnsupportedSyntaxError(end.line)
        rest = self.lines[end.line][end.column :].lstrip()
        return f"{written}{' ' * isinstance(event, yaml.AliasEvent)}:" if rest.startswith(":") else written

    def _cut(self, start: YamlMark, end: YamlMark) -> str:
        return self.lines[start.line][start.column : end.column] if start.line == end.line else ""
