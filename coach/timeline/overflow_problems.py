"""What does not fit into a session's time, told to its author."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.diagnostics.problem import Location, Problem
from coach.session.session import Session
from coach.timeline.cue_scheduling import Late
from coach.timeline.durations import OutOfReachError
from coach.timeline.resolved_block import ResolvedBlock
from coach.units import seconds_to_text

_TINY_S = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Overflow:
    """A cue that does not end inside its block: the block, its times, and the least that it would have to last."""

    late: Late
    block: ResolvedBlock
    start_s: float
    end_s: float
    need_s: float

    @property
    def is_own(self) -> bool:
        """Whether the words are the kind's own, not the author's."""
        return self.late.cue.where == self.block.block.where

    @property
    def may_go(self) -> bool:
        """Whether it is left out where there is no room: an extra of the kind's own is, an author's word never."""
        return self.is_own and self.late.cue.level == "extra"


def explain_unreachable_length(session: Session, asked_s: float, reach: OutOfReachError) -> Problem:
    """The length that the blocks cannot have together, and those that they can."""
    asked, elastic = seconds_to_text(asked_s), "blocks be elastic, like 'lasts: 2m..6m'"
    shortest_s, longest_s = math.ceil(reach.shortest_s - _TINY_S), math.floor(reach.longest_s + _TINY_S)
    shortest, longest = seconds_to_text(shortest_s), seconds_to_text(longest_s)
    message = f"the blocks cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
    advice = f"ask for a length from {shortest} to {longest}, or let more {elastic}"
    if shortest_s >= longest_s:
        message = f"the blocks last {seconds_to_text(reach.longest_s)} together, and cannot last {asked}"
        advice = f"leave the length out, or let {elastic}"
    return Problem(where=session.where, code="length-out-of-reach", message=message, help=advice)


def explain_overflow(session: Session, misfits: Sequence[Overflow]) -> Iterator[Problem]:
    """A problem for each cue of the author's, and one for each block whose kind's own words need more time."""
    own: dict[Location, Overflow] = {}
    for misfit in misfits:
        if misfit.may_go:
            continue
        if not misfit.is_own:
            yield _late(misfit, _tongue(session, misfit), "these words")
        elif misfit.late.end_s == math.inf:
            yield _late(misfit, _tongue(session, misfit), f"the {misfit.block.kind.name} block's own words")
        else:
            before = own.setdefault(misfit.block.block.where, misfit)
            own[misfit.block.block.where] = max(before, misfit, key=lambda each: each.need_s)
    for misfit in own.values():
        yield _cramped(misfit, _tongue(session, misfit))


def _tongue(session: Session, misfit: Overflow) -> str:
    return f" ({misfit.block.wording.language})" if len(session.languages) > 1 else ""


def _late(misfit: Overflow, tongue: str, whose: str) -> Problem:
    late, left_s = misfit.late, max(0.0, misfit.end_s - misfit.late.start_s)
    if late.end_s == math.inf:
        return Problem(
            where=late.cue.where,
            code="wait-never-comes",
            message=f"{whose}{tongue} wait for a breath or step that does not come before their block ends",
            help="make the block longer, place the cue earlier, or see that the block has a breath to wait for",
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        where=late.cue.where,
        code="words-do-not-fit",
        message=f"{whose}{tongue} do not end inside their block: they need {needed}, and {left} is left",
        help="make the block longer, place the cue earlier, or say less",
    )


def _cramped(misfit: Overflow, tongue: str) -> Problem:
    name, lasts_s = misfit.block.kind.name, misfit.end_s - misfit.start_s
    need = seconds_to_text(math.ceil(max(misfit.need_s, lasts_s + 1.0)))
    message = f"the {name} block's own words{tongue} do not fit into {seconds_to_text(lasts_s)}: they need {need}"
    return Problem(
        where=misfit.block.block.where,
        code="words-do-not-fit",
        message=message,
        help=f"let the block last {need} or more, or write fewer words of your own under `say`",
    )
