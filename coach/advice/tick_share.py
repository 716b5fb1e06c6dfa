"""Ticks: they teach a rhythm, and then they leave."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice, between, longest_s
from coach.diagnostics.problem import Problem

# Listeners of steady guidance liked it less than 5 out of 10 (MTI 8(4):25, 2024): teach, fade, be silent, return.
WITHOUT_TICKS_S = 60.0


def ticks_throughout(heard: PlanFacts) -> Iterator[Problem]:
    """There is never a minute of running without ticks."""
    if not never_leave(heard):
        return
    first = next(block for block in heard.blocks if not heard.tickless(block))
    yield advice(
        heard.places.setting(first.where, "ticks") or first.where,
        "ticks-throughout",
        "from here on the ticks never leave for as long as a minute",
        "let them go once the rhythm is found, like `ticks: 90s`; they may come back later",
    )


def never_leave(heard: PlanFacts) -> bool:
    """Whether it ticks, and no minute between the first steps and the last is without."""
    running = [block for block in heard.blocks if block.running]
    if not heard.is_run or not heard.ticks_s or not running:
        return False
    ticks = ((tick_s, tick_s) for tick_s in heard.ticks_s)
    quiet = between(ticks, running[0].start_s, running[-1].end_s)
    return longest_s(quiet) < WITHOUT_TICKS_S
