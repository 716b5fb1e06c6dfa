"""Fit of a session to a length: how short and how long its blocks can be, and the bounds for stretching them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coach.session.session import Span
from coach.timeline.block_settings_and_guidance import SPAN_OF_WORDS, ResolvedBlock
from coach.timeline.cue_scheduling import LEAST_SHARE, SpeechContext
from coach.timeline.durations import TOLERANCE_S, DurationBounds, find_least_s, find_margin_s, find_needed_s, tighten


@dataclass(frozen=True, kw_only=True)
class BlockRoom:
    """How much time a block needs for its words, and how much it can have, whatever voice speaks."""

    block: ResolvedBlock
    speech_context: SpeechContext

    @cached_property
    def least_s(self) -> float:
        """The least in which all of its words fit; infinity if no length is enough."""
        return find_least_s(self.block, self.speech_context)

    @cached_property
    def authored_s(self) -> float:
        """The least in which its author's words fit: those of its kind fit into any length."""
        if not self.block.has_kinds_words:
            return self.least_s if self.block.has_authored_words else 0.0
        return find_least_s(self.block.authored, self.speech_context) if self.block.has_authored_words else 0.0

    @cached_property
    def authored_least_s(self) -> float:
        """The least in which its author's words fit, whatever the block may last."""
        if not self.block.has_authored_words:
            return 0.0
        least_s = find_least_s(replace(self.block.authored, span=SPAN_OF_WORDS), self.speech_context)
        return least_s if math.isfinite(least_s) else self.block.span.shortest_s

    @property
    def is_elastic(self) -> bool:
        """Whether its author gave it a span, or it lasts as long as its words."""
        return self.block.span.longest_s > self.block.span.shortest_s

    @property
    def most_s(self) -> float:
        """The longest that it may last; an elastic block makes room for its author's words."""
        return max(self.block.span.longest_s, self.authored_s) if self.is_elastic else self.block.span.shortest_s

    @property
    def fits_all(self) -> bool:
        """Whether there is room for all of its words."""
        return math.isfinite(self.least_s) and self.least_s <= self.most_s + TOLERANCE_S

    @property
    def fits_authored(self) -> bool:
        """Whether there is room for its author's words."""
        return math.isfinite(self.authored_s) and self.authored_s <= self.most_s + TOLERANCE_S

    @cached_property
    def usual(self) -> Span:
        """How short and how long it is with all of its words, or with those for which there is room."""
        span = self.block.span
        needed_s = (self.least_s if self.fits_all else self.authored_s) if self.is_elastic else 0.0
        if not math.isfinite(needed_s):  # its author's words end in no length: that is reported, not this span
            needed_s = 0.0
        longest_s = max(span.longest_s, self._add_margin(needed_s)) if self.is_elastic else span.longest_s
        return Span(shortest_s=max(span.shortest_s, needed_s), longest_s=longest_s)

    @cached_property
    def widest(self) -> Span:
        """How short it may become when fewer of its kind's words are said, and how long."""
        allowed = self.block.block.may_last or self.block.span
        shortest_s = max(allowed.shortest_s, self._add_margin(self.authored_least_s))
        return Span(
            shortest_s=min(self.usual.shortest_s, shortest_s), longest_s=max(self.usual.longest_s, allowed.longest_s)
        )

    def _add_margin(self, words_s: float) -> float:
        """Give words of this length the time that they may have to wait, and that a slow voice takes."""
        return words_s / LEAST_SHARE + find_margin_s(self.block, self.block.span.shortest_s) if words_s else 0.0


def find_rooms(blocks: Iterable[ResolvedBlock], speech_context: SpeechContext) -> tuple[BlockRoom, ...]:
    """Find how much time blocks need and can have."""
    return tuple(BlockRoom(block=block, speech_context=speech_context) for block in blocks)


def find_usual(rooms: Iterable[BlockRoom]) -> Span:
    """Find how short and how long blocks can be together with all of their words."""
    return _add([room.usual for room in rooms])


def find_reach(rooms: Iterable[BlockRoom]) -> Span:
    """Find how short and how long blocks can be together when fewer words of their kinds are said."""
    return _add([room.widest for room in rooms])


def _add(spans: Sequence[Span]) -> Span:
    return Span(shortest_s=sum(each.shortest_s for each in spans), longest_s=sum(each.longest_s for each in spans))


def find_bounds(rooms: Iterable[BlockRoom], speech_context: SpeechContext) -> tuple[DurationBounds, ...]:
    """Find how long each block may last, its words included: all of them, if there can be room."""
    return tuple(_find_bounds(room, speech_context) for room in rooms)


def _find_bounds(room: BlockRoom, speech_context: SpeechContext) -> DurationBounds:
    span, needed_s = room.block.span, find_needed_s(room.block, speech_context)
    if room.is_elastic and needed_s > span.longest_s and not room.fits_all:
        needed_s = find_needed_s(room.block.authored, speech_context)
    return DurationBounds(span=span, needed_s=needed_s)


def is_short(room: BlockRoom, bound: DurationBounds) -> bool:
    """Return whether a block has words of its kind, and perhaps no room for all of its words, whatever voice speaks."""
    return room.block.has_kinds_words and (bound.is_cut or not room.fits_all)


def can_last(bounds: Sequence[DurationBounds], length_s: float) -> bool:
    """Return whether blocks can last that long together."""
    return sum(bound.shortest_s for bound in bounds) <= length_s <= sum(bound.longest_s for bound in bounds)


def is_within(span: Span, length_s: float) -> bool:
    """Return whether a length is neither too short nor too long."""
    return span.shortest_s - TOLERANCE_S <= length_s <= span.longest_s + TOLERANCE_S


def fit_bounds(
    rooms: Sequence[BlockRoom], bounds: Sequence[DurationBounds], speech_context: SpeechContext, length_s: float
) -> tuple[DurationBounds, ...]:
    """Fit how long each block may last, so that together they can last that long, or as near to it as they can.

    Blocks that would be too long with all of their words, each said as soon as it can be, share what is left to cut:
    from their shortest with those words to the shortest that they may be. So do blocks that would be too short.
    """
    usual = find_usual(rooms)
    if length_s < usual.shortest_s - TOLERANCE_S:
        return tuple(
            DurationBounds(
                span=Span(shortest_s=room.widest.shortest_s, longest_s=room.usual.shortest_s),
                needed_s=min(room.authored_least_s, room.widest.shortest_s),
                is_cut=room.widest.shortest_s < room.usual.shortest_s,
            )
            for room in rooms
        )
    if length_s > usual.longest_s + TOLERANCE_S:
        return tuple(
            DurationBounds(
                span=Span(shortest_s=room.usual.longest_s, longest_s=room.widest.longest_s),
                needed_s=room.usual.shortest_s,
            )
            for room in rooms
        )
    if length_s < sum(bound.shortest_s for bound in bounds):
        return tuple(tighten(bound, room.block, speech_context) for bound, room in zip(bounds, rooms, strict=True))
    return tuple(bounds)
