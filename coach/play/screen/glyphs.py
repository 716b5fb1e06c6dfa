"""The shapes of big letters: five pixels high, as wide as they need to be."""

from collections.abc import Mapping

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
