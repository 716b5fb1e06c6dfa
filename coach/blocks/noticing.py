"""Thoughts come and go: notice them, don't follow."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue

ROOM_PER_REMINDER_S = 75.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """An opening, a reminder about every minute and a quarter, a closing."""
    yield moment.cue("opening", level="essential")
    for index in range(max(1, int(moment.lasts_s / ROOM_PER_REMINDER_S) - 1)):
        yield moment.cue("middle", turn=2 * moment.turn + index, level="guide" if index == 0 else "extra")
    yield moment.cue("closing")


KIND = Kind(
    name="noticing",
    about="Thoughts come and go. Notice them, and let them pass.",
    example=(("lasts", "2m..4m"),),
    cues=cues,
    lasts=minutes_to_span(2, 4),
)
