"""A YAML text as lines that belong to keys and items: what is moved with what, and what stands on whose line."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class Remark:
    """A comment at the end of a line: from which column (from 0), and how many spaces there were before it."""

    text: str
    column: int
    spaces: int


@dataclass(kw_only=True, slots=True)
class Inline:
    """A value that is one text for us: a scalar, or a list or mapping in brackets.

    ``text`` is its first line, ``more`` the others, each with how far it stands to the right of its key or dash.
    ``inside`` is what is in its brackets, if all is in one line. It stands ``below`` its key where the author put it
    there, after the comments in ``between``.
    """

    text: str
    inside: "Flow | str" = ""
    more: list[tuple[int, str]] = field(default_factory=list)
    below: bool = False
    between: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Flow:
    """A list or mapping in brackets, all in one line: of each member its key, and its text or again such a one."""

    opening: str
    members: list[tuple[str, "Flow | str"]]


@dataclass(kw_only=True, slots=True)
class Line:
    """A key or a list's item with all that belongs to it.

    ``column`` is where it began. ``key`` is empty for an item. ``remark`` is on the line in which the value ends, or on
    the key's own where the value is below it. ``apart`` says whether a blank line comes before, ``above`` are the
    comments before it (blank lines between them empty), ``after`` those behind all of it.
    """

    column: int
    key: str
    value: "Inline | Block"
    remark: Remark | None = None
    own_remark: Remark | None = None
    apart: bool = False
    above: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def innermost(self) -> Iterator["Line"]:
        """This line, and the last one in each level under it."""
        yield self
        if isinstance(self.value, Block):
            yield from self.value.lines[-1].innermost()


@dataclass(kw_only=True, slots=True)
class Block:
    """A mapping or a list with a line or more for each of its members; ``mark`` is its anchor, if it has one."""

    lines: list[Line]
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A whole file: the comments that are about all of it, its content, and what follows the content's end."""

    head: list[str]
    root: Block
    foot: list[str]


class UnusualError(Exception):
    """Something that YAML allows and hardly anybody writes, which is not laid out here; its line counts from 0."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line + 1}")
