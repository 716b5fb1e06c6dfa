"""Big font: letters and figures of five pixels in height, drawn with block characters."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from coach.play.screen.presenter import Figure
from coach.play.screen.terminal_style import BOLD, MUTED, ScreenRow, TextStyle, make_row
from coach.text.cell_width import fit_to_width, measure_width

HEIGHT = 5

_SHEET = """
A .##. #..# #### #..# #..#
B ###. #..# ###. #..# ###.
C .### #... #... #... .###
D ###. #..# #..# #..# ###.
E #### #... ###. #... ####
F #### #... ###. #... #...
G .### #... #.## #..# .###
H #..# #..# #### #..# #..#
I # # # # #
J ..# ..# ..# #.# ##.
K #..# #.#. ##.. #.#. #..#
L #... #... #... #... ####
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O .##. #..# #..# #..# .##.
P ###. #..# ###. #... #...
Q .##. #..# #..# #.#. .#.#
R ###. #..# ###. #.#. #..#
S .### #... .##. ...# ###.
T ### .#. .#. .#. .#.
U #..# #..# #..# #..# .##.
V #.# #.# #.# #.# .#.
W #...# #...# #.#.# ##.## #...#
X #.# #.# .#. #.# #.#
Y #.# #.# .#. .#. .#.
Z ### ..# .#. #.. ###
Æ .##### #..#.. ###### #..#.. #..###
Ø .### #.## #..# ##.# ###.
0 .##. #..# #..# #..# .##.
1 .#. ##. .#. .#. ###
2 ###. ...# .##. #... ####
3 ###. ...# .##. ...# ###.
4 #..# #..# #### ...# ...#
5 #### #... ###. ...# ###.
6 .##. #... ###. #..# .##.
7 #### ...# ..#. .#.. .#..
8 .##. #..# .##. #..# .##.
9 .##. #..# .### ...# .##.
: . # . # .
. . . . . #
, . . . # #
! # # # . #
? ##. ..# .#. ... .#.
' # # . . .
- ... ... ### ... ...
/ ..# ..# .#. #.. #..
+ ... .#. ### .#. ...
& .#.. #.#. .#.# #.#. .###
( .# #. #. #. .#
) #. .# .# .# #.
"""

GLYPHS: Mapping[str, tuple[str, ...]] = {
    " ": ("..",) * HEIGHT,
    **{line[0]: tuple(line[2:].split()) for line in _SHEET.strip().splitlines()},
}

ACCENTS: Mapping[str, str] = {
    "\N{COMBINING DIAERESIS}": "#.#",
    "\N{COMBINING ACUTE ACCENT}": ".#",
    "\N{COMBINING GRAVE ACCENT}": "#.",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "##",
    "\N{COMBINING TILDE}": "##",
    "\N{COMBINING RING ABOVE}": "#",
    "\N{COMBINING CARON}": "#.#",
    "\N{COMBINING CEDILLA}": "",
}
"""Marks above a letter, one pixel high and centred; where one pixel can't tell, an empty one leaves it out."""

Pixels = tuple[str, ...]

_HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


@lru_cache(maxsize=64)
def draw_letters(text: str, scale: int = 1) -> tuple[str, ...] | None:
    """Draw a text in big letters, as rows of equal width; None where a character has no big shape.

    Accents stand on a line of pixels above the letters. Its pixels are ``scale`` cells wide and half as many high.
    """
    letters = [_draw_letter(letter) for letter in text.upper().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")]
    if not letters or any(letter is None for letter in letters):
        return None
    lines = [".".join(parts) for parts in zip(*(letter for letter in letters if letter), strict=True)]
    if not any("#" in mark for mark in lines[:1]) and scale > 1:
        lines = lines[1:]
    return pair_rows(enlarge(tuple(lines), scale))


def draw_largest(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """Draw the text in the largest letters that there is room for, if any."""
    for scale in range(max(1, height // 2), 0, -1):
        big = draw_letters(text, scale)
        if big is not None and len(big) <= height and len(big[0]) <= width:
            return big
    return None


def _draw_letter(letter: str) -> Pixels | None:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base not in GLYPHS or any(mark not in ACCENTS for mark in marks):
        return None
    shape = GLYPHS[base]
    width = max(len(shape[0]), *(len(ACCENTS[mark]) for mark in marks)) if marks else len(shape[0])
    above = "".join(ACCENTS[mark] for mark in marks[:1])
    return tuple(line.center(width, ".") for line in (above, *shape))


def enlarge(pixels: Pixels, scale: int) -> Pixels:
    """Enlarge every pixel to a square of so many."""
    return tuple("".join(pixel * scale for pixel in line) for line in pixels for _ in range(scale))


def pair_rows(pixels: Pixels) -> tuple[str, ...]:
    """Put two lines of pixels in each row of cells; an odd line at the foot stands in the upper halves."""
    lines = (*pixels, "." * len(pixels[0])) if len(pixels) % 2 else pixels
    return tuple(
        "".join(_HALVES[upper + lower] for upper, lower in zip(upper_line, lower_line, strict=True))
        for upper_line, lower_line in zip(lines[::2], lines[1::2], strict=True)
    )


def count_rows(scale: int) -> int:
    """Count the rows that letters without accents take."""
    return (HEIGHT * scale + 1) // 2


SECONDARY = TextStyle(name="cadence")
LEAST_HEIGHT = count_rows(1) + 1
"""The rows that big digits take with a line under them."""


def write_figures(figures: Sequence[Figure], width: int) -> ScreenRow:
    """Write all figures in plain text."""
    return make_row(" · ".join(figure.short for figure in figures), width, BOLD)


def draw_figures(figures: Sequence[Figure], width: int, height: int) -> list[ScreenRow]:
    """Draw the first figure as large as fits, with the others under it, side by side or on one line."""
    first, *others = figures
    for scale in range(height // 2, 0, -1):
        lesser = max(1, scale - 1)
        big = draw_letters(first.digits, scale)
        if big is None or len(big[0]) > width:
            continue
        side_by_side = _draw_side_by_side(others, lesser, width)
        wanted = len(big) + 1 + len(side_by_side)
        if side_by_side and wanted <= height:
            return [
                *(make_row(line, width, BOLD) for line in big),
                make_row(first.caption, width, MUTED),
                *side_by_side,
            ]
        if scale == 1 or (not others and len(big) < height):
            line = " · ".join(figure.short for figure in others) or first.caption
            return [*(make_row(line, width, BOLD) for line in big), make_row(line, width, MUTED)]
    return [make_row(figure.short, width, BOLD) for figure in figures]


def _draw_side_by_side(figures: Sequence[Figure], scale: int, width: int) -> list[ScreenRow]:
    lettering = [(draw_letters(figure.digits, scale), figure.caption) for figure in figures]
    columns = [(big, caption) for big, caption in lettering if big is not None]
    gap = 3 * scale
    wide = [max(len(big[0]), measure_width(caption)) + gap for big, caption in columns]
    if not columns or sum(wide) - gap > width:
        return []
    high = len(columns[0][0])
    digits = ["".join(fit_to_width(big[y], w) for (big, _), w in zip(columns, wide, strict=True)) for y in range(high)]
    captions = "".join(fit_to_width(caption, w) for (_, caption), w in zip(columns, wide, strict=True))
    return [*(make_row(line.rstrip(), width, SECONDARY) for line in digits), make_row(captions.rstrip(), width, MUTED)]
