"""Attention slowly through the body, from crown to feet, with room to feel."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import Cue

PARTS = ("crown", "forehead", "jaw", "neck", "shoulders", "hands", "belly", "back", "hips", "knees", "feet")


def cues(moment: BlockContext) -> Iterator[Cue]:
    """An opening, each part in turn, and a closing: all at even distances."""
    yield moment.cue("opening", level="essential")
    for part in moment.parts:
        yield moment.part(part)
    yield moment.cue("closing")


KIND = Kind(
    name="body-scan",
    about="Attention goes slowly through the body, from crown to feet, with room to feel.",
    example=(
        ("lasts", "5m..8m"),
        ("parts", "[jaw, shoulders, hands, belly, feet]"),
    ),
    cues=cues,
    lasts=minutes_to_span(5, 8),
    parts=PARTS,
)
