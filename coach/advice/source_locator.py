"""Exact places in the files of a session, found only when there is something to say about them."""

from collections import abc, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from coach.diagnostics.problem import Location
from coach.diagnostics.source_file import SourceError, SourceFile, decode, read_source
from coach.errors import CoachError
from coach.session.session import Text
from coach.yaml import nodes
from coach.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence


class SourceLocator:
    """Looks into the files that places name; each is read once, and only if it is asked for.

    Args:
        unsaved: what files are taken to hold, by their resolved paths, whatever the disk has.
    """

    def __init__(self, unsaved: abc.Mapping[Path, bytes] = MappingProxyType({})) -> None:
        self._unsaved = unsaved
        self._files: dict[str, _File] = {}

    def lines(self, file: str) -> tuple[str, ...]:
        """The lines of a file, or none if it cannot be read."""
        return self._file(file).source.lines

    def key(self, file: str, *keys: str) -> Location | None:
        """Where the last of these keys stands, each inside the one before, from the top of a file."""
        entry = _entry(self._file(file).root, keys)
        return entry.key.where if entry else None

    def value(self, file: str, *keys: str) -> Location | None:
        """Where the value of that key stands."""
        entry = _entry(self._file(file).root, keys)
        return entry.value.where if entry else None

    def setting(self, block: Location, *keys: str) -> Location | None:
        """Where the value of a block's setting stands, as of ``sounds`` and in it ``tick``."""
        entry = _entry(self._file(block.file).under.get(block), keys)
        return entry.value.where if entry else None

    def scalars(self, file: str) -> Iterator[tuple[str, Scalar]]:
        """All texts and values in a file, each with the key it stands under, or its list does."""
        return _scalars(self._file(file).root, "")

    def text_in(self, text: Text, language: str) -> Location:
        """Where a text stands in one of its languages."""
        scalar = self._scalar(text.where, language)
        return scalar.where if scalar else text.where

    def words(self, text: Text, language: str, offset: int, wanted: str) -> Location | None:
        """Where some of a text's words stand.

        Args:
            text: the text.
            language: which of its languages.
            offset: where the words begin in it.
            wanted: the words, as written.
        """
        scalar = self._scalar(text.where, language)
        if scalar is None:
            return None
        nth = text[language].count(wanted, 0, offset)
        start = _nth(scalar.text, wanted, nth)
        if scalar.text_column is not None and start >= 0:
            return scalar.stretch(start, len(wanted))
        return _in_lines(self._file(text.where.file).source, scalar.where, wanted, nth)

    def _scalar(self, where: Location, language: str) -> Scalar | None:
        """The words of one language in the text at a place."""
        for node in self._file(where.file).at[where]:
            entry = node.entry(language) if isinstance(node, Mapping) else None
            found = entry.value if entry else node
            if isinstance(found, Scalar):
                return found
        return None

    def _file(self, file: str) -> "_File":
        if file not in self._files:
            data = self._unsaved.get(Path(file).resolve()) if self._unsaved else None
            try:
                source = read_source(Path(file), file) if data is None else decode(data, file)
            except (CoachError, SourceError):
                source = SourceFile(file=file, text="", lines=())
            self._files[file] = _File(source)
        return self._files[file]


class _File:
    """A file's text; its nodes, by place, when they are asked for."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    @cached_property
    def root(self) -> Node | None:
        """The whole."""
        return nodes.parse(self.source)[0] if self.source.lines else None

    @cached_property
    def at(self) -> abc.Mapping[Location, list[Node]]:
        """What stands in each place; a mapping may stand in the same one as what is in it."""
        found: dict[Location, list[Node]] = defaultdict(list)
        for node in _inside(self.root):
            found[node.where].append(node)
        return found

    @cached_property
    def under(self) -> abc.Mapping[Location, Node]:
        """What stands under each key that is the first of its mapping, as a kind of block is."""
        first = (node.entries[0] for node in _inside(self.root) if isinstance(node, Mapping) and node.entries)
        return {entry.key.where: entry.value for entry in first}


def _inside(node: Node | None) -> Iterator[Node]:
    """A node and all that is in it."""
    if node is None:
        return
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _inside(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _inside(item)


def _scalars(node: Node | None, key: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _scalars(entry.value, entry.key.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item, key)
    elif node is not None:
        yield key, node


def _entry(node: Node | None, keys: tuple[str, ...]) -> Entry | None:
    """The entry that a path of keys leads to."""
    entry = None
    for key in keys:
        entry = node.entry(key) if isinstance(node, Mapping) else None
        if entry is None:
            return None
        node = entry.value
    return entry


def _nth(text: str, wanted: str, number: int) -> int:
    start = text.find(wanted)
    for _ in range(number):
        start = text.find(wanted, start + 1)
    return start


def _in_lines(source: SourceFile, where: Location, wanted: str, number: int) -> Location | None:
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
