"""The breath as a disc that grows and sinks within a ring of dots."""

import math
from collections.abc import Iterator

from coach.play.screen.page import Lungs
from coach.play.screen.rows import HAIR, Ink, Rows, coloured

EMPTY_SHARE = 0.3
_ASPECT = 2.0
_RING_DOTS_PER_CELL = 1.4


def disc(lungs: Lungs | None, accent: str, width: int, height: int) -> Rows:
    """A disc as large as the lungs are full, in the middle of so many cells; without breath only the ring.

    Cells are taken to be twice as high as wide; a cell holds two pixels, one above the other.
    """
    radius = min(width, height * _ASPECT) / 2.0
    if radius < 1.0:
        return tuple(coloured([(" ", HAIR)] * width) for _ in range(height))
    cells = [[(" ", HAIR)] * width for _ in range(height)]
    for x, y in _ring(width, height, radius - 0.5):
        cells[y][x] = ("·", HAIR)
    if lungs is not None:
        _fill(cells, radius * (EMPTY_SHARE + (1.0 - EMPTY_SHARE) * lungs.fullness), Ink(name=accent, bold=True))
        _write(cells, lungs.word, Ink(name=accent, bold=True, reverse=True))
    return tuple(map(coloured, cells))


def _ring(width: int, height: int, radius: float) -> Iterator[tuple[int, int]]:
    """Cells on a circle, evenly spread over it."""
    count = max(4, 4 * round(math.pi * radius / 2.0 / _RING_DOTS_PER_CELL / 2.0))
    for nth in range(count):
        angle = 2.0 * math.pi * (nth + 0.5) / count
        x = int(width / 2.0 + radius * math.cos(angle))
        y = int(height / 2.0 + radius / _ASPECT * math.sin(angle))
        yield min(x, width - 1), min(y, height - 1)


def _fill(cells: list[list[tuple[str, Ink]]], radius: float, ink: Ink) -> None:
    width, height = len(cells[0]), len(cells)
    for y in range(height):
        for x in range(width):
            across = x + 0.5 - width / 2.0
            upper, lower = (math.hypot(across, 2 * y + half - height) <= radius for half in (0.5, 1.5))
            if upper or lower:
                cells[y][x] = ("█" if upper and lower else "▀" if upper else "▄", ink)


def _write(cells: list[list[tuple[str, Ink]]], word: str, ink: Ink) -> None:
    """The word in the middle, if the disc is wider there."""
    middle = cells[(len(cells) - 1) // 2]
    start = (len(middle) - len(word)) // 2
    if start < 1 or any(character != "█" for character, _ in middle[start - 1 : start + len(word) + 1]):
        return
    middle[start : start + len(word)] = [(letter, ink) for letter in word]
