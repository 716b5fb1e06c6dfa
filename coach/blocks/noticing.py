"""Noticing thoughts that come and go, without following them."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue

TIME_PER_REMINDER_S = 75.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make an opening, a reminder about every minute and a quarter, and a closing."""
    yield context.make_cue("opening", level="essential")
    for index in range(max(1, int(context.lasts_s / TIME_PER_REMINDER_S) - 1)):
        yield context.make_cue(
            "middle", variant=2 * context.occurrence + index, level="guide" if index == 0 else "extra"
        )
    yield context.make_cue("closing")


KIND = Kind(
    name="noticing",
    about="Thoughts come and go. Notice them, and let them pass.",
    example=(("lasts", "2m..4m"),),
    make_cues=make_cues,
    order=("opening", "closing", "middle"),
    lasts=minutes_to_span(2, 4),
)
