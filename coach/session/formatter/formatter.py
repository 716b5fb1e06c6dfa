"""Formatter of a session's text: the one layout of the coach, with the same meaning."""

import re
from collections import Counter
from collections.abc import Iterator

from coach.diagnostics.edits import apply_edits_to_text
from coach.diagnostics.problem import Edit
from coach.diagnostics.source_file import SourceFile, decode, split_lines
from coach.errors import UsageError
from coach.session.formatter import key_order
from coach.session.formatter.cst import UnsupportedSyntaxError
from coach.session.formatter.cst_parser import parse_cst
from coach.session.formatter.printer import print_cst
from coach.yaml import nodes

_MARK = b"\xef\xbb\xbf"

_BREAK = re.compile(r"\r\n|\r|\n")


def format_session(data: bytes, file: str) -> bytes:
    """The bytes of a session without errors, laid out.

    Line ends stay what most of them are, and a byte order mark stays. Keys stay where they are in a file with aliases,
    which must come after what they repeat.

    Args:
        data: the file.
        file: the name it is shown by.

    Raises:
        UsageError: it is written in a way that cannot be laid out without a doubt.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    source = decode(data, file)
    text = _laid_out(source)
    own_break = Counter(_BREAK.findall(source.text)).most_common(1)
    return mark + text.replace("\n", own_break[0][0] if own_break else "\n").encode("utf-8")


def _laid_out(source: SourceFile) -> str:
    before = _root(source)
    text = "\n".join(split_lines(apply_edits_to_text(source.text, _forms(before, "session"))))
    try:
        document, aliases = parse_cst(text, source.lines)
    except UnsupportedSyntaxError as error:
        raise _unusual(source.file, error.line + 1) from None
    text = "\n".join(print_cst(document, ordered=not aliases)).rstrip() + "\n"
    after = _root(SourceFile(file=source.file, text=text, lines=split_lines(text)))
    if _meaning(after, "session") != _meaning(before, "session"):
        raise _unusual(source.file, 1)
    return text


def _root(source: SourceFile) -> nodes.Node:
    root, _ = nodes.parse(source)
    if root is None:
        raise _unusual(source.file, 1)
    return root


def _unusual(file: str, line: int) -> UsageError:
    return UsageError(
        f"{file}:{line}: this is written in a way that 'coach fmt' leaves alone: give each key a line of its own"
    )


def _forms(node: nodes.Node, role: str) -> Iterator[Edit]:
    """Every value that is written otherwise than the coach writes it."""
    match node:
        case nodes.Scalar():
            kind = key_order.ROLES[role].kind
            formed = kind.rewrite(node.text) if kind and node.text_column is not None else node.text
            if formed != node.text:
                yield Edit(where=node.stretch(0, len(node.text)), text=formed)
        case nodes.Sequence():
            for item in node.items:
                yield from _forms(item, key_order.find_item_role(role))
        case nodes.Mapping():
            for entry in node.entries:
                yield from _forms(entry.value, key_order.find_role(role, entry.key.text))


Meaning = tuple[object, ...]


def _meaning(node: nodes.Node, role: str) -> Meaning:
    """All that a node says, whatever the order of its keys and the way its values are written."""
    match node:
        case nodes.Scalar():
            kind = key_order.ROLES[role].kind
            return (kind.rewrite(node.text) if kind else node.text, node.quoted)
        case nodes.Sequence():
            return tuple(_meaning(item, key_order.find_item_role(role)) for item in node.items)
        case nodes.Mapping():
            known = (
                (entry.key.text, _meaning(entry.value, key_order.find_role(role, entry.key.text)))
                for entry in node.entries
            )
            return (*(sorted(known, key=repr) if key_order.ROLES[role].keys else known),)
