"""Reflection after the run, standing still: what feels lighter than before?"""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, Cue


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Ask the two questions of the check-in again, suggest water, and thank the runner."""
    yield context.make_cue("lighter", level="essential")
    yield context.make_cue("tension")
    yield context.make_cue("water")
    yield context.make_cue("thanks")


KIND = Kind(
    name="reflect",
    about="Afterwards, standing still: what feels lighter than before?",
    example=(("lasts", "1m"),),
    make_cues=make_cues,
    order=("lighter", "thanks", "tension", "water"),
    running=False,
    lasts=minutes_to_span(1),
    breath=NO_BREATH,
    bell="end",
)
