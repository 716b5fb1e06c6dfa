"""Check-in before the run, standing still: how tense are you, and what do you need today?"""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, Cue, FromStart


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Welcome, ask two questions with time to answer them in silence, and allow a shorter or a longer run today."""
    yield context.make_cue("welcome", FromStart(seconds=0.0), level="essential")
    yield context.make_cue("tension")
    yield context.make_cue("need")
    yield context.make_cue("leave", level="extra")
    yield context.make_cue("begin")


KIND = Kind(
    name="check-in",
    about="Before the run, standing still: how tense are you, and what do you need today?",
    example=(("lasts", "90s"),),
    make_cues=make_cues,
    order=("welcome", "tension", "begin", "need", "leave"),
    running=False,
    lasts=minutes_to_span(1.5),
    breath=NO_BREATH,
    bell="start",
)
