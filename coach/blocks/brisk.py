"""A short stretch of quicker, light steps, that turns restlessness into energy."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, at, at_share, before_end, build_steady_ramp, minutes_to_span, share
from coach.session.session import Breath, Cue

QUICKER_SPM = 6.0

ROOM_FOR_MIDDLE_S = 50.0

CLOSING_BEFORE_END_S = 10.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Off, perhaps a word half-way, and easing off before the end."""
    yield moment.cue("opening", at(0.0), level="essential", fill={"length": moment.spoken_length()})
    if moment.lasts_s >= ROOM_FOR_MIDDLE_S:
        yield moment.cue("middle", at_share(0.5), level="extra")
    yield moment.cue("closing", before_end(CLOSING_BEFORE_END_S), level="essential")


KIND = Kind(
    name="brisk",
    about="A short stretch of light, quick steps that turns restlessness into energy.",
    example=(("lasts", "1m"),),
    cues=cues,
    lasts=minutes_to_span(1),
    cadence=build_steady_ramp(QUICKER_SPM),
    breath=Breath(steps_in=2, steps_out=2),
    ticks_s=share(1.0),
)
