"""Gentle stretching after the run, standing still."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, Cue


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Each part with time to stay in it."""
    yield moment.cue("opening", level="essential")
    for part in moment.parts:
        yield moment.part(part)
    yield moment.cue("closing")


KIND = Kind(
    name="stretch",
    about="Gentle stretching after the run, standing still.",
    example=(
        ("lasts", "2m"),
        ("parts", "[hips, back]"),
    ),
    cues=cues,
    running=False,
    lasts=minutes_to_span(2),
    parts=("hips", "back", "chest"),
    breath=NO_BREATH,
)
