"""Terminal timeline: a session in a few rows of characters, to scale, each in a named ink."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.charts.chart_scale import RUNNING_HEIGHT, ChartScale, find_round_step_s, make_scale
from coach.charts.palette import ink_of_block
from coach.text.cell_width import measure_width
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import Bell, BreathSound, PlannedBlock, Speech, Tick, Timeline
from coach.translation import _
from coach.units import seconds_to_clock

LEVELS_PER_ROW = 8
CADENCE_ROWS = 2
NAME_ROWS = 5
MUCH = 1.0 / 3.0
TIME_ROOM = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """The characters that rows are drawn with. ``levels`` fill a cell from empty to full, in eighths.

    ``last`` is a full cell that leaves a gap before the next block.
    """

    levels: str
    last: str
    border: str
    words: str
    few_words: str
    tick: str
    breath: str
    bell: str

    @property
    def all(self) -> str:
        """All of them."""
        return self.levels + self.last + self.border + self.words + self.few_words + self.tick + self.breath + self.bell


FINE = Signs(levels=" ▁▂▃▄▅▆▇█", last="▊", border="▏", words="▪", few_words="·", tick="╷", breath="∿", bell="◦")
PLAIN = Signs(levels=" __..--=#", last="|", border="|", words="*", few_words=".", tick="'", breath="~", bell="o")


@dataclass(frozen=True, kw_only=True, slots=True)
class StyledSigns:
    """Characters in one ink; "" is the terminal's own colour."""

    text: str
    ink: str = ""


TimelineRow = tuple[StyledSigns, ...]


def draw_terminal_timeline(timeline: Timeline, width: int, signs: Signs = FINE) -> tuple[TimelineRow, ...]:
    """Draw a timeline in rows of at most ``width`` cells.

    From the top: speech, each block in its colour and as high as its cadence, the other sounds, the time, and the
    blocks' titles. Rows that are empty throughout are left out.
    """
    scale = _Scale(timeline=timeline, width=width)
    above = (
        _draw_words_row(scale, signs),
        *_draw_cadence_rows(scale, signs),
        _draw_sounds_row(scale, signs),
        _write_times_row(scale),
    )
    return tuple(row for row in (*above, *_write_name_rows(scale, signs)) if any(run.text.strip() for run in row))


def format_key(timeline: Timeline, signs: Signs = FINE) -> str:
    """Format the legend: the signs that the timeline has, and what they mean."""
    kinds = {type(event) for event in timeline.events}
    entries = {
        Speech: _("{sign} words", sign=signs.words),
        Tick: _("{sign} ticks", sign=signs.tick),
        BreathSound: _("{sign} breath", sign=signs.breath),
        Bell: _("{sign} bell", sign=signs.bell),
    }
    return "   ".join(entry for kind, entry in entries.items() if kind in kinds)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """The cells of times in a row."""

    timeline: Timeline
    width: int

    def column(self, time_s: float) -> int:
        """Find the cell of a time; from the session's end on, the last cell."""
        share = time_s / self.timeline.length_s if self.timeline.length_s else 0.0
        return min(self.width - 1, max(0, int(share * self.width)))

    def border(self, time_s: float) -> int:
        """Find the first cell of a block that begins at a time, or the one after a block that ends there."""
        share = time_s / self.timeline.length_s if self.timeline.length_s else 0.0
        return min(self.width, max(0, round(share * self.width)))

    def list_blocks(self) -> Iterator[tuple[PlannedBlock, int, int]]:
        """Yield each block that has at least one cell, with its first cell and the one after its last."""
        for block in self.timeline.blocks:
            left, right = self.border(block.start_s), self.border(block.end_s)
            if left < right:
                yield block, left, right


def _draw_cadence_rows(scale: _Scale, signs: Signs) -> Iterator[TimelineRow]:
    chart_scale = make_scale(scale.timeline)
    for row in reversed(range(CADENCE_ROWS)):
        yield tuple(
            StyledSigns(text=_draw_cadence_row(block, chart_scale, right - left, row, signs), ink=ink_of_block(block))
            for block, left, right in scale.list_blocks()
        )


def _draw_cadence_row(block: PlannedBlock, chart_scale: ChartScale, width: int, row: int, signs: Signs) -> str:
    """Draw one row of a block, each cell as high as the cadence at its middle."""
    start, end = chart_scale.find_end_heights(block)
    heights = (start + (end - start) * (cell + 0.5) / width for cell in range(width))
    levels = (
        round(height / RUNNING_HEIGHT * CADENCE_ROWS * LEVELS_PER_ROW) - row * LEVELS_PER_ROW for height in heights
    )
    drawn = "".join(signs.levels[min(LEVELS_PER_ROW, max(0, level))] for level in levels)
    return drawn[:-1] + signs.last if drawn.endswith(signs.levels[-1] * 2) else drawn


def _write_name_rows(scale: _Scale, signs: Signs) -> tuple[TimelineRow, ...]:
    """Write the blocks' titles under where they begin, in as few rows as keep them apart.

    From right to left, each takes the highest row with room; a title without room is left out.
    """
    free = [scale.width + 1] * NAME_ROWS
    placed: list[list[tuple[int, StyledSigns]]] = [[] for _ in free]
    blocks = list(scale.list_blocks())
    for block, left, _right in reversed(blocks):
        ink, title = ink_of_block(block), to_one_line(block.title)
        column = max(0, min(left, scale.width - measure_width(title)))
        under = sum(column <= start < left for _, start, _ in blocks)  # it reaches back under the start of these
        rows = (row for row in range(under, NAME_ROWS) if column + measure_width(title) < free[row])
        own = next((row for row in rows if left < min(free[: row + 1])), None)
        if own is None or not title:
            continue
        for row in range(own):
            placed[row].append((left, StyledSigns(text=signs.border, ink=ink)))
            free[row] = left
        placed[own].append((column, StyledSigns(text=title)))
        free[own] = column
    return tuple(_space_out(reversed(row)) for row in placed if row)


def _space_out(runs: Iterable[tuple[int, StyledSigns]]) -> TimelineRow:
    """Put each run at its column, with spaces between."""
    spread: list[StyledSigns] = []
    reached = 0
    for column, run in runs:
        spread += [StyledSigns(text=" " * (column - reached)), run]
        reached = column + measure_width(run.text)
    return tuple(spread)


def _draw_words_row(scale: _Scale, signs: Signs) -> TimelineRow:
    """Mark each cell with speech, with a smaller mark where that is a small part of the cell."""
    spoken = [0.0] * scale.width
    cell_s = scale.timeline.length_s / scale.width
    for event in scale.timeline.events:
        if isinstance(event, Speech):
            for column in range(scale.column(event.start_s), scale.column(event.end_s) + 1):
                starts_s, ends_s = max(event.start_s, column * cell_s), min(event.end_s, (column + 1) * cell_s)
                spoken[column] += max(0.0, ends_s - starts_s)
    marks = (" " if not said_s else signs.words if said_s >= MUCH * cell_s else signs.few_words for said_s in spoken)
    return (StyledSigns(text="".join(marks).rstrip(), ink="voice"),)


def _draw_sounds_row(scale: _Scale, signs: Signs) -> TimelineRow:
    """Mark ticks; breath sounds replace them, and bells replace both."""
    cells = [" "] * scale.width
    for kind, sign in ((Tick, signs.tick), (BreathSound, signs.breath), (Bell, signs.bell)):
        for event in scale.timeline.events:
            if isinstance(event, kind):
                cells[scale.column(event.start_s)] = sign
    return (StyledSigns(text="".join(cells).rstrip(), ink="muted"),)


def _write_times_row(scale: _Scale) -> TimelineRow:
    """Round times, each at its cell, and the whole length at the end."""
    length_s = scale.timeline.length_s
    end = seconds_to_clock(round(length_s))
    step_s = find_round_step_s(TIME_ROOM * length_s / scale.width)
    row, time_s = "", 0.0
    room = scale.width - len(end) - TIME_ROOM
    while scale.border(time_s) <= room and time_s < length_s:
        row = f"{row:{scale.border(time_s)}}{seconds_to_clock(time_s)}"
        time_s += step_s
    return (StyledSigns(text=f"{row}{end:>{max(0, scale.width - len(row))}}", ink="muted"),)
