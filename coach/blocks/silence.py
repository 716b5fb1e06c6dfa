"""Silence: the coach is quiet, and says beforehand for how long."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue, FromEnd, FromStart

CLOSING_BEFORE_END_S = 10.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Say how long it will be after these words; a bell marks the end or, without one, the voice."""
    ends_by_voice = context.bell in ("none", "start")
    until_s = context.lasts_s - (CLOSING_BEFORE_END_S if ends_by_voice else context.last_bell_s)
    yield context.make_cue("opening", FromStart(seconds=0.0), level="essential", until_s=until_s)
    if ends_by_voice:
        yield context.make_cue("closing", FromEnd(seconds=CLOSING_BEFORE_END_S), level="essential")


KIND = Kind(
    name="silence",
    about="The coach is quiet, and says beforehand for about how long.",
    example=(("lasts", "2m..4m"),),
    make_cues=make_cues,
    order=("opening", "closing"),
    lasts=minutes_to_span(2, 4),
    bell="both",
)
