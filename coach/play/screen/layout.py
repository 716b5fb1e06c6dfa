"""Screen layout: shares the rows of a terminal among the parts of a view, and draws them, such as the breath disc."""

import math
from collections.abc import Sequence
from functools import lru_cache

from coach.charts.palette import ink_of_block
from coach.play.screen.big_font import LEAST_HEIGHT, draw_figures, draw_largest, write_figures
from coach.play.screen.presenter import BreathFill, Key, ScreenView, TimelineBar
from coach.play.screen.terminal_style import (
    BOLD,
    HAIR,
    MUTED,
    NOTICE,
    PLAIN,
    ScreenRow,
    ScreenRows,
    StyledSpan,
    TextStyle,
    fill_rows,
    indent,
    join_cells,
    join_columns,
    justify,
    make_blank_row,
    make_row,
    shorten_span,
)
from coach.text.cell_width import fit_to_width, measure_width, wrap_and_cut
from coach.timeline.timeline import PlannedBlock, Timeline

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


EIGHTHS = " ▁▂▃▄▅▆▇█"
MARK = "▲"
LEAST_WITH_GAP = 3
NOT_RUNNING_SHARE = 0.15
SLOWEST_SHARE = 0.4


def draw_timeline_bar(shown: TimelineBar, width: int, height: int) -> ScreenRows:
    """Draw the blocks, and in the last row the mark of the position; a single row has no mark."""
    if height < 1 or width < 1:
        return ()
    bars = _draw_bars(shown, width, max(1, height - 1))
    return (*bars, _draw_mark(shown, width)) if height > 1 else bars


def _draw_bars(shown: TimelineBar, width: int, height: int) -> ScreenRows:
    timeline = shown.timeline
    here = _to_column(timeline, shown.position_s, width)
    edges = [(_to_column(timeline, b.start_s, width), _to_column(timeline, b.end_s, width)) for b in timeline.blocks]
    slowest = min(spm for block in timeline.blocks for spm in (block.start_spm, block.end_spm))
    fastest = max(spm for block in timeline.blocks for spm in (block.start_spm, block.end_spm))
    eighths = [0] * width
    inks = [HAIR] * width
    for index, (block, (first, last)) in enumerate(zip(timeline.blocks, edges, strict=True)):
        until = last - 1 if last - first >= LEAST_WITH_GAP and index < len(edges) - 1 else last
        ink = TextStyle(name=ink_of_block(block), bold=index == shown.block)
        for column in range(first, min(until, width)):
            share = (column + 0.5 - first) / (last - first)
            eighths[column] = max(2, round(8 * height * _find_height_share(block, share, slowest, fastest)))
            inks[column] = ink
            if column < here:
                eighths[column], inks[column] = 1, MUTED
    return tuple(_draw_bar_row(eighths, inks, height - 1 - row) for row in range(height))


def _draw_bar_row(eighths: list[int], inks: list[TextStyle], row_from_foot: int) -> ScreenRow:
    return join_cells(
        [(EIGHTHS[min(8, max(0, high - 8 * row_from_foot))], ink) for high, ink in zip(eighths, inks, strict=True)]
    )


def _find_height_share(block: PlannedBlock, share: float, slowest: float, fastest: float) -> float:
    if not block.running:
        return NOT_RUNNING_SHARE
    spm = block.start_spm + (block.end_spm - block.start_spm) * share
    over = (spm - slowest) / (fastest - slowest) if fastest > slowest else 1.0
    return SLOWEST_SHARE + (1.0 - SLOWEST_SHARE) * over


def _draw_mark(shown: TimelineBar, width: int) -> ScreenRow:
    """Draw a line under this block with the mark of the position, and what comes next beside it if there is room."""
    timeline, block = shown.timeline, shown.timeline.blocks[shown.block]
    here = min(width - 1, _to_column(timeline, shown.position_s, width))
    first = min(here, _to_column(timeline, block.start_s, width))
    last = max(here, min(width, _to_column(timeline, block.end_s, width)) - 1)
    cells = [(" ", PLAIN)] * first + [("─", MUTED)] * (last + 1 - first) + [(" ", PLAIN)] * (width - 1 - last)
    cells[here] = (MARK, BOLD)
    line = join_cells(cells)
    if not shown.then:
        return line
    return _add_text(cells, shown.then, first, last)


def _add_text(cells: list[tuple[str, TextStyle]], text: str, first: int, last: int) -> ScreenRow:
    width = len(cells)
    room = width - last - 2
    if measure_width(text) <= room:
        rest = cells[last + 2 + measure_width(text) :]
        return (*join_cells(cells[: last + 2]), shorten_span(text, room, MUTED), *join_cells(rest))
    if measure_width(text) < first:
        start = first - 1 - measure_width(text)
        return (*join_cells(cells[:start]), shorten_span(text, first - 1, MUTED), *join_cells(cells[first - 1 :]))
    return join_cells(cells)


def _to_column(timeline: Timeline, at_s: float, width: int) -> int:
    return round(max(0.0, at_s) / timeline.length_s * width) if timeline.length_s > 0.0 else 0


EMPTY_SHARE = 0.3
ASPECT = 2.0
DOTS_APART = 2.8


def draw_disc(breath: BreathFill | None, accent: str, width: int, height: int) -> ScreenRows:
    """Draw a disc as large as the lungs are full, in the middle of its area; without breath only the ring.

    Cells are taken to be twice as high as wide; a cell holds two pixels, one above the other.
    """
    ring = _draw_ring(width, height)
    if breath is None:
        return tuple((StyledSpan(text=line, ink=HAIR),) for line in ring)
    radius = _find_full_radius(width, height) * (EMPTY_SHARE + (1.0 - EMPTY_SHARE) * breath.fullness)
    rows = [_draw_row(line, y, height, radius, TextStyle(name=accent, bold=True)) for y, line in enumerate(ring)]
    if rows:
        middle = (height - 1) // 2
        rows[middle] = _add_word(rows[middle], breath.word)
    return tuple(rows)


def _find_full_radius(width: int, height: int) -> float:
    return min(width, height * ASPECT) / 2.0


@lru_cache(maxsize=8)
def _draw_ring(width: int, height: int) -> tuple[str, ...]:
    """Draw a circle of evenly spaced dots."""
    cells = [[" "] * width for _ in range(height)]
    radius = _find_full_radius(width, height) - 0.5
    count = max(4, 4 * round(math.pi * radius / 2.0 / DOTS_APART)) if radius > 0.0 else 0
    for nth in range(count):
        angle = 2.0 * math.pi * (nth + 0.5) / count
        x = int(width / 2.0 + radius * math.cos(angle))
        y = int(height / 2.0 + radius / ASPECT * math.sin(angle))
        cells[y][x] = "·"
    return tuple("".join(line) for line in cells)


def _draw_row(ring: str, y: int, height: int, radius: float, ink: TextStyle) -> ScreenRow:
    """Draw a row of the ring with the disc over it: whole cells, and half ones at both ends."""
    upper, lower = (_find_left_edge(len(ring), 2 * y + half - height, radius) for half in (0.5, 1.5))
    outer, inner = min(upper, lower), max(upper, lower)
    if outer == len(ring):
        return (StyledSpan(text=ring, ink=HAIR),)
    body = len(ring) - 2 * outer
    whole = "█" * max(0, body - 2 * (inner - outer))
    disc = whole.center(body, "▀" if upper < lower else "▄")
    start, end = ring[:outer], ring[len(ring) - outer :]
    return (StyledSpan(text=start, ink=HAIR), StyledSpan(text=disc, ink=ink), StyledSpan(text=end, ink=HAIR))


def _find_left_edge(width: int, from_centre: float, radius: float) -> int:
    """Find the first cell in the disc on a line of pixels; the width if there is none."""
    if abs(from_centre) > radius:
        return width
    half = math.sqrt(radius * radius - from_centre * from_centre)
    first = max(0, math.ceil(width / 2.0 - 0.5 - half))
    return first if 2 * first < width else width


def _add_word(row: ScreenRow, word: str) -> ScreenRow:
    """Write a word in the middle of the disc, if the disc is wider."""
    if len(row) == 1:
        return row
    start, body, end = row
    before = (len(body.text) - len(word)) // 2
    if before < 1 or "█" not in body.text:
        return row
    written = TextStyle(name=body.ink.name, bold=True, reverse=True)
    after = before + len(word)
    return (
        start,
        StyledSpan(text=body.text[:before], ink=body.ink),
        StyledSpan(text=word, ink=written),
        StyledSpan(text=body.text[after:], ink=body.ink),
        end,
    )
