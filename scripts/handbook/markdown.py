"""Markdown for the generated pages."""

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Generated from the code by `scripts/docs write`; change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """Write a page: its title, the notice that it is generated, and its parts with blank lines between."""
    return "\n\n".join([f"# {title}", NOTICE, *(part for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(_row(cells) for cells in lines)


def _row(cells: Iterable[str]) -> str:
    escaped = " | ".join(cell.replace("|", r"\|") for cell in cells)
    return f"| {escaped} |"


def bullets(items: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {item}" for item in items)


def fence(language: str, text: str) -> str:
    """Write a fenced example."""
    return f"```{language}\n{text.rstrip()}\n```"


def code(words: Iterable[str]) -> str:
    """Write words as code, with spaces between."""
    return " ".join(f"`{word}`" for word in words)
