"""Formatter of a session file: one layout and one order of keys, with the same meaning."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.diagnostics.edits import apply_edits_to_text
from coach.diagnostics.problem import Edit
from coach.diagnostics.source_file import SourceFile, decode, split_lines
from coach.errors import UsageError
from coach.session.values.breath import BREATH
from coach.session.values.cadence import CADENCE
from coach.session.values.cue_place import CUE_AT
from coach.session.values.duration import DURATION_OR_ZERO, SPAN, SWITCH
from coach.session.values.sound import DECIBELS
from coach.session.values.value_kind import ValueKind
from coach.translation import _
from coach.yaml import nodes
from coach.yaml.concrete_syntax_tree import (
    CLOSING,
    CstBlock,
    CstDocument,
    CstFlow,
    CstInline,
    CstLine,
    InlineComment,
    UnsupportedSyntaxError,
    parse_cst,
)

_MARK = b"\xef\xbb\xbf"
_BREAK = re.compile(r"\r\n|\r|\n")
INDENT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeRole:
    """The role of a node. ``keys`` is the order of a mapping's keys; if it is empty they stay as they are.

    ``inside`` names the roles under those keys, ``other`` that under any other key, ``items`` that of a list's items;
    ``kind`` writes a value that stands alone.
    """

    keys: tuple[str, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)
    other: str = "any"
    items: str = "any"
    kind: ValueKind[Any] | None = None


_SETTINGS = {
    "lasts": "length",
    "may-last": "length",
    "cadence": "cadence",
    "breath": "breath",
    "sounds": "sounds",
    "ticks": "switch",
    "breath-sound": "switch",
    "say": "cues",
    "say-also": "cues",
}

_SETTINGS_ORDER = (
    *("lasts", "may-last", "title", "cadence", "breath", "sounds", "ticks", "breath-sound", "bell", "parts"),
    *("text", "say", "say-also"),
)

_CUE = {"at": "place", "after": "time", "every": "time"}
_CUE_ORDER = ("at", "after", "every", "level", "clip", "text")

ROLES: Mapping[str, NodeRole] = {
    "any": NodeRole(),
    "session": NodeRole(
        keys=(
            *("coach", "title", "about", "author", "album", "track", "year", "form", "length", "language"),
            *("cadence", "breath", "sounds", "levels", "values", "say-as", "blocks"),
        ),
        inside={
            "length": "time",
            "cadence": "cadence",
            "breath": "breath",
            "sounds": "sounds",
            "levels": "levels",
            "blocks": "blocks",
        },
        items="block",
    ),
    "sounds": NodeRole(keys=("tick", "bell", "breath", "bed", "bed-fade"), inside={"bed-fade": "time"}),
    "levels": NodeRole(keys=("voice", "ticks", "breath", "bells", "bed"), other="level"),
    "blocks": NodeRole(items="block"),
    "block": NodeRole(inside={"repeat": "repeat", "use": "any", "say": "saying"}, other="settings"),
    "settings": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS, kind=SPAN),
    "saying": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS | {"text": "cues"}, items="cue"),
    "repeat": NodeRole(keys=("times", "blocks"), inside={"blocks": "blocks"}),
    "cues": NodeRole(keys=_CUE_ORDER, inside=_CUE, items="cue"),
    "cue": NodeRole(keys=_CUE_ORDER, inside=_CUE),
    "time": NodeRole(kind=DURATION_OR_ZERO),
    "length": NodeRole(kind=SPAN),
    "place": NodeRole(kind=CUE_AT),
    "switch": NodeRole(kind=SWITCH),
    "cadence": NodeRole(kind=CADENCE),
    "breath": NodeRole(kind=BREATH),
    "level": NodeRole(kind=DECIBELS),
}


def find_role(role: str, key: str) -> str:
    """Find the role of the value under a key."""
    return ROLES[role].inside.get(key, ROLES[role].other)


def find_item_role(role: str) -> str:
    """Find the role of a list's items."""
    return ROLES[role].items


def order_keys(role: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """Order the keys of a mapping: their indices in ``names``; unknown keys come last."""
    known = {name: place for place, name in enumerate(ROLES[role].keys)}
    return tuple(sorted(range(len(names)), key=lambda index: known.get(names[index], len(known))))


def format_session(data: bytes, file: str) -> bytes:
    """Format the bytes of a session without errors; messages show it as ``file``.

    Line ends become what most of them are, and a byte order mark stays. In a file with aliases, which must follow what
    they repeat, keys are not reordered.

    Raises:
        UsageError: it is written in a way that cannot be formatted safely.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    source = decode(data, file)
    text = _lay_out(source)
    own_break = Counter(_BREAK.findall(source.text)).most_common(1)
    return mark + text.replace("\n", own_break[0][0] if own_break else "\n").encode("utf-8")


def _lay_out(source: SourceFile) -> str:
    before = _parse_root(source)
    text = "\n".join(split_lines(apply_edits_to_text(source.text, _find_rewrites(before, "session"))))
    try:
        document, aliases = parse_cst(text, source.lines)
    except UnsupportedSyntaxError as error:
        raise _make_error(source.file, error.line + 1) from None
    text = "\n".join(print_cst(document, ordered=not aliases)).rstrip() + "\n"
    after = _parse_root(SourceFile(file=source.file, text=text, lines=split_lines(text)))
    if _extract_meaning(after, "session") != _extract_meaning(before, "session"):
        raise _make_error(source.file, 1)
    return text


def _parse_root(source: SourceFile) -> nodes.Node:
    root, _ = nodes.parse(source)
    if root is None:
        raise _make_error(source.file, 1)
    return root


def _make_error(file: str, line: int) -> UsageError:
    return UsageError(
        _(
            "{file}:{line}: this is written in a way that 'coach fmt' leaves alone: give each key a line of its own",
            file=file,
            line=line,
        )
    )


def _find_rewrites(node: nodes.Node, role: str) -> Iterator[Edit]:
    """Yield an edit for each value that is not written as the coach writes it."""
    match node:
        case nodes.Scalar():
            kind = ROLES[role].kind
            formed = kind.rewrite(node.text) if kind and node.text_column is not None else node.text
            if formed != node.text:
                yield Edit(location=node.locate(0, len(node.text)), text=formed)
        case nodes.Sequence():
            for item in node.items:
                yield from _find_rewrites(item, find_item_role(role))
        case nodes.Mapping():
            for entry in node.entries:
                yield from _find_rewrites(entry.value, find_role(role, entry.key.text))


Meaning = tuple[object, ...]


def _extract_meaning(node: nodes.Node, role: str) -> Meaning:
    """Extract what a node means, regardless of the order of its keys and the spelling of its values."""
    match node:
        case nodes.Scalar():
            kind = ROLES[role].kind
            return (kind.rewrite(node.text) if kind else node.text, node.quoted)
        case nodes.Sequence():
            return tuple(_extract_meaning(item, find_item_role(role)) for item in node.items)
        case nodes.Mapping():
            known = (
                (entry.key.text, _extract_meaning(entry.value, find_role(role, entry.key.text)))
                for entry in node.entries
            )
            return (*(sorted(known, key=repr) if ROLES[role].keys else known),)


def print_flow(value: CstFlow | str, role: str) -> str:
    """Print a value in one line: a space after each comma and colon, and keys in their order."""
    if isinstance(value, str):
        return value
    names = tuple(unquote_key(key) for key, _ in value.members)
    members = [value.members[place] for place in order_keys(role, names)]
    parts = [
        f"{key} {print_flow(inside, find_role(role, unquote_key(key)))}"
        if key
        else print_flow(inside, find_item_role(role))
        for key, inside in members
    ]
    return f"{value.opening}{', '.join(parts)}{CLOSING[value.opening]}"


def unquote_key(key: str) -> str:
    """Strip the colon and quotes of a key."""
    return key.removesuffix(":").strip().strip("\"'")


def print_cst(document: CstDocument, *, ordered: bool) -> list[str]:
    """Print the lines of a document; ``ordered`` says whether keys are put into their order."""
    content = _Printer(ordered=ordered).print_block(document.root, 0, "session")
    apart = [""] if document.head and content and document.root.lines[0].apart else []
    return [*document.head, *apart, *content, *document.foot]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Printer:
    ordered: bool

    def print_block(self, block: CstBlock, column: int, role: str) -> list[str]:
        """Print the lines of a block that begins in a column."""
        made: list[str] = []
        for place, line in enumerate(self._order(block.lines, role)):
            inner = find_role(role, unquote_key(line.key)) if line.key else find_item_role(role)
            apart = block.lines[place].apart and bool(made)
            made += [""] * apart + _indent(line.above, column)
            made += self._print_line(line, column, inner) + _indent(line.after, column)
        return made

    def _order(self, lines: list[CstLine], role: str) -> list[CstLine]:
        if not self.ordered or not lines[0].key:
            return lines
        return [lines[place] for place in order_keys(role, tuple(unquote_key(line.key) for line in lines))]

    def _print_line(self, line: CstLine, column: int, role: str) -> list[str]:
        begin = " " * column + (f"{line.key}:" if line.key else "-")
        if isinstance(line.value, CstInline):
            return self._print_inline(line, line.value, begin, role)
        inside = self.print_block(line.value, column + INDENT, role)
        if line.key or line.value.mark:
            return [
                _append_comment(f"{begin} {line.value.mark}".rstrip(), line.key_comment, column - line.column),
                *inside,
            ]
        return [*_indent([line.key_comment.text] if line.key_comment else [], column), *_put_after_dash(inside, column)]

    def _print_inline(self, line: CstLine, value: CstInline, begin: str, role: str) -> list[str]:
        text = print_flow(value.inside, role) if isinstance(value.inside, CstFlow) and self.ordered else value.text
        column = len(begin) - len(begin.lstrip())
        if value.below and (value.more or value.between or line.key_comment):
            above = [
                _append_comment(begin, line.key_comment, column - line.column),
                *_indent(value.between, column + INDENT),
            ]
            made = [" " * (column + INDENT) + text]
        else:
            above, made = [], [f"{begin} {text}".rstrip()]
        made += [(" " * (column + step) + further) if further else "" for step, further in value.more]
        return [*above, *made[:-1], _append_comment(made[-1], line.comment, column - line.column)]


def _put_after_dash(inside: list[str], column: int) -> list[str]:
    """Put the first line of an item after its dash; the comments of that line come before the dash."""
    first = next(number for number, line in enumerate(inside) if line.strip() and not line.lstrip().startswith("#"))
    above = _indent([line.strip() for line in inside[:first] if line.strip()], column)
    return [*above, f"{' ' * column}- {inside[first].lstrip()}", *inside[first + 1 :]]


def _append_comment(line: str, comment: InlineComment | None, moved: int) -> str:
    """Append its comment to a line that moved to the right; the comment moves along, or further if there is no room."""
    if comment is None:
        return line
    spaces = max(comment.column + moved - len(line), min(comment.spaces, INDENT), 1)
    return line + " " * spaces + comment.text


def _indent(texts: list[str], column: int) -> list[str]:
    return [" " * column + text if text else "" for text in texts]
