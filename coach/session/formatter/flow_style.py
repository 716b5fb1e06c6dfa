"""Lists and mappings in brackets, as far as they stand in one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from coach.session.formatter import key_order
from coach.session.formatter.cst import CstFlow, UnsupportedSyntaxError
from coach.yaml.nodes import YamlEvent

YamlMark = Any  # as with events: those of a parser are always there

_CLOSING = {"[": "]", "{": "}", "": ""}


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
        made = CstFlow(opening=opening if opening in _CLOSING else "", members=[])
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


def written(value: CstFlow | str, role: str) -> str:
    """A value in one line: a space after each comma and colon, and keys in their order."""
    if isinstance(value, str):
        return value
    names = tuple(plain(key) for key, _ in value.members)
    members = [value.members[place] for place in key_order.order(role, names)]
    parts = [
        f"{key} {written(inside, key_order.under(role, plain(key)))}" if key else written(inside, key_order.items(role))
        for key, inside in members
    ]
    return f"{value.opening}{', '.join(parts)}{_CLOSING[value.opening]}"


def plain(key: str) -> str:
    """A key without its colon and quotes."""
    return key.removesuffix(":").strip().strip("\"'")
