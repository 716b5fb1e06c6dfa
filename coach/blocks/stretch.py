"""Stretching, gently, after the run, standing still."""

from collections.abc import Iterator

from coach.blocks.kind import PART, BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, Cue


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make a cue for each part, with time to stay in it."""
    yield context.make_cue("opening", level="essential")
    for part in context.parts:
        yield context.make_part_cue(part)
    yield context.make_cue("closing")


KIND = Kind(
    name="stretch",
    about="Gentle stretching after the run, standing still.",
    example=(
        ("lasts", "2m"),
        ("parts", "[hips, back]"),
    ),
    make_cues=make_cues,
    order=("opening", PART, "closing"),
    running=False,
    lasts=minutes_to_span(2),
    parts=("hips", "back", "chest"),
    breath=NO_BREATH,
)
