"""Walking, before or between stretches of running: breath and legs recover, and it is part of the run."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, build_steady_cadence, minutes_to_span
from coach.session.session import Cue, FromEnd, FromStart

WALKING_SPM = 110.0
TIME_PER_REMINDER_S = 150.0
MIN_LENGTH_FOR_CLOSING_S = 180.0
CLOSING_BEFORE_END_S = 20.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make an opening, a few reminders in a longer block, and then a closing before its end."""
    yield context.make_cue("opening", FromStart(seconds=0.0), level="essential")
    yield from context.make_reminders(TIME_PER_REMINDER_S, variants=2)
    if context.lasts_s >= MIN_LENGTH_FOR_CLOSING_S:
        yield context.make_cue("closing", FromEnd(seconds=CLOSING_BEFORE_END_S), level="extra")


KIND = Kind(
    name="walk",
    about="Walking, before or between stretches of running. The `easy` block after it begins to jog.",
    example=(("lasts", "1m..3m"),),
    make_cues=make_cues,
    order=("opening", "remind", "closing"),
    lasts=minutes_to_span(1, 3),
    cadence=build_steady_cadence(WALKING_SPM),
)
