"""Running becomes walking: steps slow, ticks thin out and stop."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span, share
from coach.session.session import NO_BREATH, CadenceValue, Cue, Ramp

BRISK_WALK_SPM = 114.0

STROLL_SPM = 100.0

TICKS_SHARE = 0.5


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Four cues at even distances, each calmer than the last."""
    yield moment.cue("opening", level="essential")
    yield moment.cue("slower")
    yield moment.cue("breath")
    yield moment.cue("closing")


KIND = Kind(
    name="walk-out",
    about="Running becomes walking. The steps slow down; the ticks thin out and stop.",
    example=(("lasts", "4m"),),
    cues=cues,
    lasts=minutes_to_span(4),
    cadence=Ramp(start=CadenceValue(spm=BRISK_WALK_SPM), end=CadenceValue(spm=STROLL_SPM)),
    breath=NO_BREATH,
    ticks_s=share(TICKS_SHARE),
    thinning=True,
)
