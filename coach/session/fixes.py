"""The ways out that are certain, as edits by place: a text put in, a line taken out, lines moved."""

from dataclasses import replace

from coach.errors import Edit, Fix, Where
from coach.session.scalars import quoted


def insert(where: Where, text: str, title: str) -> Fix:
    """Text put in before a place."""
    return Fix(title=title, edits=(Edit(where=replace(where, end_column=where.column), text=text),))


def line_before(where: Where, text: str) -> Fix:
    """A line of its own before the one of a place, which begins in the first column."""
    return insert(replace(where, column=1), f"{text}\n", f"put in {quoted(text)}")


def without_line(where: Where, line: str) -> Fix:
    """The line of a place taken out, with its break."""
    whole = replace(where, column=1, end_column=len(line) + 2)
    return Fix(title=f"take out {quoted(line.strip())}", edits=(Edit(where=whole, text=""),))


def indented(where: Where, lines: range, spaces: int, title: str) -> Fix:
    """Lines moved to the right."""
    start = replace(where, column=1, end_column=1)
    return Fix(title=title, edits=tuple(Edit(where=replace(start, line=line), text=" " * spaces) for line in lines))
