"""Settling in: walking turns into a very easy jog; feel the ground, and arrive."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import AbsoluteCadence, Cue, Ramp, RelativeCadence

WALKING_SPM = 112.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make four cues, spread over the block, as walking becomes running; after a walk, without that to walk."""
    is_walking = context.follows == "walk"
    if not is_walking:
        yield context.make_cue("opening", level="essential")
    yield context.make_cue("ground")
    yield context.make_cue("jog", level="essential" if is_walking else "guide")
    yield context.make_cue("arrive")


KIND = Kind(
    name="settle",
    about="Walking that turns into a very easy jog. Feel the ground, and arrive.",
    example=(
        ("lasts", "3m"),
        ("cadence", "112 -> 156"),
    ),
    make_cues=make_cues,
    order=("opening", "jog", "ground", "arrive"),
    lasts=minutes_to_span(3),
    cadence=Ramp(start=AbsoluteCadence(spm=WALKING_SPM), end=RelativeCadence(offset_spm=0.0)),
)
