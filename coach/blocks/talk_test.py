"""Talk test: could you still talk in whole sentences? If not, slow down."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind
from coach.session.session import After, Cue, FromStart, Span

TIME_TO_TRY_S = 6.0


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Ask, leave time to try it, and say what to do with the answer."""
    yield context.make_cue("ask", FromStart(seconds=0.0), level="essential")
    yield context.make_cue("slower", After(seconds=TIME_TO_TRY_S), level="essential")


KIND = Kind(
    name="talk-test",
    about="Could you still talk in whole sentences? If not, slow down.",
    example=(("lasts", "30s..45s"),),
    make_cues=make_cues,
    order=("ask", "slower"),
    lasts=Span(shortest_s=30.0, longest_s=45.0),
)
