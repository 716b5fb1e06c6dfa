"""A block that lasts as long as its words."""

from coach.blocks.kind import Kind

KIND = Kind(name="say")
