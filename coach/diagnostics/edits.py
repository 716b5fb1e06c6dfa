"""Apply edits to a file, and keep all else: its line ends, its byte order mark, every character."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import unified_diff

from coach.diagnostics.problem import Edit, Fix, Location
from coach.diagnostics.source_file import decode_leniently, split_lines
from coach.text.sanitize import escape_control_characters, quote
from coach.translation import _

_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n")


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits to the bytes of a file; line breaks in them become those of the file.

    Args:
        data: the file, in UTF-8 or in what is certainly another encoding; it becomes UTF-8.
        edits: all within the file; no two overlap.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + apply_edits_to_text(decode_leniently(data), edits).encode("utf-8")


def apply_edits_to_text(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a text without a byte order mark."""
    return replace_ranges(text, locate_edits(text, edits))


def replace_ranges(text: str, ranges: Iterable[tuple[int, int, str]]) -> str:
    """Replace ranges of a text, in their order, each from one offset to another by a new text."""
    made, begin = [""], 0
    for start, end, better in ranges:
        made += (text[begin:start], better)
        begin = end
    return "".join((*made, text[begin:]))


def locate_edits(text: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of each edit in a text, in their order, and what replaces it there."""
    starts = _find_line_starts(text)
    own_break = (_BREAK.search(text) or ["\n"])[0]
    for edit in sorted(edits, key=lambda edit: edit.location):
        start, end = (
            _find_offset(text, starts, edit.location.line, column)
            for column in (edit.location.column, _find_end_column(edit))
        )
        yield start, end, edit.text.replace("\n", own_break)


def select_compatible(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """Select the fixes that can be made at once: in order, each that touches no place of one before it."""
    chosen: list[Fix] = []
    taken: defaultdict[tuple[str, int], list[Edit]] = defaultdict(list)
    for fix in fixes:
        if not any(_touches(edit, other) for edit in fix.edits for other in taken[_find_line(edit)]):
            chosen.append(fix)
            for edit in fix.edits:
                taken[_find_line(edit)].append(edit)
    return tuple(chosen)


def _find_line(edit: Edit) -> tuple[str, int]:
    return edit.location.file, edit.location.line


def _touches(one: Edit, other: Edit) -> bool:
    """Return whether two edits of one line overlap, or meet."""
    return one.location.column <= _find_end_column(other) and other.location.column <= _find_end_column(one)


def _find_end_column(edit: Edit) -> int:
    return max(edit.location.column, edit.location.end_column)


def _find_line_starts(text: str) -> list[int]:
    return [found.start() for found in _LINE.finditer(text)]


def _find_offset(text: str, starts: Sequence[int], line: int, column: int) -> int:
    """Find the offset of a place in the text; a column past the line's end is where the next line begins."""
    start = starts[line - 1]
    stop = _BREAK.search(text, start)
    length = (stop.start() if stop else len(text)) - start
    if column - 1 > length:
        return stop.end() if stop else len(text)
    return start + column - 1


def insert(location: Location, text: str, title: str) -> Fix:
    """Make a fix that inserts text before a place."""
    return Fix(title=title, edits=(Edit(location=replace(location, end_column=location.column), text=text),))


def insert_line(location: Location, text: str) -> Fix:
    """Make a fix that inserts a line before the line of a place, from the first column."""
    return insert(replace(location, column=1), f"{text}\n", _("put in {text}", text=quote(text)))


def remove_line(location: Location, line: str) -> Fix:
    """Make a fix that removes the line of a place, with its line break."""
    whole = replace(location, column=1, end_column=len(line) + 2)
    return Fix(title=_("take out {line}", line=quote(line.strip())), edits=(Edit(location=whole, text=""),))


def indent_lines(location: Location, lines: range, spaces: int, title: str) -> Fix:
    """Make a fix that indents lines further."""
    start = replace(location, column=1, end_column=1)
    return Fix(title=title, edits=tuple(Edit(location=replace(start, line=line), text=" " * spaces) for line in lines))


def show_difference(shown: str, before: bytes, after: bytes, *, how: str) -> Iterator[str]:
    """Render the difference between two contents of a file as the lines of a patch, safe for a terminal."""
    old, new = (split_lines(data.decode("utf-8", errors="replace").rstrip("\r\n")) for data in (before, after))
    for line in unified_diff(old, new, shown, f"{shown} ({how})", lineterm="", n=2):
        yield escape_control_characters(line)
