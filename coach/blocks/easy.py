"""Running easily, with a word every few minutes."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, at, at_share, before_end, minutes_to_span
from coach.session.session import Cue, CueLevel

ROOM_PER_REMINDER_S = 210.0

ROOM_FOR_CLOSING_S = 240.0

CLOSING_BEFORE_END_S = 20.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """An opening, sparse reminders, and in a long block a word before it ends."""
    yield moment.cue("opening", at(0.0))
    reminders = int(moment.lasts_s / ROOM_PER_REMINDER_S)
    for index in range(1, reminders + 1):
        turn = 3 * moment.turn + index - 1
        level: CueLevel = "guide" if index % 2 else "extra"
        yield moment.cue("remind", at_share(index / (reminders + 1)), turn=turn, level=level)
    if moment.lasts_s >= ROOM_FOR_CLOSING_S:
        yield moment.cue("closing", before_end(CLOSING_BEFORE_END_S), level="extra")


KIND = Kind(
    name="easy",
    about="Just running, easily, with a word every few minutes.",
    example=(("lasts", "5m..10m"),),
    cues=cues,
    lasts=minutes_to_span(2, 10),
)
