"""The sounds outside as an anchor: near, then far."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue


def cues(moment: BlockContext) -> Iterator[Cue]:
    """From the own footsteps outward to the furthest sound."""
    yield moment.cue("opening", level="essential")
    yield moment.cue("near")
    yield moment.cue("far")
    yield moment.cue("closing", level="extra")


KIND = Kind(
    name="listening",
    about="Open ears: the sounds close by, then those far away.",
    example=(("lasts", "2m..4m"),),
    cues=cues,
    lasts=minutes_to_span(2, 4),
)
