"""How a run ends: walking."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice, is_running, lasting
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock

# A walk-out takes three to five minutes; in a short exercise less will do, in a run of this length it will not.
LONG_RUN_S = 1200.0

SHORTEST_WALK_S = 120.0


def walking_at_the_end(heard: PlanFacts) -> Iterator[Problem]:
    """A run ends without a walk, or with one that is over too soon."""
    running = [block for block in heard.blocks if block.running]
    if not heard.is_run or not any(is_running(max(block.start_spm, block.end_spm)) for block in running):
        return
    walk = _walk(running)
    if not walk:
        last = running[-1]
        yield advice(
            last.where,
            "no-walk-out",
            f"the running stops here at {last.end_spm:g} steps a minute, with no walk to come back",
            "end with a few minutes of walking: `- walk-out: 4m`",
        )
        return
    lasts_s = sum(block.end_s - block.start_s for block in walk)
    if heard.length_s >= LONG_RUN_S and lasts_s < SHORTEST_WALK_S:
        yield advice(
            walk[0].where,
            "walk-out-short",
            f"a session of {lasting(heard.length_s)} ends with {lasting(lasts_s)} of walking",
            "let it last three minutes or more: `- walk-out: 4m`",
        )


def _walk(running: list[PlannedBlock]) -> list[PlannedBlock]:
    """The blocks at the end that are walked, or in which running becomes walking."""
    first = len(running)
    while first and not is_running(running[first - 1].end_spm):
        first -= 1
    return running[first:]
