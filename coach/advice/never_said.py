"""Words that the author wrote and nobody will ever hear."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice
from coach.diagnostics.problem import Problem
from coach.session.session import Cue
from coach.timeline.cue_scheduling import QUIET_BEFORE_END_S
from coach.timeline.timeline import PlannedBlock
from coach.units import seconds_to_text


def never_said(heard: PlanFacts) -> Iterator[Problem]:
    """A cue's period is longer than its block can be; it, and what was to follow it, is never said."""
    said = {each.where for each in heard.said}
    for block, prepared in zip(heard.blocks, heard.plan.score.blocks, strict=True):
        longest_s = max(prepared.span.longest_s, block.end_s - block.start_s)
        for cue in _out_of_reach(((*(prepared.block.say or ()), *prepared.block.say_also)), longest_s):
            if cue.where not in said:
                yield _never(cue, block, longest_s)


def _out_of_reach(cues: tuple[Cue, ...], longest_s: float) -> Iterator[Cue]:
    """Cues whose first time comes too late, and those that follow one of them."""
    waiting = False
    for cue in cues:
        waiting = (waiting and cue.place.kind == "after") or (
            cue.place.kind == "every" and cue.place.amount > longest_s - QUIET_BEFORE_END_S
        )
        if waiting:
            yield cue


def _never(cue: Cue, block: PlannedBlock, longest_s: float) -> Problem:
    if cue.place.kind == "after":
        return advice(
            cue.where,
            "never-said",
            "these words are never said: the cue they follow never is",
            "mend that one first, or place this one with `at`",
        )
    period, longest = seconds_to_text(cue.place.amount), seconds_to_text(round(longest_s))
    return advice(
        cue.where,
        "never-said",
        f"these words are never said: they come every {period}, and this {block.kind} block lasts {longest} at most",
        f"write a shorter time after `every` (the last {QUIET_BEFORE_END_S:g} seconds stay free), or use `at`",
    )
