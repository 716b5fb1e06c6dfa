"""Edits to a file, which keep all that they do not name: its line ends, its byte order mark, every character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import unified_diff

from coach.diagnostics.problem import Edit, Fix, Location
from coach.diagnostics.source_file import split_lines
from coach.text.sanitize import escape_control_characters, quote

_MARK = b"\xef\xbb\xbf"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")

_BREAK = re.compile(r"\r\n|\r|\n")


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with its edits made; line breaks in them become those of the file.

    Args:
        data: the file, in UTF-8.
        edits: none of which overlap, all within the file.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + apply_edits_to_text(data.removeprefix(_MARK).decode("utf-8"), edits).encode("utf-8")


def apply_edits_to_text(text: str, edits: Iterable[Edit]) -> str:
    """As ``apply``, for a text without a byte order mark."""
    starts = _starts(text)
    own_break = (_BREAK.search(text) or ["\n"])[0]
    made, begin = "", 0
    for edit in sorted(edits, key=lambda edit: edit.where):
        start, end = (_offset(text, starts, edit.where.line, column) for column in (edit.where.column, _end(edit)))
        made += text[begin:start] + edit.text.replace("\n", own_break)
        begin = end
    return made + text[begin:]


def select_compatible(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
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


def insert(where: Location, text: str, title: str) -> Fix:
    """Text put in before a place."""
    return Fix(title=title, edits=(Edit(where=replace(where, end_column=where.column), text=text),))


def insert_line(where: Location, text: str) -> Fix:
    """A line of its own before the one of a place, which begins in the first column."""
    return insert(replace(where, column=1), f"{text}\n", f"put in {quote(text)}")


def remove_line(where: Location, line: str) -> Fix:
    """The line of a place taken out, with its break."""
    whole = replace(where, column=1, end_column=len(line) + 2)
    return Fix(title=f"take out {quote(line.strip())}", edits=(Edit(where=whole, text=""),))


def indent_lines(where: Location, lines: range, spaces: int, title: str) -> Fix:
    """Lines moved to the right."""
    start = replace(where, column=1, end_column=1)
    return Fix(title=title, edits=tuple(Edit(where=replace(start, line=line), text=" " * spaces) for line in lines))


def show_difference(shown: str, before: bytes, after: bytes, *, how: str) -> Iterator[str]:
    """The lines of a patch from one content of a file to another, safe for a terminal."""
    old, new = (split_lines(data.decode("utf-8", errors="replace").rstrip("\r\n")) for data in (before, after))
    for line in unified_diff(old, new, shown, f"{shown} ({how})", lineterm="", n=2):
        yield escape_control_characters(line)
