"""Brisk stretches: short, few, and with time to settle after each."""

import math
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import PlanFacts, advice, lasting
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock

# Light intervals are six times one minute with easy running between. Going hard keeps the body alarmed.
LONGEST_S = 120.0

LARGEST_SHARE = 1 / 3

# Half of what was brisk is the least in which a breath settles.
RECOVERY_SHARE = 0.5

# Settling in takes three minutes; in less than two no one has arrived.
EASY_FIRST_S = 120.0


def no_recovery(heard: PlanFacts) -> Iterator[Problem]:
    """After a brisk block the next comes too soon."""
    running = [block for block in heard.blocks if block.running]
    for index, block in enumerate(running):
        following = next((later for later in running[index + 1 :] if _is_brisk(later)), None)
        if not _is_brisk(block) or following is None:
            continue
        rest_s = following.start_s - block.end_s
        if round(rest_s) < RECOVERY_SHARE * _lasts_s(block) - 1.0:
            rest = f"{lasting(rest_s)} after it" if round(rest_s) else "right after it"
            yield advice(
                block.where,
                "no-recovery",
                f"the next brisk block begins {rest}, before the breath has settled",
                "let easy running come between, as long as the brisk block or longer: `- easy: 90s`",
            )


def brisk_long(heard: PlanFacts) -> Iterator[Problem]:
    """A brisk block lasts so long that it becomes hard work."""
    for block in filter(_is_brisk, heard.blocks):
        if round(_lasts_s(block)) > LONGEST_S:
            yield advice(
                block.where,
                "brisk-long",
                f"this brisk block lasts {lasting(_lasts_s(block))}; what is light for a minute is hard work by then",
                "make it a minute, and repeat it with easy running between",
            )


def brisk_much(heard: PlanFacts) -> Iterator[Problem]:
    """Too much of the run is brisk."""
    brisk = [block for block in heard.blocks if _is_brisk(block)]
    brisk_s, running_s = _together_s(brisk), _together_s([block for block in heard.blocks if block.running])
    if heard.is_run and brisk_s > LARGEST_SHARE * running_s:
        share = math.ceil(100 * brisk_s / running_s)
        yield advice(
            brisk[0].where,
            "brisk-much",
            f"{share}% of the time on the move is brisk, and it is the easy part that calms",
            "keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer",
        )


def brisk_too_soon(heard: PlanFacts) -> Iterator[Problem]:
    """The first brisk block comes before anyone has arrived in the run."""
    running = [block for block in heard.blocks if block.running]
    first = next((index for index, block in enumerate(running) if _is_brisk(block)), None)
    if not heard.is_run or first is None:
        return
    easy_s = _together_s(running[:first])
    if round(easy_s) < EASY_FIRST_S:
        when = f"after {lasting(easy_s)} of running" if round(easy_s) else "with the first steps"
        yield advice(
            running[first].where,
            "brisk-too-soon",
            f"this brisk block comes {when}, before the body is warm",
            "begin with a few minutes of walking and easy running: `- settle: 3m`",
        )


def _is_brisk(block: PlannedBlock) -> bool:
    return block.kind == "brisk"


def _lasts_s(block: PlannedBlock) -> float:
    return block.end_s - block.start_s


def _together_s(blocks: Sequence[PlannedBlock]) -> float:
    return sum(map(_lasts_s, blocks))
