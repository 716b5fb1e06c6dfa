"""The names of all built-in sounds, as a session may write them.

A new sound is one entry in its family's ``MAKERS``, and is here by itself.
"""

from coach.sounds import beds, bells, breath, ticks

TICKS = tuple(ticks.MAKERS)
BELLS = tuple(bells.MAKERS)
BREATHS = tuple(breath.MAKERS)
BEDS = tuple(beds.MAKERS)
