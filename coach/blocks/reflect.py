"""Afterwards, standing still: what feels lighter than before?"""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, Cue


def cues(moment: BlockContext) -> Iterator[Cue]:
    """The two questions of the beginning again, water, and thanks."""
    yield moment.cue("lighter", level="essential")
    yield moment.cue("tension")
    yield moment.cue("water")
    yield moment.cue("thanks")


KIND = Kind(
    name="reflect",
    about="Afterwards, standing still: what feels lighter than before?",
    example=(("lasts", "1m"),),
    cues=cues,
    running=False,
    lasts=minutes_to_span(1),
    breath=NO_BREATH,
    bell="end",
)
