"""Letting go on purpose: lift or clench on an in-breath, drop on the out-breath."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span, share
from coach.session.session import Cue

ROOM_PER_ROUND_S = 22.0

MOST_ROUNDS = 3


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Each part one to three times, as the length allows, at even distances."""
    rounds = int(moment.lasts_s / ROOM_PER_ROUND_S - 2) // max(1, len(moment.parts))
    yield moment.cue("opening", level="essential")
    for part in moment.parts:
        for turn in range(max(1, min(MOST_ROUNDS, rounds))):
            yield moment.part(part, turn=moment.turn + turn)
    yield moment.cue("closing")


KIND = Kind(
    name="shoulder-release",
    about="Letting go on purpose: tighten on the in-breath, drop on the out-breath.",
    example=(
        ("lasts", "2m"),
        ("parts", "[shoulders, hands]"),
    ),
    cues=cues,
    lasts=minutes_to_span(2),
    parts=("shoulders", "hands", "jaw"),
    breath_sound_s=share(1.0),
)
