"""The names of all built-in sounds, as a session may write them, each with a line on it for authors.

How each is made stands in its family's ``MAKERS``; to know the names, nothing of that is needed.
"""

_TICKS = {
    "wood": "A wood block, dry and clear.",
    "click": "Short and bright; heard through wind and traffic.",
    "drum": "Low and soft, more felt than heard.",
    "step": "A foot on fine gravel.",
}

_BELLS = {
    "bowl": "A singing bowl, warm; it rings for six seconds.",
    "chime": "A small chime, bright; it rings for four seconds.",
    "gong": "A gong, deep and slow; it rings for eight seconds.",
}

_BREATHS = {
    "air": "Breath, close by.",
    "wave": "A wave that comes in and goes out, deeper than breath.",
}

_BEDS = {
    "wind": "Wind over open ground, in gusts of many seconds.",
    "rain": "Steady rain, neither a hiss nor a downpour.",
    "forest": "Leaves that stir and settle, with birds at a distance.",
    "sea": "Slow waves, no two alike.",
}

TICKS = tuple(_TICKS)

BELLS = tuple(_BELLS)

BREATHS = tuple(_BREATHS)

BEDS = tuple(_BEDS)

ABOUT = _TICKS | _BELLS | _BREATHS | _BEDS
