"""Source map of a session: what each line of its files says, and the location of a key, a setting or a word."""

import os
from collections import abc, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from coach.diagnostics.problem import Location
from coach.diagnostics.source_file import SourceError, SourceFile, decode, read_source, split_lines
from coach.errors import CoachError
from coach.session.session import Session, Text
from coach.yaml import nodes
from coach.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCue:
    """A cue that the author wrote; ``location`` is the location of its text."""

    location: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceBlocks:
    """A block, or those that a `repeat` or a `use` expands to; ``inside`` are the locations of their kinds."""

    location: Location
    inside: tuple[Location, ...]


SourceItem = SourceCue | SourceBlocks


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceMap:
    """What each line says, from the first on, for all files of a session by their displayed names, its own first.

    A line maps to the block that begins in it, else to the cue in it, else to the block around it. An empty line maps
    to what the line above does. What is not heard, such as the title, maps to None.
    """

    files: abc.Mapping[str, tuple[SourceItem | None, ...]]


def map_source(session: Session) -> SourceMap:
    """Map the lines of a session that was just read.

    Raises:
        UsageError: one of its files no longer exists.
        ExternalError: one of its files can no longer be read.
    """
    said = (cue for block in session.blocks for cue in (*(block.say or ()), *block.say_also))
    reader = _SourceMapper(blocks={block.location for block in session.blocks}, cues={cue.location for cue in said})
    reader.read(str(session.path))
    return SourceMap(files=reader.files)


SourceMark = tuple[int, SourceItem | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _SourceMapper:
    """Finds blocks and cues, whose locations are known, among the nodes of files."""

    blocks: set[Location]
    cues: set[Location]
    files: dict[str, tuple[SourceItem | None, ...]] = field(default_factory=dict)
    begun: dict[Location, SourceBlocks] = field(default_factory=dict)
    used: dict[str, tuple[Location, ...]] = field(default_factory=dict)

    def read(self, file: str) -> tuple[Location, ...]:
        """Return the blocks that a file expands to, and record what its lines say."""
        if file not in self.used:
            self.files[file] = ()
            source = read_source(Path(file), file)
            root, _ = nodes.parse(source)
            self.used[file] = () if root is None else self._read_blocks(root)
            marks = [] if root is None else sorted(self._walk(root, None), key=lambda mark: mark[0])
            self.files[file] = _fill_lines(marks, len(split_lines(source.text)))
        return self.used[file]

    def _read_blocks(self, node: nodes.Node) -> tuple[Location, ...]:
        """Return the blocks that a list of them expands to, or the list in a mapping."""
        match node:
            case nodes.Mapping():
                blocks = node.find_entry("blocks")
                return self._read_blocks(blocks.value) if blocks else ()
            case nodes.Sequence():
                return tuple(
                    location
                    for item in node.items
                    if isinstance(item, nodes.Mapping) and item.entries
                    for location in self._read_block(item.entries[0])
                )
        return ()

    def _read_block(self, entry: nodes.Entry) -> tuple[Location, ...]:
        """Return the blocks that one item of such a list expands to."""
        location = entry.key.location
        if location in self.blocks:
            inside: tuple[Location, ...] = (location,)
        elif entry.key.text == "use" and isinstance(entry.value, nodes.Scalar):
            inside = self.read(os.path.normpath(Path(location.file).parent / entry.value.text))
        else:
            inside = self._read_blocks(entry.value)
        self.begun[location] = SourceBlocks(location=location, inside=inside)
        return inside

    def _walk(self, node: nodes.Node, around: SourceItem | None) -> Iterator[SourceMark]:
        """Yield each line with something in it and what it belongs to, in the order of the file."""
        said = self._find_start(node) or around
        match node:
            case nodes.Scalar():
                yield node.location.line, said
            case nodes.Sequence():
                for item in node.items:
                    yield from self._walk(item, said)
            case nodes.Mapping():
                for entry in node.entries:
                    yield entry.key.location.line, said
                    yield from self._walk(entry.value, said)

    def _find_start(self, node: nodes.Node) -> SourceItem | None:
        """Find the cue or block that begins with a node, if any."""
        if node.location in self.cues:
            return SourceCue(location=node.location)
        if not isinstance(node, nodes.Mapping) or not node.entries:
            return None
        text = node.find_entry("text")
        if text is not None and text.value.location in self.cues:
            return SourceCue(location=text.value.location)
        return self.begun.get(node.entries[0].key.location)


def _fill_lines(marks: list[SourceMark], lines: int) -> tuple[SourceItem | None, ...]:
    here = {
        line: _choose_item(line, [said for _, said in found])
        for line, found in groupby(marks, key=lambda mark: mark[0])
    }
    said: list[SourceItem | None] = []
    for line in range(1, lines + 1):
        said.append(here[line] if line in here else said[-1] if said else None)
    return tuple(said)


def _choose_item(line: int, here: list[SourceItem | None]) -> SourceItem | None:
    """Choose what a line maps to from all that is in it."""
    blocks = [said for said in here if isinstance(said, SourceBlocks)]
    begun = [block for block in blocks if block.location.line == line]
    words = [said for said in here if isinstance(said, SourceCue)]
    ranked: list[SourceItem] = [*begun, *words, *blocks]
    return ranked[0] if ranked else None


class SourceLocator:
    """Finds locations in the files of a session; each file is read once, and only when needed.

    ``unsaved`` holds the contents of files by their resolved paths, which replace those on disk.
    """

    def __init__(self, unsaved: abc.Mapping[Path, bytes] = MappingProxyType({})) -> None:
        self._unsaved = unsaved
        self._files: dict[str, _File] = {}

    def read_lines(self, file: str) -> tuple[str, ...]:
        """Return the lines of a file, or none if it cannot be read."""
        return self._open(file).source.lines

    def find_key(self, file: str, *keys: str) -> Location | None:
        """Locate the last of these keys, each inside the one before, from the top of a file."""
        entry = _find_entry(self._open(file).root, keys)
        return entry.key.location if entry else None

    def find_value(self, file: str, *keys: str | int) -> Location | None:
        """Locate the value of the last of these keys; a number is a place in a list, if there is one."""
        node = _find_node(self._open(file).root, keys)
        return node.location if node else None

    def find_setting(self, block: Location, *keys: str | int) -> Location | None:
        """Locate the value of a block's setting, such as that of ``sounds`` and in it ``tick``."""
        node = _find_node(self._open(block.file).under.get(block), keys)
        return node.location if node else None

    def find_beside(self, text: Text, key: str) -> Location | None:
        """Locate the value of a key of the cue that has this text."""
        for cue in _walk(self._open(text.location.file).root):
            said, wanted = (cue.find_entry("text"), cue.find_entry(key)) if isinstance(cue, Mapping) else (None, None)
            if said and wanted and text.location == said.value.location:
                return wanted.value.location
        return None

    def walk_scalars(self, file: str) -> Iterator[tuple[str, Scalar]]:
        """Yield all scalars in a file, each with the key that it, or its list, is under."""
        return _walk_scalars(self._open(file).root, "")

    def find_text(self, text: Text, language: str) -> Location:
        """Locate a text in one of its languages."""
        scalar = self._find_scalar(text.location, language)
        return scalar.location if scalar else text.location

    def find_words(self, text: Text, language: str, offset: int, wanted: str) -> Location | None:
        """Locate words of a text as written, in one of its languages; they begin at ``offset``."""
        scalar = self._find_scalar(text.location, language)
        if scalar is None:
            return None
        nth = text[language].count(wanted, 0, offset)
        start = _find_nth(scalar.text, wanted, nth)
        if scalar.text_column is not None and start >= 0:
            return scalar.locate(start, len(wanted))
        return _find_in_lines(self._open(text.location.file).source, scalar.location, wanted, nth)

    def _find_scalar(self, location: Location, language: str) -> Scalar | None:
        """Find the words of one language in the text at a location."""
        for node in self._open(location.file).at[location]:
            entry = node.find_entry(language) if isinstance(node, Mapping) else None
            found = entry.value if entry else node
            if isinstance(found, Scalar):
                return found
        return None

    def _open(self, file: str) -> "_File":
        if file not in self._files:
            data = self._unsaved.get(Path(file).resolve()) if self._unsaved else None
            try:
                source = read_source(Path(file), file) if data is None else decode(data, file)
            except (CoachError, SourceError):
                source = SourceFile(file=file, text="", lines=())
            self._files[file] = _File(source)
        return self._files[file]


class _File:
    """A file's text, and its nodes by location, which are parsed when needed."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    @cached_property
    def root(self) -> Node | None:
        """The root node."""
        return nodes.parse(self.source)[0] if self.source.lines else None

    @cached_property
    def at(self) -> abc.Mapping[Location, list[Node]]:
        """The nodes at each location; a mapping may begin where its first value does."""
        found: dict[Location, list[Node]] = defaultdict(list)
        for node in _walk(self.root):
            found[node.location].append(node)
        return found

    @cached_property
    def under(self) -> abc.Mapping[Location, Node]:
        """The value of each key that is the first of its mapping, as a kind of block is."""
        first = (node.entries[0] for node in _walk(self.root) if isinstance(node, Mapping) and node.entries)
        return {entry.key.location: entry.value for entry in first}


def _walk(node: Node | None) -> Iterator[Node]:
    """Yield a node and all nodes in it."""
    if node is None:
        return
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _walk(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _walk(item)


def _walk_scalars(node: Node | None, key: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _walk_scalars(entry.value, entry.key.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _walk_scalars(item, key)
    elif node is not None:
        yield key, node


def _find_node(node: Node | None, keys: tuple[str | int, ...]) -> Node | None:
    """Find the node that a path of keys, and of places in lists, leads to."""
    for key in keys:
        if isinstance(key, str):
            entry = node.find_entry(key) if isinstance(node, Mapping) else None
            node = entry.value if entry else None
        elif isinstance(node, Sequence):
            node = node.items[key]
    return node


def _find_entry(node: Node | None, keys: tuple[str, ...]) -> Entry | None:
    """Find the entry that a path of keys leads to."""
    entry = None
    for key in keys:
        entry = node.find_entry(key) if isinstance(node, Mapping) else None
        if entry is None:
            return None
        node = entry.value
    return entry


def _find_nth(text: str, wanted: str, number: int) -> int:
    start = text.find(wanted)
    for _ in range(number):
        start = text.find(wanted, start + 1)
    return start


def _find_in_lines(source: SourceFile, location: Location, wanted: str, number: int) -> Location | None:
    """Locate words in a text of several lines: their occurrence ``number``, counted from 0."""
    column = location.column - 1
    for line in range(location.line - 1, len(source.lines)):
        start = source.lines[line].find(wanted, column)
        while start >= 0:
            if not number:
                return source.locate(line, start, start + len(wanted))
            number -= 1
            start = source.lines[line].find(wanted, start + 1)
        column = 0
    return None
