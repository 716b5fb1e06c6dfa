"""Which comments between two lines belong to the one before, and which to the one after."""

import re

from coach.session.layout.tree import Line

_FOR_EDITORS = re.compile(r"#\s*(?:yaml-language-server:|vim?:|-\*-)|---")


def share(gap: list[str], before: Line | None, after: Line) -> None:
    """Give each comment between two members of a mapping or list to what it belongs to.

    What stands further in than the next member belongs to what is before it. So does what follows directly on that,
    with a blank line after it. All the rest goes with the next member.
    """
    if before is not None:
        gap = _kept(gap, before, after.column)
    after.apart = bool(gap) and not gap[0].strip()
    after.above = tidy(gap)


def leave(gap: list[str], before: Line) -> None:
    """Give comments that nothing follows to what is before them."""
    _attach(gap, before)


def of_the_file(gap: list[str]) -> tuple[list[str], list[str]]:
    """The comments at the top that are about the whole file, and those about its first key."""
    border = max((number + 1 for number, line in enumerate(gap) if _is_for_the_file(line)), default=0)
    return gap[:border], gap[border:]


def tidy(gap: list[str]) -> list[str]:
    """Comments without what is before and after them, one blank line at most between two."""
    lines = [line.strip() for line in gap]
    while lines and not lines[0]:
        lines.pop(0)
    return [line for number, line in enumerate(lines) if line or lines[number - 1]]


def _is_for_the_file(line: str) -> bool:
    return not line.strip() or _FOR_EDITORS.match(line.strip()) is not None


def _kept(gap: list[str], before: Line, column: int) -> list[str]:
    """Give the line before what belongs to it; what is left over is returned."""
    further_in = [number for number, line in enumerate(gap) if line.strip() and _indent(line) > column]
    border = further_in[-1] + 1 if further_in else 0
    blank = next((number for number, line in enumerate(gap) if not line.strip()), 0)
    if not border and 0 < blank < len(gap):
        border = blank
    _attach(gap[:border], before)
    return gap[border:]


def _attach(gap: list[str], before: Line) -> None:
    chain = list(before.innermost())
    column, apart = max(line.column for line in chain), False
    for text in gap:
        if not text.strip():
            apart = True
            continue
        column = min(column, _indent(text))
        owner = max((line for line in chain if line.column <= column), key=lambda line: line.column, default=before)
        owner.after += [""] * apart + [text.strip()]
        apart = False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
