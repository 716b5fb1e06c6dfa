"""Timeline bar: the blocks to scale, as high as their cadence, low where past, with a mark at the position."""

from coach.charts.palette import ink_of_kind
from coach.play.screen.presenter import TimelineBar
from coach.play.screen.terminal_style import (
    BOLD,
    HAIR,
    MUTED,
    PLAIN,
    ScreenRow,
    ScreenRows,
    TextStyle,
    join_cells,
    shorten_span,
)
from coach.text.cell_width import cell_width
from coach.timeline.timeline import PlannedBlock, Timeline

EIGHTHS = " ▁▂▃▄▅▆▇█"

MARK = "▲"

LEAST_WITH_GAP = 3

NOT_RUNNING_SHARE = 0.15

SLOWEST_SHARE = 0.4


def draw_timeline_bar(shown: TimelineBar, width: int, height: int) -> ScreenRows:
    """The blocks, and in the last row the mark of the position; a single row has no mark."""
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
        ink = TextStyle(name=ink_of_kind(block.kind), bold=index == shown.block)
        for column in range(first, min(until, width)):
            share = (column + 0.5 - first) / (last - first)
            eighths[column] = max(2, round(8 * height * _height_share(block, share, slowest, fastest)))
            inks[column] = ink
            if column < here:
                eighths[column], inks[column] = 1, MUTED
    return tuple(_draw_bar_row(eighths, inks, height - 1 - row) for row in range(height))


def _draw_bar_row(eighths: list[int], inks: list[TextStyle], row_from_foot: int) -> ScreenRow:
    return join_cells(
        [(EIGHTHS[min(8, max(0, high - 8 * row_from_foot))], ink) for high, ink in zip(eighths, inks, strict=True)]
    )


def _height_share(block: PlannedBlock, share: float, slowest: float, fastest: float) -> float:
    if not block.running:
        return NOT_RUNNING_SHARE
    spm = block.start_spm + (block.end_spm - block.start_spm) * share
    over = (spm - slowest) / (fastest - slowest) if fastest > slowest else 1.0
    return SLOWEST_SHARE + (1.0 - SLOWEST_SHARE) * over


def _draw_mark(shown: TimelineBar, width: int) -> ScreenRow:
    """A line under this block with the mark of the position on it, and beside it what comes next if there is room."""
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
    if cell_width(text) <= room:
        rest = cells[last + 2 + cell_width(text) :]
        return (*join_cells(cells[: last + 2]), shorten_span(text, room, MUTED), *join_cells(rest))
    if cell_width(text) < first:
        start = first - 1 - cell_width(text)
        return (*join_cells(cells[:start]), shorten_span(text, first - 1, MUTED), *join_cells(cells[first - 1 :]))
    return join_cells(cells)


def _to_column(timeline: Timeline, at_s: float, width: int) -> int:
    return round(max(0.0, at_s) / timeline.length_s * width) if timeline.length_s > 0.0 else 0
