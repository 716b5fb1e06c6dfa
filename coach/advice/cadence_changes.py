"""Steps a minute: how quick they become, and how suddenly."""

import itertools
from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice, is_running
from coach.diagnostics.problem import Problem

# A light, quick stretch is six steps a minute quicker; much more at once and the breath loses its steps.
LARGEST_JUMP_SPM = 8.0

# Easy runners choose 154 to 160 of themselves (PLoS ONE 0184273). 180 is a figure from races, no aim for anyone.
NEVER_FROM_SPM = 180.0


def cadence_jump(heard: PlanFacts) -> Iterator[Problem]:
    """From one block to the next the cadence changes by much, and it is no change between walking and running."""
    for before, block in itertools.pairwise(heard.blocks):
        from_spm, to_spm = before.end_spm, block.start_spm
        same_gait = is_running(from_spm) == is_running(to_spm)
        if before.running and block.running and same_gait and abs(to_spm - from_spm) > LARGEST_JUMP_SPM:
            yield advice(
                heard.places.setting(block.where, "cadence") or block.where,
                "cadence-jump",
                f"the cadence goes from {from_spm:g} to {to_spm:g} at once here",
                f"let it get there along the way: `cadence: {from_spm:g} -> {to_spm:g}`",
            )


def cadence_high(heard: PlanFacts) -> Iterator[Problem]:
    """A block pushes to a cadence from races."""
    for block, prepared in zip(heard.blocks, heard.plan.score.blocks, strict=True):
        spm = max(block.start_spm, block.end_spm)
        if not block.running or spm < NEVER_FROM_SPM:
            continue
        from_session = prepared.block.cadence is None and heard.session.cadence_spm >= NEVER_FROM_SPM
        place = (
            heard.places.value(heard.session.where.file, "cadence")
            if from_session
            else heard.places.setting(block.where, "cadence")
        )
        yield advice(
            place or block.where,
            "cadence-high",
            f"this asks for {heard.session.cadence_spm if from_session else spm:g} steps a minute, "
            "and easy running comes to 154 to 160 by itself",
            f"stay below {NEVER_FROM_SPM:g}; 158 suits most people",
        )
