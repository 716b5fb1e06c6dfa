"""Easy running, with a cue every few minutes."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue, FromEnd, FromStart

TIME_PER_REMINDER_S = 210.0
MIN_LENGTH_FOR_CLOSING_S = 240.0
CLOSING_BEFORE_END_S = 20.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make an opening, which after a walk is to jog; sparse reminders; and in a long block a closing before its end."""
    yield context.make_cue("jog" if context.follows == "walk" else "opening", FromStart(seconds=0.0))
    yield from context.make_reminders(TIME_PER_REMINDER_S, variants=3)
    if context.lasts_s >= MIN_LENGTH_FOR_CLOSING_S:
        yield context.make_cue("closing", FromEnd(seconds=CLOSING_BEFORE_END_S), level="extra")


KIND = Kind(
    name="easy",
    about="Just running, easily, with a word every few minutes.",
    example=(("lasts", "5m..10m"),),
    make_cues=make_cues,
    order=("opening", "jog", "remind", "closing"),
    lasts=minutes_to_span(2, 10),
)
