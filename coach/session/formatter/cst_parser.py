"""Parser from a YAML text without errors to its lines and what belongs to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from coach.session.formatter import cst
from coach.session.formatter.cst import (
    CLOSING,
    CstBlock,
    CstDocument,
    CstFlow,
    CstInline,
    CstLine,
    InlineComment,
    UnsupportedSyntaxError,
)
from coach.yaml.nodes import YamlEvent
from coach.yaml.syntax_fixes import FAST_LOADER

_MARKS_ONLY = re.compile(r"(?:\s*[&!]\S+)*(?=\s+#|\s*$)")

_COLON = re.compile(r"\s*:")

_TEXTS = ("|", ">")

_HEADER = re.compile(r"[|>][+-]?([0-9])?[+-]?")


def parse_cst(text: str, written: Sequence[str]) -> tuple[CstDocument, bool]:
    """The document that a text holds, and whether anything in it is an alias.

    Args:
        text: without errors, its lines ended by newlines.
        written: its lines as their author wrote them, values perhaps in other forms.

    Raises:
        UnusualError: it is written in a way that is not laid out here.
    """
    events = list(yaml.parse(text, Loader=FAST_LOADER))
    aliases = any(isinstance(event, yaml.AliasEvent) for event in events)
    return _CstParser(lines=text.split("\n"), written=written, events=iter(events)).document(), aliases


@dataclass(kw_only=True, slots=True)
class _CstParser:
    """``at`` and ``column`` are where what belongs to nothing yet begins."""

    lines: Sequence[str]
    written: Sequence[str]
    events: Iterator[YamlEvent]
    at: int = 0
    column: int = 0
    head: list[str] = field(default_factory=list)

    def document(self) -> CstDocument:
        for _ in ("stream", "document"):
            next(self.events)
        root = self._block(next(self.events), root=True)
        rest = list(self.lines[self.at :])
        end = next((number for number, line in enumerate(rest) if line.startswith("...")), len(rest))
        cst.attach_rest(rest[:end], root.lines[-1])
        return CstDocument(head=cst.tidy_gap(self.head), root=root, foot=cst.tidy_gap(rest[end:]))

    def _block(self, event: YamlEvent, *, root: bool = False) -> CstBlock:
        if not _is_block(event):
            raise UnsupportedSyntaxError(event.start_mark.line)
        made = CstBlock(lines=[])
        read = self._entry if isinstance(event, yaml.MappingStartEvent) else self._item
        while not isinstance(first := next(self.events), yaml.CollectionEndEvent):
            gap = self._gap()
            line = read(first)
            if root and not made.lines:
                self.head, gap = cst.split_head(gap)
            cst.attach_gap(gap, made.lines[-1] if made.lines else None, line)
            made.lines.append(line)
        return made

    def _gap(self) -> list[str]:
        """The comments and blank lines before the next content, which is where reading goes on."""
        begin = self.at
        while self._is_done(self.lines[self.at][self.column :]):
            self.at, self.column = self.at + 1, 0
        self.column += _indent(self.lines[self.at][self.column :])
        return list(self.lines[begin : self.at])

    def _is_done(self, rest: str) -> bool:
        return not rest.strip() or rest.lstrip().startswith("#")

    def _entry(self, key: YamlEvent) -> CstLine:
        number, column = key.start_mark.line, key.start_mark.column
        colon = _COLON.match(self.lines[number], key.end_mark.column)
        if colon is None or key.end_mark.line != number or (number, column) != (self.at, self.column):
            raise UnsupportedSyntaxError(number)
        written = self.lines[number][column : key.end_mark.column] + " " * isinstance(key, yaml.AliasEvent)
        line = CstLine(column=column, key=written, value=CstInline(text=""))
        self._value(next(self.events), line, colon.end())
        return line

    def _item(self, event: YamlEvent) -> CstLine:
        line = CstLine(column=self.column, key="", value=CstInline(text=""))
        self._value(event, line, self.column + 1)
        return line

    def _value(self, event: YamlEvent, line: CstLine, column: int) -> None:
        """Read what follows a colon or a dash in the line where reading is."""
        number = self.at
        if not _is_block(event):
            line.value = self._inline(event, line, column)
            return
        marks = _MARKS_ONLY.match(self.lines[number], column)
        if marks is None:
            self.column = column
        else:
            line.own_remark = self._remark(number, marks.end())
            self.at, self.column = number + 1, 0
        line.value = self._block(event)
        line.value.mark = marks[0].strip() if marks else ""

    def _inline(self, event: YamlEvent, line: CstLine, column: int) -> CstInline:
        number, self.column = self.at, 0
        if event.start_mark.index == event.end_mark.index:
            line.remark = self._remark(number, column)
            self.at += 1
            return CstInline(text="")
        if isinstance(event, yaml.ScalarEvent) and event.style in _TEXTS:
            return self._block_text(event, line)
        written, end = FlowReader(lines=self.lines, events=self.events).value(event)
        first, last = event.start_mark.line, end.line
        made = CstInline(text=self.lines[first][event.start_mark.column :].rstrip(), below=first > number)
        if first == last:
            made.text = self.lines[first][event.start_mark.column : end.column]
            made.inside = written
        else:
            further = [*self.lines[first + 1 : last], self.lines[last][: end.column]]
            is_text = isinstance(event, yaml.ScalarEvent)
            made.more = [(_step(each, line.column, is_text=is_text), each.strip(" \t")) for each in further]
        if made.below:
            line.own_remark = self._remark(number, column)
            made.between = cst.tidy_gap(list(self.lines[number + 1 : first]))
        self.at = last + 1
        line.remark = self._remark(last, end.column)
        return made

    def _block_text(self, event: YamlEvent, line: CstLine) -> CstInline:
        """A text after ``|`` or ``>``, whose further lines are its own but for how far in they stand."""
        header = event.start_mark.line
        if header != self.at:
            raise UnsupportedSyntaxError(header)
        written = self.lines[header][event.start_mark.column :].rstrip()
        found = _HEADER.search(written)
        said = int(found[1]) if found and found[1] else 0
        body = list(self.lines[header + 1 :])
        begin = line.column + said if said else next((_indent(each) for each in body if each.strip()), 0)
        begin = max(begin, line.column + 1)
        length = next((n for n, each in enumerate(body) if each.strip() and _indent(each) < begin), len(body))
        body = body[:length]
        while body and not body[-1].strip() and not (found and "+" in found[0]):
            body.pop()
        self.at = header + 1 + len(body)
        return CstInline(text=written, more=[(said or 2, each[begin:]) for each in body])

    def _remark(self, number: int, column: int) -> InlineComment | None:
        """The comment that follows a column, after which a line may hold nothing else."""
        rest = self.lines[number][column:]
        text = rest.strip()
        if text and not text.startswith("#"):
            raise UnsupportedSyntaxError(number)
        spaces = len(rest) - len(rest.lstrip())
        return (
            InlineComment(text=text, column=len(self.written[number].rstrip()) - len(text), spaces=spaces)
            if text
            else None
        )


def _is_block(event: YamlEvent) -> bool:
    return isinstance(event, yaml.CollectionStartEvent) and not event.flow_style


def _step(line: str, column: int, *, is_text: bool) -> int:
    """How far a further line of a value stands to the right of its key or dash."""
    if is_text:
        return 2
    closes = line.lstrip()[:1] in ("]", "}")
    return max(_indent(line) - column, 0 if closes else 2)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


YamlMark = Any  # as with events: those of a parser are always there


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowReader:
    """Reads a value that stands in a line from its events."""

    lines: Sequence[str]
    events: Iterator[YamlEvent]

    def value(self, event: YamlEvent) -> tuple[CstFlow | str, YamlMark]:
        """What an event begins, and where that ends."""
        start = event.start_mark
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            return self._between(start, event.end_mark), event.end_mark
        opening = self.lines[start.line][start.column]
        made = CstFlow(opening=opening if opening in CLOSING else "", members=[])
        listed = isinstance(event, yaml.SequenceStartEvent)
        while not isinstance(first := next(self.events), yaml.CollectionEndEvent):
            key = "" if listed else self._key(first)
            made.members.append((key, self.value(first if listed else next(self.events))[0]))
        marked = opening in ("&", "!")
        return (self._between(start, first.end_mark) if marked else made), first.end_mark

    def _key(self, event: YamlEvent) -> str:
        """A key with its colon, if it has one."""
        written, end = self.value(event)
        if not isinstance(written, str):
            raise UnsupportedSyntaxError(end.line)
        rest = self.lines[end.line][end.column :].lstrip()
        return f"{written}{' ' * isinstance(event, yaml.AliasEvent)}:" if rest.startswith(":") else written

    def _between(self, start: YamlMark, end: YamlMark) -> str:
        return self.lines[start.line][start.column : end.column] if start.line == end.line else ""
