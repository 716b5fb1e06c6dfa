"""The names of all built-in sounds, as a session may write them.

A new sound is one entry in its family's ``MAKERS``, and is here by itself; `ABOUT` has a line on it for authors.
"""

from coach.sounds import beds, bells, breath, ticks

TICKS = tuple(ticks.MAKERS)
BELLS = tuple(bells.MAKERS)
BREATHS = tuple(breath.MAKERS)
BEDS = tuple(beds.MAKERS)

ABOUT = {
    "wood": "A wood block, dry and clear.",
    "click": "Short and bright; heard through wind and traffic.",
    "drum": "Low and soft, more felt than heard.",
    "step": "A foot on fine gravel.",
    "bowl": "A singing bowl, warm; it rings for six seconds.",
    "chime": "A small chime, bright; it rings for four seconds.",
    "gong": "A gong, deep and slow; it rings for eight seconds.",
    "air": "Breath, close by.",
    "wave": "A wave that comes in and goes out, deeper than breath.",
    "wind": "Wind over open ground, in gusts of many seconds.",
    "rain": "Steady rain, neither a hiss nor a downpour.",
    "forest": "Leaves that stir and settle, with birds at a distance.",
    "sea": "Slow waves, no two alike.",
}
