"""The coach is quiet, and says beforehand for how long."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, at, before_end, minutes_to_span
from coach.session.session import Cue

CLOSING_BEFORE_END_S = 10.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """How long it will be; the end is a bell's or, without a bell, the voice's to tell."""
    yield moment.cue("opening", at(0.0), level="essential", fill={"length": moment.spoken_length()})
    if moment.bell in ("none", "start"):
        yield moment.cue("closing", before_end(CLOSING_BEFORE_END_S), level="essential")


KIND = Kind(
    name="silence",
    about="The coach is quiet, and says beforehand for about how long.",
    example=(("lasts", "2m..4m"),),
    cues=cues,
    lasts=minutes_to_span(2, 4),
    bell="both",
)
