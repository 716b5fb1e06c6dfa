"""The numbers of a page, in digits as large as there is room for."""

from collections.abc import Sequence

from coach.play.screen.cells import fitted, width_of
from coach.play.screen.lettering import lettered, rows_high
from coach.play.screen.page import Figure
from coach.play.screen.rows import BOLD, MUTED, Ink, Row, row

LESSER = Ink(name="cadence")
LEAST_HEIGHT = rows_high(1) + 1
"""The rows that big digits take with a line under them."""


def in_one_row(figures: Sequence[Figure], width: int) -> Row:
    """All numbers in plain text."""
    return row(" · ".join(figure.short for figure in figures), width, BOLD)


def drawn(figures: Sequence[Figure], width: int, height: int) -> list[Row]:
    """The first number as large as can be with the others under it, side by side, or all on one line."""
    first, *others = figures
    for scale in range(height // 2, 0, -1):
        lesser = max(1, scale - 1)
        big = lettered(first.digits, scale)
        if big is None or len(big[0]) > width:
            continue
        side_by_side = _side_by_side(others, lesser, width)
        wanted = len(big) + 1 + len(side_by_side)
        if side_by_side and wanted <= height:
            return [*(row(line, width, BOLD) for line in big), row(first.caption, width, MUTED), *side_by_side]
        if scale == 1 or (not others and len(big) < height):
            line = " · ".join(figure.short for figure in others) or first.caption
            return [*(row(line, width, BOLD) for line in big), row(line, width, MUTED)]
    return [row(figure.short, width, BOLD) for figure in figures]


def _side_by_side(figures: Sequence[Figure], scale: int, width: int) -> list[Row]:
    lettering = [(lettered(figure.digits, scale), figure.caption) for figure in figures]
    columns = [(big, caption) for big, caption in lettering if big is not None]
    gap = 3 * scale
    wide = [max(len(big[0]), width_of(caption)) + gap for big, caption in columns]
    if not columns or sum(wide) - gap > width:
        return []
    high = len(columns[0][0])
    digits = ["".join(fitted(big[y], w) for (big, _), w in zip(columns, wide, strict=True)) for y in range(high)]
    captions = "".join(fitted(caption, w) for (_, caption), w in zip(columns, wide, strict=True))
    return [*(row(line.rstrip(), width, LESSER) for line in digits), row(captions.rstrip(), width, MUTED)]
