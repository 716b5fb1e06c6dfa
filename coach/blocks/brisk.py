"""Brisk running: a short block of light, quick steps that turns restlessness into energy."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, build_steady_ramp, minutes_to_span
from coach.session.session import AtShare, Breath, Cue, FromEnd, FromStart

QUICKER_SPM = 6.0
MIN_LENGTH_FOR_MIDDLE_S = 50.0
CLOSING_BEFORE_END_S = 10.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Start, encourage half-way in a longer block, and ease off before the end."""
    yield context.make_cue("opening", FromStart(seconds=0.0), level="essential")
    if context.lasts_s >= MIN_LENGTH_FOR_MIDDLE_S:
        yield context.make_cue("middle", AtShare(share=0.5), level="extra")
    yield context.make_cue("closing", FromEnd(seconds=CLOSING_BEFORE_END_S), level="essential")


KIND = Kind(
    name="brisk",
    about="A short stretch of light, quick steps that turns restlessness into energy.",
    example=(("lasts", "1m"),),
    make_cues=make_cues,
    order=("opening", "closing", "middle"),
    lasts=minutes_to_span(1),
    cadence=build_steady_ramp(QUICKER_SPM),
    breath=Breath(inhale=2, exhale=2),
    ticks_share=1.0,
)
