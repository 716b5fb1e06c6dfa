"""Ticks: they teach a rhythm, and should then stop for a while."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, find_gaps, find_longest_s
from coach.diagnostics.problem import Problem

# Listeners gave steady guidance less than 5 out of 10 (MTI 8(4):25, 2024): teach, fade, be silent, return.
WITHOUT_TICKS_S = 60.0


def ticks_throughout(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if no minute of running is without ticks."""
    if not ticks_never_stop(facts):
        return
    first = next(block for block in facts.blocks if not facts.has_no_ticks(block))
    yield Problem.at(
        facts.places.find_setting(first.where, "ticks") or first.where,
        "ticks-throughout",
        "from here on the ticks never stop for a whole minute",
        "stop them once the rhythm is found, like `ticks: 90s`; they may come back later",
    )


def ticks_never_stop(facts: PlanFacts) -> bool:
    """Whether there are ticks, and no minute without them between the first steps and the last."""
    running = [block for block in facts.blocks if block.running]
    if not facts.is_run or not facts.ticks_s or not running:
        return False
    ticks = ((tick_s, tick_s) for tick_s in facts.ticks_s)
    quiet = find_gaps(ticks, running[0].start_s, running[-1].end_s)
    return find_longest_s(quiet) < WITHOUT_TICKS_S
