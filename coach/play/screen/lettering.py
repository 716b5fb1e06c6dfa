"""Letters to be read from a treadmill, made of half blocks: a pixel is one cell wide and half a cell high."""

import unicodedata
from functools import lru_cache

from coach.play.screen.glyphs import ACCENTS, GLYPHS, HEIGHT

Pixels = tuple[str, ...]
_HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


@lru_cache(maxsize=64)
def lettered(text: str, scale: int = 1) -> tuple[str, ...] | None:
    """A text in big letters, as rows of equal width; None where a character has no big shape.

    Accents stand on a line of pixels above the letters. Its pixels are ``scale`` cells wide and half as many high.
    """
    letters = [_letter(letter) for letter in text.upper().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")]
    if not letters or any(letter is None for letter in letters):
        return None
    lines = [".".join(parts) for parts in zip(*(letter for letter in letters if letter), strict=True)]
    if not any("#" in mark for mark in lines[:1]) and scale > 1:
        lines = lines[1:]
    return halved(enlarged(tuple(lines), scale))


def largest(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """The text in the largest letters that there is room for, if any."""
    for scale in range(max(1, height // 2), 0, -1):
        big = lettered(text, scale)
        if big is not None and len(big) <= height and len(big[0]) <= width:
            return big
    return None


def _letter(letter: str) -> Pixels | None:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base not in GLYPHS or any(mark not in ACCENTS for mark in marks):
        return None
    shape = GLYPHS[base]
    width = max(len(shape[0]), *(len(ACCENTS[mark]) for mark in marks)) if marks else len(shape[0])
    above = "".join(ACCENTS[mark] for mark in marks[:1])
    return tuple(line.center(width, ".") for line in (above, *shape))


def enlarged(pixels: Pixels, scale: int) -> Pixels:
    """Every pixel as a square of so many."""
    return tuple("".join(pixel * scale for pixel in line) for line in pixels for _ in range(scale))


def halved(pixels: Pixels) -> tuple[str, ...]:
    """Two lines of pixels in each row of cells; an odd line at the foot stands in the upper halves."""
    lines = (*pixels, "." * len(pixels[0])) if len(pixels) % 2 else pixels
    return tuple(
        "".join(_HALVES[upper + lower] for upper, lower in zip(upper_line, lower_line, strict=True))
        for upper_line, lower_line in zip(lines[::2], lines[1::2], strict=True)
    )


def rows_high(scale: int) -> int:
    """How many rows letters without accents take."""
    return (HEIGHT * scale + 1) // 2
