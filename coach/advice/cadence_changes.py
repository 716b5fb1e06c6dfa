"""Cadence: how many steps a minute, and how suddenly that changes."""

import itertools
from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, is_running
from coach.diagnostics.problem import Problem

# A brisk block is six steps a minute quicker; with much more at once, breath and steps fall out of time.
LARGEST_JUMP_SPM = 8.0

# Easy runners choose 154 to 160 by themselves (PLoS ONE 0184273). 180 was measured in races; it is not a goal.
NEVER_FROM_SPM = 180.0


def cadence_jump(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where the cadence jumps from one block to the next, unless from walking to running or back."""
    for before, block in itertools.pairwise(facts.blocks):
        from_spm, to_spm = before.end_spm, block.start_spm
        same_gait = is_running(from_spm) == is_running(to_spm)
        if before.running and block.running and same_gait and abs(to_spm - from_spm) > LARGEST_JUMP_SPM:
            yield Problem.at(
                facts.places.find_setting(block.where, "cadence") or block.where,
                "cadence-jump",
                f"the cadence goes from {from_spm:g} to {to_spm:g} at once here",
                f"change it gradually: `cadence: {from_spm:g} -> {to_spm:g}`",
            )


def cadence_high(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block asks for the cadence of a race."""
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        spm = max(block.start_spm, block.end_spm)
        if not block.running or spm < NEVER_FROM_SPM:
            continue
        from_session = resolved.block.cadence is None and facts.session.cadence_spm >= NEVER_FROM_SPM
        place = (
            facts.places.find_value(facts.session.where.file, "cadence")
            if from_session
            else facts.places.find_setting(block.where, "cadence")
        )
        yield Problem.at(
            place or block.where,
            "cadence-high",
            f"this asks for {facts.session.cadence_spm if from_session else spm:g} steps a minute, "
            "and easy running comes to 154 to 160 by itself",
            f"stay below {NEVER_FROM_SPM:g}; 158 suits most people",
        )
