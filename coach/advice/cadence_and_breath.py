"""Cadence and breath rate: steps and breaths per minute, and how suddenly they change."""

import itertools
from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, is_running
from coach.diagnostics.problem import Location, Problem
from coach.session.session import NO_BREATH, Breath
from coach.session.values.breath import BREATH
from coach.timeline.block_settings_and_guidance import ResolvedBlock
from coach.timeline.timeline import PlannedBlock
from coach.translation import _, mark_message, translate_in_context

# A brisk block is six steps a minute quicker; with much more at once, breath and steps fall out of time.
LARGEST_JUMP_SPM = 8.0

# Easy runners choose 154 to 160 by themselves (PLoS ONE 0184273). 180 was measured in races; it is not a goal.
NEVER_FROM_SPM = 180.0


def check_cadence_jump(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where the cadence jumps from one block to the next, unless from walking to running or back."""
    for before, block in itertools.pairwise(facts.blocks):
        from_spm, to_spm = before.end_spm, block.start_spm
        same_gait = is_running(from_spm) == is_running(to_spm)
        if before.running and block.running and same_gait and abs(to_spm - from_spm) > LARGEST_JUMP_SPM:
            yield Problem.at(
                facts.places.find_setting(block.location, "cadence") or block.location,
                "cadence-jump",
                _("the cadence goes from {from_spm:g} to {to_spm:g} at once here", from_spm=from_spm, to_spm=to_spm),
                _("change it gradually: `cadence: {from_spm:g} -> {to_spm:g}`", from_spm=from_spm, to_spm=to_spm),
            )


def check_cadence_high(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block asks for the cadence of a race."""
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        spm = max(block.start_spm, block.end_spm)
        if not block.running or spm < NEVER_FROM_SPM:
            continue
        from_session = resolved.block.cadence is None and facts.session.cadence_spm >= NEVER_FROM_SPM
        place = (
            facts.places.find_value(facts.session.location.file, "cadence")
            if from_session
            else facts.places.find_setting(block.location, "cadence")
        )
        yield Problem.at(
            place or block.location,
            "cadence-high",
            _(
                "this asks for {cadence:g} steps a minute, and easy running comes to 154 to 160 by itself",
                cadence=facts.session.cadence_spm if from_session else spm,
            ),
            _("stay below {limit:g}; 158 suits most people", limit=NEVER_FROM_SPM),
        )


# Runners at an easy effort breathe about 32 to 35 times a minute by themselves; outside these bounds most notice.
SLOWEST_PER_MINUTE = 22.0
QUICKEST_PER_MINUTE = 45.0
_TOO_SLOW = mark_message(
    "{breath} at {cadence:g} steps a minute is {rate} breaths a minute; under {limit:g} most runners are short of air"
)
_TOO_QUICK = mark_message(
    "{breath} at {cadence:g} steps a minute is {rate} breaths a minute; over {limit:g} it turns into panting"
)

# The breaths that are taught, the slowest first: three and three, or fewer steps.
TAUGHT = (
    Breath(inhale=3, exhale=3),
    Breath(inhale=3, exhale=2),
    Breath(inhale=2, exhale=2),
)


def check_breath_pace(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block that leads the breath asks for too few breaths a minute, or too many."""
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        running = [spm for spm in (block.start_spm, block.end_spm) if block.running and is_running(spm)]
        breath = resolved.breath
        if not running or breath == NO_BREATH or breath.is_held or not _is_led(facts, block, resolved):
            continue  # that it is held there has a rule of its own
        slow = min(running) / resolved.breath.length < SLOWEST_PER_MINUTE
        if not slow and max(running) / resolved.breath.length <= QUICKEST_PER_MINUTE:
            continue
        spm = min(running) if slow else max(running)
        if resolved.breath == resolved.kind.breath and resolved.block.breath is None and spm >= NEVER_FROM_SPM:
            continue  # the cadence is too high, which has a rule of its own; the breath of the kind is not too short
        yield Problem.at(
            _locate(facts, block, resolved),
            "breath-pace",
            _(
                _TOO_SLOW if slow else _TOO_QUICK,
                breath=BREATH.format(resolved.breath),
                cadence=spm,
                rate=_format_rate(resolved.breath, spm),
                limit=SLOWEST_PER_MINUTE if slow else QUICKEST_PER_MINUTE,
            ),
            _suggest(running, spm, slow=slow),
        )


def check_breath_held(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block that leads the breath has it held while running."""
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        running = [spm for spm in (block.start_spm, block.end_spm) if block.running and is_running(spm)]
        if not running or not resolved.breath.is_held or not _is_led(facts, block, resolved):
            continue
        fitting = next((breath for breath in TAUGHT if _is_calm_breath(breath, running)), TAUGHT[0])
        yield Problem.at(
            _locate(facts, block, resolved),
            "breath-held",
            _(
                "{breath} holds the breath while running, which leaves the body short of air",
                breath=BREATH.format(resolved.breath),
            ),
            _("keep holds for walking and standing still; here, `breath: {breath}`", breath=BREATH.format(fitting)),
        )


def _is_led(facts: PlanFacts, block: PlannedBlock, resolved: ResolvedBlock) -> bool:
    """Return whether this block leads the breath: by its kind, its setting, or its sounds."""
    own = resolved.kind.name == "breathing" or resolved.block.breath is not None
    return own or not facts.has_no_ticks(block) or not facts.has_no_breaths(block)


def _locate(facts: PlanFacts, block: PlannedBlock, resolved: ResolvedBlock) -> Location:
    """Return the place of the breath, in the block or at the top; else that of the cadence, or of the block."""
    found = None
    if resolved.block.breath is not None:
        found = facts.places.find_setting(block.location, "breath")
    elif resolved.block.cadence is not None:
        found = facts.places.find_setting(block.location, "cadence")
    elif resolved.kind.breath is None:
        found = facts.places.find_value(facts.session.location.file, "breath")
    return found or block.location


def _suggest(running: list[float], spm: float, *, slow: bool) -> str:
    fitting = [breath for breath in (TAUGHT if slow else reversed(TAUGHT)) if _is_calm_breath(breath, running)]
    if not fitting:
        return _("choose another cadence, or `breath: none`")
    return _(
        "`breath: {breath}` gives {rate} at {cadence:g}",
        breath=BREATH.format(fitting[0]),
        rate=_format_rate(fitting[0], spm),
        cadence=spm,
    )


def _is_calm_breath(breath: Breath, running: list[float]) -> bool:
    return all(SLOWEST_PER_MINUTE <= spm / breath.length <= QUICKEST_PER_MINUTE for spm in running)


def _format_rate(breath: Breath, spm: float) -> str:
    rate = f"{spm / breath.length:.1f}".removesuffix(".0")
    return rate.replace(".", translate_in_context("decimal sign", "."))
