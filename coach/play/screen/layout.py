"""Screen layout: shares the rows of a terminal among the parts of a view, and draws them."""

from collections.abc import Sequence

from coach.play.screen.big_font import LEAST_HEIGHT, draw_figures, draw_largest, write_figures
from coach.play.screen.presenter import Key, ScreenView
from coach.play.screen.terminal_style import (
    BOLD,
    MUTED,
    NOTICE,
    PLAIN,
    ScreenRow,
    ScreenRows,
    StyledSpan,
    TextStyle,
    fill_rows,
    indent,
    join_columns,
    justify,
    make_blank_row,
    make_row,
)
from coach.play.screen.widgets import draw_disc, draw_timeline_bar
from coach.text.cell_width import fit_to_width, measure_width, wrap_and_cut

COLUMNS_FROM_WIDTH = 60

KEYS_APART = 2

KEPT_KEYS = 3


def lay_out_choices(offered: Sequence[Key], width: int, height: int) -> ScreenRows:
    """Lay out keys and what they do, one per row; in two columns if there are many."""
    if len(offered) > height and width >= COLUMNS_FROM_WIDTH:
        half = (len(offered) + 1) // 2
        left = fill_rows(lay_out_choices(offered[:half], width // 2, height), width // 2, height)
        right = fill_rows(lay_out_choices(offered[half:], width - width // 2, height), width - width // 2, height)
        return join_columns(left, right)
    key_width = max(measure_width(choice.key) for choice in offered) + 2
    airy = 2 * len(offered) <= height
    rows: list[ScreenRow] = []
    for choice in offered:
        key = StyledSpan(text=fit_to_width(choice.key, min(width, key_width)), ink=NOTICE)
        rows.append((key, *make_row(choice.does, max(0, width - key_width))))
        rows += [make_blank_row(width)] * airy
    return tuple(rows)


def lay_out_keys(keys: Sequence[Key], width: int) -> ScreenRow:
    """Lay out as many keys as fit, each whole; the first and the last two are dropped last."""
    chosen = list(keys)
    while len(chosen) > 1 and _measure_keys(chosen) > width:
        del chosen[-3 if len(chosen) > KEPT_KEYS else 0]
    if not chosen or _measure_keys(chosen) > width:
        return make_blank_row(width)
    gap = StyledSpan(text=" " * KEYS_APART)
    spans = [span for key in chosen for span in (*_make_key_spans(key), gap)][:-1]
    return (*spans, StyledSpan(text=" " * (width - _measure_keys(chosen))))


def _measure_keys(keys: Sequence[Key]) -> int:
    return sum(measure_width(span.text) for key in keys for span in _make_key_spans(key)) + KEYS_APART * (len(keys) - 1)


def _make_key_spans(key: Key) -> tuple[StyledSpan, StyledSpan]:
    return StyledSpan(text=f"{key.key} ", ink=BOLD), StyledSpan(text=key.does, ink=MUTED)


# The parts and the rows each gets, in this order, until the screen is full.
GROWTH = (
    ("middle", 1), ("title", 1), ("words", 1), ("keys", 1),
    ("middle", 3), ("timeline", 2), ("words", 1), ("notice", 1), ("words", 1),
    ("title", 2), ("middle", 6), ("head", 1), ("timeline", 1), ("head", 1), ("gap", 1),
    ("title", 2), ("middle", 5), ("words", 1), ("gap", 1), ("middle", 5), ("timeline", 1), ("middle", 12), ("words", 2),
)  # fmt: skip

ORDER = ("head", "title", "notice", "middle", "gap", "words", "timeline", "keys")

GIVES_ROWS = ("gap", "notice", "timeline", "words", "head")

WIDE = 60

MARGIN = 2


def lay_out_screen(view: ScreenView, width: int, height: int) -> ScreenRows:
    """Lay out the view as rows that fill the given width and height exactly."""
    if width < 1 or height < 1:
        return ()
    margin = MARGIN if width >= WIDE else 1 if width > 2 * MARGIN else 0
    heights = share_rows(height, choices=len(view.choices))
    inner = width - 2 * margin
    parts = {
        "head": _lay_out_head(view, inner),
        "title": _lay_out_title(view.title, TextStyle(name=view.accent, bold=True), inner, heights["title"]),
        "notice": [make_row(f"» {view.notice}", inner, NOTICE)] if view.notice else [],
        "middle": _lay_out_middle(view, inner, heights["middle"]),
        "gap": [],
        "words": [
            make_row(line, inner, BOLD if view.spoken else PLAIN)
            for line in wrap_and_cut(view.words, inner, heights["words"])
        ],
        "timeline": draw_timeline_bar(view.timeline_bar, inner, heights["timeline"]),
        "keys": [lay_out_keys(view.keys, inner)],
    }
    rows = [line for part in ORDER for line in fill_rows(parts[part], inner, heights[part])]
    return indent(fill_rows(rows, inner, height), margin)


def share_rows(height: int, *, choices: int = 0) -> dict[str, int]:
    """Share out the rows among the parts; choices that need more rows take them from less important parts."""
    heights = dict.fromkeys(ORDER, 0)
    left = height
    for part, more in GROWTH:
        if more <= left:
            heights[part] += more
            left -= more
    heights["gap"] += left
    for part in GIVES_ROWS:
        given = min(heights[part], max(0, choices - heights["middle"]))
        heights[part] -= given
        heights["middle"] += given
    return heights


def _lay_out_head(view: ScreenView, width: int) -> list[ScreenRow]:
    return [justify(StyledSpan(text=view.heading, ink=MUTED), StyledSpan(text=view.aside, ink=MUTED), width)]


def _lay_out_title(title: str, ink: TextStyle, width: int, height: int) -> list[ScreenRow]:
    big = draw_largest(title, width, height)
    if big is not None:
        return [make_row(line, width, ink) for line in big]
    above = [make_blank_row(width)] * ((height - 1) // 2)
    return [*above, *(make_row(line, width, ink) for line in wrap_and_cut(title, width, max(1, height - len(above))))]


def _lay_out_middle(view: ScreenView, width: int, height: int) -> ScreenRows:
    if view.choices:
        return lay_out_choices(view.choices, width, height)
    if height < LEAST_HEIGHT:
        return (write_figures(view.figures, width),)
    room = min(2 * height + 2, width // 3)
    left = fill_rows(draw_figures(view.figures, width - room - 1, height), width - room - 1, height)
    gap = ((StyledSpan(text=" "),),) * height
    return join_columns(join_columns(left, gap), draw_disc(view.breath, view.accent, room, height))
