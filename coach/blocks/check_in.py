"""Before the run, standing still: how tense, and what is needed today."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, at, minutes_to_span
from coach.session.session import NO_BREATH, Cue


def cues(moment: BlockContext) -> Iterator[Cue]:
    """A welcome, two questions with room to answer them in silence, and leave to make today shorter or longer."""
    yield moment.cue("welcome", at(0.0), level="essential")
    yield moment.cue("tension")
    yield moment.cue("need")
    yield moment.cue("leave", level="extra")
    yield moment.cue("begin")


KIND = Kind(
    name="check-in",
    about="Before the run, standing still: how tense are you, and what do you need today?",
    example=(("lasts", "90s"),),
    cues=cues,
    running=False,
    lasts=minutes_to_span(1.5),
    breath=NO_BREATH,
    bell="start",
)
