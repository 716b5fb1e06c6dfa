"""A block with no words of its own."""

from coach.blocks.kind import Kind, minutes

KIND = Kind(name="free", lasts=minutes(2, 5))
