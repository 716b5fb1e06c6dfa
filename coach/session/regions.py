"""Places as other programs count them: from and to a line and a column, always inside the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import Where


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A stretch of a text, in lines and characters from 1; the end is exclusive, and may equal the start."""

    line: int
    column: int
    end_line: int
    end_column: int


def marked(where: Where, lines: Sequence[str]) -> Region:
    """The place of a problem. What is marked just past the end of a line becomes the end itself."""
    last = _length(where, lines) + 1
    return Region(
        line=where.line,
        column=min(where.column, last),
        end_line=where.line,
        end_column=min(where.end_column, last),
    )


def edited(where: Where, lines: Sequence[str]) -> Region:
    """The place of an edit; one that takes the line's break along ends where the next line begins."""
    found = marked(where, lines)
    if where.end_column <= _length(where, lines) + 1 or where.line >= len(lines):
        return found
    return Region(line=found.line, column=found.column, end_line=where.line + 1, end_column=1)


def _length(where: Where, lines: Sequence[str]) -> int:
    """How long a line is; of a file that is gone, as long as the place says."""
    return len(lines[where.line - 1]) if where.line <= len(lines) else where.end_column - 1
