"""Which line of a session's files says what: a block, or words of its own."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from coach.diagnostics.problem import Location
from coach.diagnostics.source_file import read_source, split_lines
from coach.session.session import Session
from coach.yaml import nodes


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCue:
    """A cue of the author's; ``where`` is the place of its text."""

    where: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceBlocks:
    """A block, or those that a `repeat` or a `use` stands for; ``inside`` are the places of their kinds."""

    where: Location
    inside: tuple[Location, ...]


SourceItem = SourceCue | SourceBlocks


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceMap:
    """What each line says, from the first on, of all files of a session by the names they are shown by, its own first.

    A line in which a block begins says that block; another says the words in it; else it says the block that it
    belongs to. A line with nothing in it goes with the one above. None is what is not heard, such as the title.
    """

    files: Mapping[str, tuple[SourceItem | None, ...]]


def map_source(session: Session) -> SourceMap:
    """What the lines say of a session that was just read.

    Raises:
        UsageError: one of its files has gone since.
        OutsideError: one of its files cannot be read any more.
    """
    said = (cue for block in session.blocks for cue in (*(block.say or ()), *block.say_also))
    reader = _SourceMapper(blocks={block.where for block in session.blocks}, cues={cue.where for cue in said})
    reader.read(str(session.path))
    return SourceMap(files=reader.files)


SourceMark = tuple[int, SourceItem | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _SourceMapper:
    """Finds blocks and cues, whose places are known, among the nodes of files."""

    blocks: set[Location]
    cues: set[Location]
    files: dict[str, tuple[SourceItem | None, ...]] = field(default_factory=dict)
    begun: dict[Location, SourceBlocks] = field(default_factory=dict)
    used: dict[str, tuple[Location, ...]] = field(default_factory=dict)

    def read(self, file: str) -> tuple[Location, ...]:
        """The blocks that a file stands for; what its lines say is noted."""
        if file not in self.used:
            self.files[file] = ()
            source = read_source(Path(file), file)
            root, _ = nodes.parse(source)
            self.used[file] = () if root is None else self._inside(root)
            marks = [] if root is None else sorted(self._marks(root, None), key=lambda mark: mark[0])
            self.files[file] = _by_line(marks, len(split_lines(source.text)))
        return self.used[file]

    def _inside(self, node: nodes.Node) -> tuple[Location, ...]:
        """The blocks that a list of them stands for, or the list in a mapping."""
        match node:
            case nodes.Mapping():
                blocks = node.entry("blocks")
                return self._inside(blocks.value) if blocks else ()
            case nodes.Sequence():
                return tuple(
                    where
                    for item in node.items
                    if isinstance(item, nodes.Mapping) and item.entries
                    for where in self._block(item.entries[0])
                )
        return ()

    def _block(self, entry: nodes.Entry) -> tuple[Location, ...]:
        """The blocks that one item of such a list stands for."""
        where = entry.key.where
        if where in self.blocks:
            inside: tuple[Location, ...] = (where,)
        elif entry.key.text == "use" and isinstance(entry.value, nodes.Scalar):
            inside = self.read(os.path.normpath(Path(where.file).parent / entry.value.text))
        else:
            inside = self._inside(entry.value)
        self.begun[where] = SourceBlocks(where=where, inside=inside)
        return inside

    def _marks(self, node: nodes.Node, around: SourceItem | None) -> Iterator[SourceMark]:
        """Where something stands, and what it belongs to, in the order of the file."""
        said = self._begins(node) or around
        match node:
            case nodes.Scalar():
                yield node.where.line, said
            case nodes.Sequence():
                for item in node.items:
                    yield from self._marks(item, said)
            case nodes.Mapping():
                for entry in node.entries:
                    yield entry.key.where.line, said
                    yield from self._marks(entry.value, said)

    def _begins(self, node: nodes.Node) -> SourceItem | None:
        """What begins with a node, if anything does."""
        if node.where in self.cues:
            return SourceCue(where=node.where)
        if not isinstance(node, nodes.Mapping) or not node.entries:
            return None
        text = node.entry("text")
        if text is not None and text.value.where in self.cues:
            return SourceCue(where=text.value.where)
        return self.begun.get(node.entries[0].key.where)


def _by_line(marks: list[SourceMark], lines: int) -> tuple[SourceItem | None, ...]:
    here = {line: _first(line, [said for _, said in found]) for line, found in groupby(marks, key=lambda mark: mark[0])}
    said: list[SourceItem | None] = []
    for line in range(1, lines + 1):
        said.append(here[line] if line in here else said[-1] if said else None)
    return tuple(said)


def _first(line: int, here: list[SourceItem | None]) -> SourceItem | None:
    """What a line says of all that stands in it."""
    blocks = [said for said in here if isinstance(said, SourceBlocks)]
    begun = [block for block in blocks if block.where.line == line]
    words = [said for said in here if isinstance(said, SourceCue)]
    ranked: list[SourceItem] = [*begun, *words, *blocks]
    return ranked[0] if ranked else None
