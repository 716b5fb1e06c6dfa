"""Shoulder release: lift or clench on an in-breath, drop on the out-breath."""

from collections.abc import Iterator

from coach.blocks.kind import PART, BlockContext, Kind, minutes_to_span
from coach.session.session import Cue

TIME_PER_ROUND_S = 22.0
MAX_ROUNDS = 3


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Make each part's cue one to three times, as the length allows, at even distances."""
    rounds = int(context.lasts_s / TIME_PER_ROUND_S - 2) // max(1, len(context.parts))
    yield context.make_cue("opening", level="essential")
    for part in context.parts:
        for round_index in range(max(1, min(MAX_ROUNDS, rounds))):
            yield context.make_part_cue(part, variant=context.occurrence + round_index)
    yield context.make_cue("closing")


KIND = Kind(
    name="shoulder-release",
    about="Letting go on purpose: tighten on the in-breath, drop on the out-breath.",
    example=(
        ("lasts", "2m"),
        ("parts", "[shoulders, hands]"),
    ),
    make_cues=make_cues,
    order=("opening", PART, "closing"),
    lasts=minutes_to_span(2),
    parts=("shoulders", "hands", "jaw"),
    breath_sound_share=1.0,
)
