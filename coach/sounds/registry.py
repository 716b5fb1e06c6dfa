"""Names of the built-in sounds, as a session writes them, each with a description for authors.

How a sound is made is in the ``MAKERS`` of its kind. This module imports none of that, so that checking a session
does not pay for numpy.
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

# How long each bell is heard, which planning needs to know without making its sound.
BELL_LENGTHS_S = {"bowl": 6.0, "chime": 4.0, "gong": 8.0}
