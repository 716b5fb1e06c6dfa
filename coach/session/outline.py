"""Which line of a session's files says what: a block, or words of its own."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from coach.errors import Where
from coach.session import nodes
from coach.session.source import lines_of, read_source
from coach.session.types import Session


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A cue of the author's; ``where`` is the place of its text."""

    where: Where


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocks:
    """A block, or those that a `repeat` or a `use` stands for; ``inside`` are the places of their kinds."""

    where: Where
    inside: tuple[Where, ...]


Said = Words | Blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """What each line says, from the first on, of all files of a session by the names they are shown by, its own first.

    A line in which a block begins says that block; another says the words in it; else it says the block that it
    belongs to. A line with nothing in it goes with the one above. None is what is not heard, such as the title.
    """

    files: Mapping[str, tuple[Said | None, ...]]


def outline(session: Session) -> Outline:
    """What the lines say of a session that was just read.

    Raises:
        UsageError: one of its files has gone since.
        OutsideError: one of its files cannot be read any more.
    """
    said = (cue for block in session.blocks for cue in (*(block.say or ()), *block.say_also))
    reader = _Reader(blocks={block.where for block in session.blocks}, cues={cue.where for cue in said})
    reader.read(str(session.path))
    return Outline(files=reader.files)


Mark = tuple[int, Said | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Finds blocks and cues, whose places are known, among the nodes of files."""

    blocks: set[Where]
    cues: set[Where]
    files: dict[str, tuple[Said | None, ...]] = field(default_factory=dict)
    begun: dict[Where, Blocks] = field(default_factory=dict)
    used: dict[str, tuple[Where, ...]] = field(default_factory=dict)

    def read(self, file: str) -> tuple[Where, ...]:
        """The blocks that a file stands for; what its lines say is noted."""
        if file not in self.used:
            self.files[file] = ()
            source = read_source(Path(file), file)
            root, _ = nodes.parse(source)
            self.used[file] = () if root is None else self._inside(root)
            marks = [] if root is None else sorted(self._marks(root, None), key=lambda mark: mark[0])
            self.files[file] = _by_line(marks, len(lines_of(source.text)))
        return self.used[file]

    def _inside(self, node: nodes.Node) -> tuple[Where, ...]:
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

    def _block(self, entry: nodes.Entry) -> tuple[Where, ...]:
        """The blocks that one item of such a list stands for."""
        where = entry.key.where
        if where in self.blocks:
            inside: tuple[Where, ...] = (where,)
        elif entry.key.text == "use" and isinstance(entry.value, nodes.Scalar):
            inside = self.read(os.path.normpath(Path(where.file).parent / entry.value.text))
        else:
            inside = self._inside(entry.value)
        self.begun[where] = Blocks(where=where, inside=inside)
        return inside

    def _marks(self, node: nodes.Node, around: Said | None) -> Iterator[Mark]:
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

    def _begins(self, node: nodes.Node) -> Said | None:
        """What begins with a node, if anything does."""
        if node.where in self.cues:
            return Words(where=node.where)
        if not isinstance(node, nodes.Mapping) or not node.entries:
            return None
        text = node.entry("text")
        if text is not None and text.value.where in self.cues:
            return Words(where=text.value.where)
        return self.begun.get(node.entries[0].key.where)


def _by_line(marks: list[Mark], lines: int) -> tuple[Said | None, ...]:
    here = {line: _first(line, [said for _, said in found]) for line, found in groupby(marks, key=lambda mark: mark[0])}
    said: list[Said | None] = []
    for line in range(1, lines + 1):
        said.append(here[line] if line in here else said[-1] if said else None)
    return tuple(said)


def _first(line: int, here: list[Said | None]) -> Said | None:
    """What a line says of all that stands in it."""
    blocks = [said for said in here if isinstance(said, Blocks)]
    begun = [block for block in blocks if block.where.line == line]
    words = [said for said in here if isinstance(said, Words)]
    ranked: list[Said] = [*begun, *words, *blocks]
    return ranked[0] if ranked else None
