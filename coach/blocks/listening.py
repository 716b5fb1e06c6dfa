"""Listening: the sounds around as an anchor for attention, near, then far."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Lead attention from the footsteps outward to the furthest sound."""
    yield context.make_cue("opening", level="essential")
    yield context.make_cue("near")
    yield context.make_cue("far")
    yield context.make_cue("closing", level="extra")


KIND = Kind(
    name="listening",
    about="Open ears: the sounds close by, then those far away.",
    example=(("lasts", "2m..4m"),),
    make_cues=make_cues,
    order=("opening", "near", "far", "closing"),
    lasts=minutes_to_span(2, 4),
)
