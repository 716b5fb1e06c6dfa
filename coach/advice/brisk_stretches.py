"""Brisk blocks: short, few, and with time to recover after each."""

import math
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import PlanFacts, format_roughly
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock

# Light intervals are six times one minute, with easy running between. Harder ones keep the body alarmed.
LONGEST_S = 120.0

LARGEST_SHARE = 1 / 3

# The breath needs at least half the time of the brisk block to settle.
RECOVERY_SHARE = 0.5

# Settling in takes three minutes; less than two is too short for anyone.
EASY_FIRST_S = 120.0


def no_recovery(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where the next brisk block comes too soon after one."""
    running = [block for block in facts.blocks if block.running]
    for index, block in enumerate(running):
        following = next((later for later in running[index + 1 :] if _is_brisk(later)), None)
        if not _is_brisk(block) or following is None:
            continue
        rest_s = following.start_s - block.end_s
        if round(rest_s) < RECOVERY_SHARE * _measure_s(block) - 1.0:
            rest = f"{format_roughly(rest_s)} after it" if round(rest_s) else "right after it"
            yield Problem.at(
                block.location,
                "no-recovery",
                f"the next brisk block begins {rest}, before the breath has settled",
                "let easy running come between, as long as the brisk block or longer: `- easy: 90s`",
            )


def brisk_long(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a brisk block lasts so long that it becomes hard work."""
    for block in filter(_is_brisk, facts.blocks):
        if round(_measure_s(block)) > LONGEST_S:
            yield Problem.at(
                block.location,
                "brisk-long",
                f"this brisk block lasts {format_roughly(_measure_s(block))}; "
                "what is light for a minute is hard work by then",
                "make it a minute, and repeat it with easy running between",
            )


def brisk_much(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if too much of the run is brisk."""
    brisk = [block for block in facts.blocks if _is_brisk(block)]
    brisk_s, running_s = _add_up_s(brisk), _add_up_s([block for block in facts.blocks if block.running])
    if facts.is_run and brisk_s > LARGEST_SHARE * running_s:
        share = math.ceil(100 * brisk_s / running_s)
        yield Problem.at(
            brisk[0].location,
            "brisk-much",
            f"{share}% of the time on the move is brisk, and it is the easy part that calms",
            "keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer",
        )


def brisk_too_soon(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if the first brisk block comes before the runner has warmed up."""
    running = [block for block in facts.blocks if block.running]
    first = next((index for index, block in enumerate(running) if _is_brisk(block)), None)
    if not facts.is_run or first is None:
        return
    easy_s = _add_up_s(running[:first])
    if round(easy_s) < EASY_FIRST_S:
        when = f"after {format_roughly(easy_s)} of running" if round(easy_s) else "with the first steps"
        yield Problem.at(
            running[first].location,
            "brisk-too-soon",
            f"this brisk block comes {when}, before the body is warm",
            "begin with a few minutes of walking and easy running: `- settle: 3m`",
        )


def _is_brisk(block: PlannedBlock) -> bool:
    return block.kind == "brisk"


def _measure_s(block: PlannedBlock) -> float:
    return block.end_s - block.start_s


def _add_up_s(blocks: Sequence[PlannedBlock]) -> float:
    return sum(map(_measure_s, blocks))
