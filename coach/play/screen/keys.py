"""Keys with what they do: at the foot of a screen, and as choices."""

from collections.abc import Sequence

from coach.play.screen.cells import fitted, width_of
from coach.play.screen.page import Key
from coach.play.screen.rows import BOLD, MUTED, NOTICE, Row, Rows, Span, beside, blank, filled, row

COLUMNS_FROM_WIDTH = 60
KEYS_APART = 2
KEPT_KEYS = 3


def choices(offered: Sequence[Key], width: int, height: int) -> Rows:
    """Keys with what they do, under each other; in two columns if they are many."""
    if len(offered) > height and width >= COLUMNS_FROM_WIDTH:
        half = (len(offered) + 1) // 2
        left = filled(choices(offered[:half], width // 2, height), width // 2, height)
        right = filled(choices(offered[half:], width - width // 2, height), width - width // 2, height)
        return beside(left, right)
    key_width = max(width_of(choice.key) for choice in offered) + 2
    airy = 2 * len(offered) <= height
    rows: list[Row] = []
    for choice in offered:
        key = Span(text=fitted(choice.key, min(width, key_width)), ink=NOTICE)
        rows.append((key, *row(choice.does, max(0, width - key_width))))
        rows += [blank(width)] * airy
    return tuple(rows)


def foot(keys: Sequence[Key], width: int) -> Row:
    """As many keys as there is room for, each whole; the first and the last two go last."""
    chosen = list(keys)
    while len(chosen) > 1 and _width(chosen) > width:
        del chosen[-3 if len(chosen) > KEPT_KEYS else 0]
    if not chosen or _width(chosen) > width:
        return blank(width)
    gap = Span(text=" " * KEYS_APART)
    spans = [span for key in chosen for span in (*_key(key), gap)][:-1]
    return (*spans, Span(text=" " * (width - _width(chosen))))


def _width(keys: Sequence[Key]) -> int:
    return sum(width_of(span.text) for key in keys for span in _key(key)) + KEYS_APART * (len(keys) - 1)


def _key(key: Key) -> tuple[Span, Span]:
    return Span(text=f"{key.key} ", ink=BOLD), Span(text=key.does, ink=MUTED)
