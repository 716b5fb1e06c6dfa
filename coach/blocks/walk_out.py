"""Walk-out: running becomes walking; the steps slow down, and the ticks thin out and stop."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, AbsoluteCadence, Cue, Ramp

BRISK_WALK_SPM = 114.0
STROLL_SPM = 100.0
TICKS_SHARE = 0.5


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make four cues at even distances, each calmer than the last; after a walk, the first is to stroll."""
    yield context.make_cue("stroll" if context.follows == "walk" else "opening", level="essential")
    yield context.make_cue("slower")
    yield context.make_cue("breath")
    yield context.make_cue("closing")


KIND = Kind(
    name="walk-out",
    about="Running becomes walking. The steps slow down; the ticks thin out and stop.",
    example=(("lasts", "4m"),),
    make_cues=make_cues,
    order=("opening", "stroll", "closing", "slower", "breath"),
    lasts=minutes_to_span(4),
    cadence=Ramp(start=AbsoluteCadence(spm=BRISK_WALK_SPM), end=AbsoluteCadence(spm=STROLL_SPM)),
    breath=NO_BREATH,
    ticks_share=TICKS_SHARE,
    thinning=True,
)
