"""Walking, before or between stretches of running: breath and legs recover, and it is part of the run."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, build_steady_cadence, minutes_to_span
from coach.session.session import AtShare, Cue, CueLevel, FromEnd, FromStart

WALKING_SPM = 110.0
TIME_PER_REMINDER_S = 150.0
MIN_LENGTH_FOR_CLOSING_S = 180.0
CLOSING_BEFORE_END_S = 20.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make an opening, a few reminders in a longer block, and then a closing before its end."""
    yield context.make_cue("opening", FromStart(seconds=0.0), level="essential")
    reminders = int(context.lasts_s / TIME_PER_REMINDER_S)
    for index in range(1, reminders + 1):
        variant = 2 * context.occurrence + index - 1
        level: CueLevel = "guide" if index % 2 else "extra"
        yield context.make_cue("remind", AtShare(share=index / (reminders + 1)), variant=variant, level=level)
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
