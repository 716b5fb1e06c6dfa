"""Body scan: attention goes slowly through the body, from crown to feet."""

from collections.abc import Iterator

from coach.blocks.kind import PART, BlockContext, Kind, minutes_to_span
from coach.session.session import Cue

PARTS = ("crown", "forehead", "jaw", "neck", "shoulders", "hands", "belly", "back", "hips", "knees", "feet")


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make an opening, a cue for each part, and a closing, at even distances."""
    yield context.make_cue("opening", level="essential")
    for part in context.parts:
        yield context.make_part_cue(part)
    yield context.make_cue("closing")


KIND = Kind(
    name="body-scan",
    about="Attention goes slowly through the body, from crown to feet, with room to feel.",
    example=(
        ("lasts", "5m..8m"),
        ("parts", "[jaw, shoulders, hands, belly, feet]"),
    ),
    make_cues=make_cues,
    order=("opening", "closing", PART),
    lasts=minutes_to_span(5, 8),
    parts=PARTS,
)
