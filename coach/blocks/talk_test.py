"""Could you still talk in whole sentences? If not, slow down."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, after, at
from coach.session.session import Cue, Span

ROOM_TO_TRY_S = 6.0


def cues(moment: BlockContext) -> Iterator[Cue]:
    """The question, time to try it, and what to do with the answer."""
    yield moment.cue("ask", at(0.0), level="essential")
    yield moment.cue("slower", after(ROOM_TO_TRY_S), level="essential")


KIND = Kind(
    name="talk-test",
    about="Could you still talk in whole sentences? If not, slow down.",
    example=(("lasts", "30s..45s"),),
    cues=cues,
    lasts=Span(shortest_s=30.0, longest_s=45.0),
)
