"""The fenced examples and tables of a Markdown page, with the lines they stand on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fence:
    """A fenced example: its language, what else the fence says, and the text just before it."""

    page: str
    line: int
    language: str
    note: str
    text: str
    before: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def fences(page: str) -> tuple[Fence, ...]:
    """The fenced examples of a page, in order."""
    return fences_in(page, (DOCS / page).read_text(encoding="utf-8"))


def fences_in(page: str, text: str) -> tuple[Fence, ...]:
    """The fenced examples of a page's text, in order."""
    return tuple(_fences(page, text.split("\n")))


def _fences(page: str, lines: list[str]) -> Iterator[Fence]:
    opened: int | None = None
    before = ""
    marks = "```"
    for number, line in enumerate(lines):
        if not line.startswith(marks):
            before = line if opened is None and line else before
        elif opened is None:
            opened, marks = number, "`" * (len(line) - len(line.lstrip("`")))
        else:
            language, _, note = lines[opened].removeprefix(marks).partition(" ")
            text = "\n".join(lines[opened + 1 : number]) + "\n"
            yield Fence(page=page, line=opened + 2, language=language, note=note, text=text, before=before)
            opened, before, marks = None, "", "```"


def table(page: str, first_heading: str, *, number: int = 0) -> tuple[dict[str, str], ...]:
    """The rows of the page's ``number``-th table whose first column is headed so, by the heading of each column."""
    lines = (DOCS / page).read_text(encoding="utf-8").split("\n")
    starts = [index for index, line in enumerate(lines) if line.startswith(f"| {first_heading} |")]
    start = starts[number]
    end = next(index for index in range(start, len(lines)) if not lines[index].startswith("|"))
    head, _, *rows = (_cells(line) for line in lines[start:end])
    return tuple(dict(zip(head, row, strict=True)) for row in rows)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(line)[1:-1]]


def code_in(cell: str) -> tuple[str, ...]:
    """What stands between backticks in a cell."""
    return tuple(re.findall(r"`([^`]+)`", cell))
