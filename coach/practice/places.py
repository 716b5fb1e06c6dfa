"""Exact places in the files of a session, found only when there is something to say about them."""

from collections import abc
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from coach.errors import CoachError, Where
from coach.session import nodes
from coach.session.nodes import Entry, Mapping, Node, Scalar, Sequence
from coach.session.source import Source, SourceError, decode, read_source
from coach.session.types import Text


class Places:
    """Looks into the files that places name; each is read once, and only if it is asked for.

    Args:
        unsaved: what files are taken to hold, by their resolved paths, whatever the disk has.
    """

    def __init__(self, unsaved: abc.Mapping[Path, bytes] = MappingProxyType({})) -> None:
        self._unsaved = unsaved
        self._sources: dict[str, Source | None] = {}
        self._files: dict[str, tuple[Source, Node] | None] = {}

    def all_of(self, file: str) -> str:
        """All that stands in a file, or nothing if it cannot be read."""
        source = self._source(file)
        return source.text if source else ""

    def key(self, file: str, *keys: str) -> Where | None:
        """Where the last of these keys stands, each inside the one before, from the top of a file."""
        found = self._file(file)
        entry = _entry(found[1], keys) if found else None
        return entry.key.where if entry else None

    def value(self, file: str, *keys: str) -> Where | None:
        """Where the value of that key stands."""
        found = self._file(file)
        entry = _entry(found[1], keys) if found else None
        return entry.value.where if entry else None

    def setting(self, block: Where, *keys: str) -> Where | None:
        """Where the value of a block's setting stands, as of ``sounds`` and in it ``tick``."""
        found = self._file(block.file)
        for node in _inside(found[1]) if found else ():
            if isinstance(node, Mapping) and node.entries and node.entries[0].key.where == block:
                entry = _entry(node.entries[0].value, keys)
                return entry.value.where if entry else None
        return None

    def text_in(self, text: Text, language: str) -> Where:
        """Where a text stands in one of its languages."""
        found = self._file(text.where.file)
        scalar = _scalar(found[1], text.where, language) if found else None
        return scalar.where if scalar else text.where

    def words(self, text: Text, language: str, offset: int, wanted: str) -> Where | None:
        """Where some of a text's words stand.

        Args:
            text: the text.
            language: which of its languages.
            offset: where the words begin in it.
            wanted: the words, as written.
        """
        found = self._file(text.where.file)
        scalar = _scalar(found[1], text.where, language) if found else None
        if found is None or scalar is None:
            return None
        nth = text[language].count(wanted, 0, offset)
        start = _nth(scalar.text, wanted, nth)
        if scalar.text_column is not None and start >= 0:
            return scalar.stretch(start, len(wanted))
        return _in_lines(found[0], scalar.where, wanted, nth)

    def scalars(self, file: str) -> Iterator[tuple[str, Scalar]]:
        """All texts and values in a file, each with the key it stands under, or its list does."""
        found = self._file(file)
        return _scalars(found[1], "") if found else iter(())

    def _file(self, file: str) -> tuple[Source, Node] | None:
        if file not in self._files:
            source = self._source(file)
            root = nodes.parse(source)[0] if source else None
            self._files[file] = (source, root) if source and root else None
        return self._files[file]

    def _source(self, file: str) -> Source | None:
        if file not in self._sources:
            try:
                data = self._unsaved.get(Path(file).resolve()) if self._unsaved else None
                self._sources[file] = read_source(Path(file), file) if data is None else decode(data, file)
            except (CoachError, SourceError):
                self._sources[file] = None
        return self._sources[file]


def _entry(node: Node, keys: tuple[str, ...]) -> Entry | None:
    """The entry that a path of keys leads to."""
    entry = None
    for key in keys:
        entry = node.entry(key) if isinstance(node, Mapping) else None
        if entry is None:
            return None
        node = entry.value
    return entry


def _inside(node: Node) -> Iterator[Node]:
    """A node and all that is in it."""
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _inside(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _inside(item)


def _scalars(node: Node, key: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _scalars(entry.value, entry.key.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item, key)
    else:
        yield key, node


def _scalar(root: Node, where: Where, language: str) -> Scalar | None:
    """The words of one language in the text at a place."""
    for node in _inside(root):
        if node.where != where:
            continue
        if isinstance(node, Scalar):
            return node
        entry = node.entry(language) if isinstance(node, Mapping) else None
        if entry and isinstance(entry.value, Scalar):
            return entry.value
    return None


def _nth(text: str, wanted: str, number: int) -> int:
    start = text.find(wanted)
    for _ in range(number):
        start = text.find(wanted, start + 1)
    return start


def _in_lines(source: Source, where: Where, wanted: str, number: int) -> Where | None:
    """The place of words in a text that goes over several lines: where they come for the ``number``-th time from 0."""
    column = where.column - 1
    for line in range(where.line - 1, len(source.lines)):
        start = source.lines[line].find(wanted, column)
        while start >= 0:
            if not number:
                return source.where(line, start, start + len(wanted))
            number -= 1
            start = source.lines[line].find(wanted, start + 1)
        column = 0
    return None
