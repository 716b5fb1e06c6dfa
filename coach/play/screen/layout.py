"""A page laid out on a screen of any size: the rows that fill it."""

from collections.abc import Sequence

from coach.play.screen.cells import fitted, width_of, wrapped
from coach.play.screen.disc import disc
from coach.play.screen.lettering import lettered, rows_high
from coach.play.screen.page import Figure, Key, Page
from coach.play.screen.ribbon import ribbon
from coach.play.screen.rows import (
    BOLD,
    MUTED,
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

NOTICE = Ink(name="bell", bold=True)
FIGURE = Ink(name="ink", bold=True)
LESSER = Ink(name="cadence")

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
KEPT_KEYS = 3


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
        "keys": [_keys(page.keys, inner)],
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
    big = _largest(title, width, height)
    if big is not None:
        return [row(line, width, ink) for line in big]
    above = [blank(width)] * ((height - 1) // 2)
    return [*above, *(row(line, width, ink) for line in wrapped(title, width, max(1, height - len(above))))]


def _largest(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """The text in the largest letters that there is room for, if any."""
    for scale in range(max(1, height // 2), 0, -1):
        big = lettered(text, scale)
        if big is not None and len(big) <= height and len(big[0]) <= width:
            return big
    return None


def _middle(page: Page, width: int, height: int) -> list[Row] | Rows:
    if page.choices:
        return _choices(page.choices, width, height)
    if height < 1 + rows_high(1):
        return [row(" · ".join(figure.short for figure in page.figures), width, FIGURE)] if height else []
    room = min(2 * height + 2, width // 3)
    return beside(
        filled(_figures(page.figures, width - room - 1, height), width - room - 1, height),
        indented_left(disc(page.lungs, page.accent, room, height)),
    )


def indented_left(rows: Rows) -> Rows:
    """Rows with a blank before them."""
    return tuple((Span(text=" "), *spans) for spans in rows)


def _figures(figures: Sequence[Figure], width: int, height: int) -> list[Row]:
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
            return [*(row(line, width, FIGURE) for line in big), row(first.caption, width, MUTED), *side_by_side]
        if scale == 1 or (not others and len(big) < height):
            line = " · ".join(figure.short for figure in others) or first.caption
            return [*(row(line, width, FIGURE) for line in big), row(line, width, MUTED)]
    return [row(figure.short, width, FIGURE) for figure in figures]


def _side_by_side(figures: Sequence[Figure], scale: int, width: int) -> list[Row]:
    drawn = [(lettered(figure.digits, scale), figure.caption) for figure in figures]
    columns = [(big, caption) for big, caption in drawn if big is not None]
    gap = 3 * scale
    wide = [max(len(big[0]), width_of(caption)) + gap for big, caption in columns]
    if not columns or sum(wide) - gap > width:
        return []
    high = len(columns[0][0])
    digits = ["".join(fitted(big[y], w) for (big, _), w in zip(columns, wide, strict=True)) for y in range(high)]
    captions = "".join(fitted(caption, w) for (_, caption), w in zip(columns, wide, strict=True))
    return [*(row(line.rstrip(), width, LESSER) for line in digits), row(captions.rstrip(), width, MUTED)]


def _choices(choices: Sequence[Key], width: int, height: int) -> list[Row]:
    """Keys with what they do, under each other; in two columns if they are many."""
    if len(choices) > height and width >= WIDE:
        half = (len(choices) + 1) // 2
        left = filled(_choices(choices[:half], width // 2, height), width // 2, height)
        right = filled(_choices(choices[half:], width - width // 2, height), width - width // 2, height)
        return list(beside(left, right))
    key_width = max(width_of(choice.key) for choice in choices) + 2
    airy = 2 * len(choices) <= height
    rows: list[Row] = []
    for choice in choices:
        key = Span(text=fitted(choice.key, min(width, key_width)), ink=NOTICE)
        rows.append((key, *row(choice.does, max(0, width - key_width))))
        rows += [blank(width)] * airy
    return rows


def _keys(keys: Sequence[Key], width: int) -> Row:
    """As many keys as there is room for, each whole; the first and the last two go last."""
    chosen = list(keys)
    while len(chosen) > 1 and _width(chosen) > width:
        del chosen[-3 if len(chosen) > KEPT_KEYS else 0]
    spans = [span for key in chosen for span in _key(key)]
    if not chosen or _width(chosen) > width:
        return blank(width)
    return (*spans, Span(text=" " * (width - sum(width_of(span.text) for span in spans))))


def _width(keys: Sequence[Key]) -> int:
    return sum(width_of(span.text) for key in keys for span in _key(key))


def _key(key: Key) -> tuple[Span, Span]:
    return Span(text=f"{key.key} ", ink=BOLD), Span(text=f"{key.does}  ", ink=MUTED)
