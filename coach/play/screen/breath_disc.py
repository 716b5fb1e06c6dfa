"""Breath disc: a disc that grows and shrinks with the breath, within a ring of dots."""

import math
from functools import lru_cache

from coach.play.screen.presenter import BreathFill
from coach.play.screen.terminal_style import HAIR, ScreenRow, ScreenRows, StyledSpan, TextStyle

EMPTY_SHARE = 0.3

ASPECT = 2.0

DOTS_APART = 2.8


def draw_disc(breath: BreathFill | None, accent: str, width: int, height: int) -> ScreenRows:
    """A disc as large as the lungs are full, in the middle of its area; without breath only the ring.

    Cells are taken to be twice as high as wide; a cell holds two pixels, one above the other.
    """
    ring = _draw_ring(width, height)
    if breath is None:
        return tuple((StyledSpan(text=line, ink=HAIR),) for line in ring)
    radius = _full_radius(width, height) * (EMPTY_SHARE + (1.0 - EMPTY_SHARE) * breath.fullness)
    rows = [_draw_row(line, y, height, radius, TextStyle(name=accent, bold=True)) for y, line in enumerate(ring)]
    if rows:
        middle = (height - 1) // 2
        rows[middle] = _add_word(rows[middle], breath.word)
    return tuple(rows)


def _full_radius(width: int, height: int) -> float:
    return min(width, height * ASPECT) / 2.0


@lru_cache(maxsize=8)
def _draw_ring(width: int, height: int) -> tuple[str, ...]:
    """A circle of evenly spaced dots."""
    cells = [[" "] * width for _ in range(height)]
    radius = _full_radius(width, height) - 0.5
    count = max(4, 4 * round(math.pi * radius / 2.0 / DOTS_APART)) if radius > 0.0 else 0
    for nth in range(count):
        angle = 2.0 * math.pi * (nth + 0.5) / count
        x = int(width / 2.0 + radius * math.cos(angle))
        y = int(height / 2.0 + radius / ASPECT * math.sin(angle))
        cells[y][x] = "·"
    return tuple("".join(line) for line in cells)


def _draw_row(ring: str, y: int, height: int, radius: float, ink: TextStyle) -> ScreenRow:
    """A row of the ring with the disc over it: whole cells, and half ones at both ends."""
    upper, lower = (_left_edge(len(ring), 2 * y + half - height, radius) for half in (0.5, 1.5))
    outer, inner = min(upper, lower), max(upper, lower)
    if outer == len(ring):
        return (StyledSpan(text=ring, ink=HAIR),)
    body = len(ring) - 2 * outer
    whole = "█" * max(0, body - 2 * (inner - outer))
    disc = whole.center(body, "▀" if upper < lower else "▄")
    start, end = ring[:outer], ring[len(ring) - outer :]
    return (StyledSpan(text=start, ink=HAIR), StyledSpan(text=disc, ink=ink), StyledSpan(text=end, ink=HAIR))


def _left_edge(width: int, from_centre: float, radius: float) -> int:
    """The first cell in the disc on a line of pixels; the width if there is none."""
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
