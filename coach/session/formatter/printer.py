"""Printer of a concrete syntax tree: two spaces a level, keys in their order, comments where they belong."""

from dataclasses import dataclass

from coach.session.formatter import key_order
from coach.session.formatter.cst import CLOSING, CstBlock, CstDocument, CstFlow, CstInline, CstLine, InlineComment


def print_flow(value: CstFlow | str, role: str) -> str:
    """A value in one line: a space after each comma and colon, and keys in their order."""
    if isinstance(value, str):
        return value
    names = tuple(unquote_key(key) for key, _ in value.members)
    members = [value.members[place] for place in key_order.order_keys(role, names)]
    parts = [
        f"{key} {print_flow(inside, key_order.find_role(role, unquote_key(key)))}"
        if key
        else print_flow(inside, key_order.find_item_role(role))
        for key, inside in members
    ]
    return f"{value.opening}{', '.join(parts)}{CLOSING[value.opening]}"


def unquote_key(key: str) -> str:
    """A key without its colon and quotes."""
    return key.removesuffix(":").strip().strip("\"'")


STEP = 2


def print_cst(document: CstDocument, *, ordered: bool) -> list[str]:
    """The lines of a document; ``ordered`` says whether keys are put into their order."""
    content = _Printer(ordered=ordered).block(document.root, 0, "session")
    apart = [""] if document.head and content and document.root.lines[0].apart else []
    return [*document.head, *apart, *content, *document.foot]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Printer:
    ordered: bool

    def block(self, block: CstBlock, column: int, role: str) -> list[str]:
        """The lines of a block that begins in a column."""
        made: list[str] = []
        for place, line in enumerate(self._in_order(block.lines, role)):
            inner = key_order.find_role(role, unquote_key(line.key)) if line.key else key_order.find_item_role(role)
            apart = block.lines[place].apart and bool(made)
            made += [""] * apart + _indented(line.above, column)
            made += self._content(line, column, inner) + _indented(line.after, column)
        return made

    def _in_order(self, lines: list[CstLine], role: str) -> list[CstLine]:
        if not self.ordered or not lines[0].key:
            return lines
        return [lines[place] for place in key_order.order_keys(role, tuple(unquote_key(line.key) for line in lines))]

    def _content(self, line: CstLine, column: int, role: str) -> list[str]:
        begin = " " * column + (f"{line.key}:" if line.key else "-")
        if isinstance(line.value, CstInline):
            return self._inline(line, line.value, begin, role)
        inside = self.block(line.value, column + STEP, role)
        if line.key or line.value.mark:
            return [_remarked(f"{begin} {line.value.mark}".rstrip(), line.own_remark, column - line.column), *inside]
        return [*_indented([line.own_remark.text] if line.own_remark else [], column), *_after_dash(inside, column)]

    def _inline(self, line: CstLine, value: CstInline, begin: str, role: str) -> list[str]:
        text = print_flow(value.inside, role) if isinstance(value.inside, CstFlow) and self.ordered else value.text
        column = len(begin) - len(begin.lstrip())
        if value.below and (value.more or value.between or line.own_remark):
            above = [_remarked(begin, line.own_remark, column - line.column), *_indented(value.between, column + STEP)]
            made = [" " * (column + STEP) + text]
        else:
            above, made = [], [f"{begin} {text}".rstrip()]
        made += [(" " * (column + step) + further) if further else "" for step, further in value.more]
        return [*above, *made[:-1], _remarked(made[-1], line.remark, column - line.column)]


def _after_dash(inside: list[str], column: int) -> list[str]:
    """The lines of an item, the first behind its dash; comments of that first one come before the dash."""
    first = next(number for number, line in enumerate(inside) if line.strip() and not line.lstrip().startswith("#"))
    above = _indented([line.strip() for line in inside[:first] if line.strip()], column)
    return [*above, f"{' ' * column}- {inside[first].lstrip()}", *inside[first + 1 :]]


def _remarked(line: str, remark: InlineComment | None, moved: int) -> str:
    """A line that moved so far to the right with its comment, which moves along, or further if there is no room."""
    if remark is None:
        return line
    spaces = max(remark.column + moved - len(line), min(remark.spaces, STEP), 1)
    return line + " " * spaces + remark.text


def _indented(texts: list[str], column: int) -> list[str]:
    return [" " * column + text if text else "" for text in texts]
