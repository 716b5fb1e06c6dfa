"""Walking that turns into a very easy jog: feel the ground, arrive."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import CadenceValue, Cue, Ramp

WALKING_SPM = 112.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Four cues spread over the block, as walking becomes running."""
    yield moment.cue("opening", level="essential")
    yield moment.cue("ground")
    yield moment.cue("jog")
    yield moment.cue("arrive")


KIND = Kind(
    name="settle",
    about="Walking that turns into a very easy jog. Feel the ground, and arrive.",
    example=(
        ("lasts", "3m"),
        ("cadence", "112 -> 156"),
    ),
    cues=cues,
    lasts=minutes_to_span(3),
    cadence=Ramp(start=CadenceValue(spm=WALKING_SPM), end=CadenceValue(spm=0.0, relative=True)),
)
