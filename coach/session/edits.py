"""Edits to a file, which keep all that they do not name: its line ends, its byte order mark, every character."""

import re
from collections.abc import Iterable, Sequence

from coach.errors import Edit, Fix

_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n")


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with its edits made; line breaks in them become those of the file.

    Args:
        data: the file, in UTF-8.
        edits: none of which overlap, all within the file.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + apply_to_text(data.removeprefix(_MARK).decode("utf-8"), edits).encode("utf-8")


def apply_to_text(text: str, edits: Iterable[Edit]) -> str:
    """As ``apply``, for a text without a byte order mark."""
    starts = _starts(text)
    own_break = (_BREAK.search(text) or ["\n"])[0]
    made, begin = "", 0
    for edit in sorted(edits, key=lambda edit: edit.where):
        start, end = (_offset(text, starts, edit.where.line, column) for column in (edit.where.column, _end(edit)))
        made += text[begin:start] + edit.text.replace("\n", own_break)
        begin = end
    return made + text[begin:]


def together(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that can be made at once: in order, each that touches nothing that one before it touches."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        if not any(_touch(edit, other) for edit in fix.edits for other in taken):
            chosen.append(fix)
            taken.extend(fix.edits)
    return tuple(chosen)


def _touch(one: Edit, other: Edit) -> bool:
    here, there = one.where, other.where
    same_line = (here.file, here.line) == (there.file, there.line)
    return same_line and here.column <= _end(other) and there.column <= _end(one)


def _end(edit: Edit) -> int:
    return max(edit.where.column, edit.where.end_column)


def _starts(text: str) -> list[int]:
    return [found.start() for found in _LINE.finditer(text)]


def _offset(text: str, starts: Sequence[int], line: int, column: int) -> int:
    """How far into the text a place is; one past the end of its line is where the next line begins."""
    start = starts[line - 1]
    stop = _BREAK.search(text, start)
    length = (stop.start() if stop else len(text)) - start
    if column - 1 > length:
        return stop.end() if stop else len(text)
    return start + column - 1
