"""Concrete syntax tree of a YAML text: lines and comments, each with the key or item that it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class InlineComment:
    """A comment at the end of a line: from which column (from 0), and how many spaces there were before it."""

    text: str
    column: int
    spaces: int


@dataclass(kw_only=True, slots=True)
class CstInline:
    """A value that is one text for us: a scalar, or a list or mapping in brackets.

    ``text`` is its first line, ``more`` the others, each with how far it stands to the right of its key or dash.
    ``inside`` is what is in its brackets, if all is in one line. It stands ``below`` its key where the author put it
    there, after the comments in ``between``.
    """

    text: str
    inside: "CstFlow | str" = ""
    more: list[tuple[int, str]] = field(default_factory=list)
    below: bool = False
    between: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class CstFlow:
    """A list or mapping in brackets, all in one line: of each member its key, and its text or again such a one."""

    opening: str
    members: list[tuple[str, "CstFlow | str"]]


@dataclass(kw_only=True, slots=True)
class CstLine:
    """A key or a list's item with all that belongs to it.

    ``column`` is where it began. ``key`` is empty for an item. ``remark`` is on the line in which the value ends, or on
    the key's own where the value is below it. ``apart`` says whether a blank line comes before, ``above`` are the
    comments before it (blank lines between them empty), ``after`` those behind all of it.
    """

    column: int
    key: str
    value: "CstInline | CstBlock"
    remark: InlineComment | None = None
    own_remark: InlineComment | None = None
    apart: bool = False
    above: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def innermost(self) -> Iterator["CstLine"]:
        """This line, and the last one in each level under it."""
        yield self
        if isinstance(self.value, CstBlock):
            yield from self.value.lines[-1].innermost()


@dataclass(kw_only=True, slots=True)
class CstBlock:
    """A mapping or a list with a line or more for each of its members; ``mark`` is its anchor, if it has one."""

    lines: list[CstLine]
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CstDocument:
    """A whole file: the comments that are about all of it, its content, and what follows the content's end."""

    head: list[str]
    root: CstBlock
    foot: list[str]


class UnsupportedSyntaxError(Exception):
    """Something that YAML allows and hardly anybody writes, which is not laid out here; its line counts from 0."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line + 1}")


_FOR_EDITORS = re.compile(r"#\s*(?:yaml-language-server:|vim?:|-\*-)|---")


def attach_gap(gap: list[str], before: CstLine | None, after: CstLine) -> None:
    """Give each comment between two members of a mapping or list to what it belongs to.

    What stands further in than the next member belongs to what is before it. So does what follows directly on that,
    with a blank line after it. All the rest goes with the next member.
    """
    if before is not None:
        gap = _kept(gap, before, after.column)
    after.apart = bool(gap) and not gap[0].strip()
    after.above = tidy_gap(gap)


def attach_rest(gap: list[str], before: CstLine) -> None:
    """Give comments that nothing follows to what is before them."""
    _attach(gap, before)


def split_head(gap: list[str]) -> tuple[list[str], list[str]]:
    """The comments at the top that are about the whole file, and those about its first key."""
    border = max((number + 1 for number, line in enumerate(gap) if _is_for_the_file(line)), default=0)
    return gap[:border], gap[border:]


def tidy_gap(gap: list[str]) -> list[str]:
    """Comments without what is before and after them, one blank line at most between two."""
    lines = [line.strip() for line in gap]
    while lines and not lines[0]:
        lines.pop(0)
    return [line for number, line in enumerate(lines) if line or lines[number - 1]]


def _is_for_the_file(line: str) -> bool:
    return not line.strip() or _FOR_EDITORS.match(line.strip()) is not None


def _kept(gap: list[str], before: CstLine, column: int) -> list[str]:
    """Give the line before what belongs to it; what is left over is returned."""
    further_in = [number for number, line in enumerate(gap) if line.strip() and _indent(line) > column]
    border = further_in[-1] + 1 if further_in else 0
    blank = next((number for number, line in enumerate(gap) if not line.strip()), 0)
    if not border and 0 < blank < len(gap):
        border = blank
    _attach(gap[:border], before)
    return gap[border:]


def _attach(gap: list[str], before: CstLine) -> None:
    chain = list(before.innermost())
    column, apart = max(line.column for line in chain), False
    for text in gap:
        if not text.strip():
            apart = True
            continue
        column = min(column, _indent(text))
        owner = max((line for line in chain if line.column <= column), key=lambda line: line.column, default=before)
        owner.after += [""] * apart + [text.strip()]
        apart = False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


CLOSING = {"[": "]", "{": "}", "": ""}
