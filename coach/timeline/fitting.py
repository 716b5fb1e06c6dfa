"""One rule of fitting: every elastic block is stretched by the same fraction of its span."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.session.types import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What a block may be: its span, and what it needs for its words, below which it is never made."""

    span: Span
    need_s: float = 0.0

    @property
    def shortest_s(self) -> float:
        """The least it can last."""
        return self._held(self.span.shortest_s)

    @property
    def longest_s(self) -> float:
        """The most it can last."""
        return self._held(self.span.longest_s)

    def at(self, fraction: float) -> float:
        """Its length when stretched by a fraction of its span."""
        return self._held(self.span.shortest_s + fraction * self.stretch_s)

    @property
    def stretch_s(self) -> float:
        """How far it can be stretched, words aside."""
        return self.span.longest_s - self.span.shortest_s

    def _held(self, length_s: float) -> float:
        # A fixed length is the author's word: words that do not fit it are told, not hidden by a longer block.
        return max(length_s, self.need_s) if self.stretch_s > 0.0 else length_s


class OutOfReachError(ValueError):
    """No fraction gives the length that is asked; these are the shortest and longest that can be had."""

    def __init__(self, shortest_s: float, longest_s: float) -> None:
        self.shortest_s = shortest_s
        self.longest_s = longest_s
        super().__init__(f"between {shortest_s} s and {longest_s} s")


def fit(rooms: Sequence[Room], length_s: float | None) -> list[float]:
    """The length of each block in seconds, together exactly ``length_s``; without one, half-way each span.

    Raises:
        OutOfReachError: the blocks cannot be so short, or so long.
    """
    if length_s is None:
        return [room.at(0.5) for room in rooms]
    shortest_s, longest_s = sum(room.shortest_s for room in rooms), sum(room.longest_s for room in rooms)
    if not shortest_s - 1e-6 <= length_s <= longest_s + 1e-6:
        raise OutOfReachError(shortest_s, longest_s)
    return [room.at(_fraction(rooms, length_s)) for room in rooms]


def _fraction(rooms: Sequence[Room], length_s: float) -> float:
    """The fraction at which the lengths add up: blocks held at their need are taken out until none is left."""
    elastic = [room for room in rooms if room.stretch_s > 0.0]
    rest_s = length_s - sum(room.shortest_s for room in rooms if room.stretch_s <= 0.0)
    while elastic:
        stretch_s = sum(room.stretch_s for room in elastic)
        fraction = (rest_s - sum(room.span.shortest_s for room in elastic)) / stretch_s
        held = [room for room in elastic if room.span.shortest_s + fraction * room.stretch_s < room.need_s]
        if not held:
            return min(1.0, max(0.0, fraction))
        rest_s -= sum(room.need_s for room in held)
        elastic = [room for room in elastic if room not in held]
    return 0.0
