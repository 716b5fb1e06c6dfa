"""A page laid out on a screen of any size: the rows that fill it."""

from coach.play.screen.cells import wrapped
from coach.play.screen.disc import disc
from coach.play.screen.figures import LEAST_HEIGHT, drawn, in_one_row
from coach.play.screen.keys import choices, foot
from coach.play.screen.lettering import largest
from coach.play.screen.page import Page
from coach.play.screen.ribbon import ribbon
from coach.play.screen.rows import (
    BOLD,
    MUTED,
    NOTICE,
    PLAIN,
    Ink,
    Row,
    Rows,
    Span,
    beside,
    blank,
    filled,
    indented,
    row,
    two_ends,
)

# Each part and how many rows it gets, in this order, until the screen is full.
GROWTH = (
    ("middle", 1), ("title", 1), ("words", 1), ("keys", 1),
    ("middle", 3), ("ribbon", 2), ("words", 1), ("notice", 1), ("words", 1),
    ("title", 2), ("middle", 6), ("head", 1), ("ribbon", 1), ("head", 1), ("gap", 1),
    ("title", 2), ("middle", 5), ("words", 1), ("gap", 1), ("middle", 5), ("ribbon", 1), ("middle", 12), ("words", 2),
)  # fmt: skip
ORDER = ("head", "title", "notice", "middle", "gap", "words", "ribbon", "keys")
LESS_URGENT = ("gap", "notice", "ribbon", "words", "head")
WIDE = 60
MARGIN = 2


def laid_out(page: Page, width: int, height: int) -> Rows:
    """The page on so many cells and rows, filled to the last."""
    if width < 1 or height < 1:
        return ()
    margin = MARGIN if width >= WIDE else 1 if width > 2 * MARGIN else 0
    heights = shares(height, choices=len(page.choices))
    inner = width - 2 * margin
    parts = {
        "head": _head(page, inner),
        "title": _title(page.title, Ink(name=page.accent, bold=True), inner, heights["title"]),
        "notice": [row(f"» {page.notice}", inner, NOTICE)] if page.notice else [],
        "middle": _middle(page, inner, heights["middle"]),
        "gap": [],
        "words": [
            row(line, inner, BOLD if page.spoken else PLAIN) for line in wrapped(page.words, inner, heights["words"])
        ],
        "ribbon": ribbon(page.ribbon, inner, heights["ribbon"]),
        "keys": [foot(page.keys, inner)],
    }
    rows = [line for part in ORDER for line in filled(parts[part], inner, heights[part])]
    return indented(filled(rows, inner, height), margin)


def shares(height: int, *, choices: int = 0) -> dict[str, int]:
    """How many rows each part gets; choices that need more rows take those of what is less urgent."""
    heights = dict.fromkeys(ORDER, 0)
    left = height
    for part, more in GROWTH:
        if more <= left:
            heights[part] += more
            left -= more
    heights["gap"] += left
    for part in LESS_URGENT:
        given = min(heights[part], max(0, choices - heights["middle"]))
        heights[part] -= given
        heights["middle"] += given
    return heights


def _head(page: Page, width: int) -> list[Row]:
    return [two_ends(Span(text=page.heading, ink=MUTED), Span(text=page.aside, ink=MUTED), width)]


def _title(title: str, ink: Ink, width: int, height: int) -> list[Row]:
    big = largest(title, width, height)
    if big is not None:
        return [row(line, width, ink) for line in big]
    above = [blank(width)] * ((height - 1) // 2)
    return [*above, *(row(line, width, ink) for line in wrapped(title, width, max(1, height - len(above))))]


def _middle(page: Page, width: int, height: int) -> Rows:
    if page.choices:
        return choices(page.choices, width, height)
    if height < LEAST_HEIGHT:
        return (in_one_row(page.figures, width),)
    room = min(2 * height + 2, width // 3)
    left = filled(drawn(page.figures, width - room - 1, height), width - room - 1, height)
    gap = ((Span(text=" "),),) * height
    return beside(beside(left, gap), disc(page.lungs, page.accent, room, height))
