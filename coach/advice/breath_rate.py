"""How many breaths a minute a running block asks for."""

from collections.abc import Iterator

from coach.advice.cadence_changes import NEVER_FROM_SPM
from coach.advice.plan_facts import PlanFacts, advice, is_running
from coach.diagnostics.problem import Location, Problem
from coach.session.session import NO_BREATH, Breath
from coach.timeline.resolved_block import ResolvedBlock
from coach.timeline.timeline import PlannedBlock

# Runners at an easy effort breathe about 32 to 35 times a minute by themselves; below and above these most feel it.
SLOWEST_PER_MINUTE = 22.0

QUICKEST_PER_MINUTE = 45.0

# What is taught, the slowest first: three and three, and the leave to breathe in fewer steps.
TAUGHT = (
    Breath(steps_in=3, steps_out=3),
    Breath(steps_in=3, steps_out=2),
    Breath(steps_in=2, steps_out=2),
)


def breath_pace(heard: PlanFacts) -> Iterator[Problem]:
    """A block that leads the breath asks for too few breaths a minute, or too many."""
    for block, prepared in zip(heard.blocks, heard.plan.score.blocks, strict=True):
        running = [spm for spm in (block.start_spm, block.end_spm) if block.running and is_running(spm)]
        if not running or prepared.breath == NO_BREATH or not _leads(heard, block, prepared):
            continue
        slow = min(running) / prepared.breath.steps < SLOWEST_PER_MINUTE
        if not slow and max(running) / prepared.breath.steps <= QUICKEST_PER_MINUTE:
            continue
        spm = min(running) if slow else max(running)
        if prepared.breath == prepared.kind.breath and prepared.block.breath is None and spm >= NEVER_FROM_SPM:
            continue  # it is the cadence that is too high, not the kind's own breath that is too short
        yield advice(
            _place(heard, block, prepared),
            "breath-pace",
            f"{_written(prepared.breath)} at {spm:g} steps a minute is {_rate(prepared.breath, spm)} breaths a minute; "
            + (
                f"under {SLOWEST_PER_MINUTE:g} most runners are short of air"
                if slow
                else f"over {QUICKEST_PER_MINUTE:g} it turns into panting"
            ),
            _way_out(running, spm, slow=slow),
        )


def _leads(heard: PlanFacts, block: PlannedBlock, prepared: ResolvedBlock) -> bool:
    """Whether the runner hears of the breath in this block: by its kind, its setting, or its sounds."""
    own = prepared.kind.name == "breathing" or prepared.block.breath is not None
    return own or not heard.tickless(block) or not heard.breathless(block)


def _place(heard: PlanFacts, block: PlannedBlock, prepared: ResolvedBlock) -> Location:
    """The breath itself, in the block or at the top; else the cadence, or the block."""
    found = None
    if prepared.block.breath is not None:
        found = heard.places.setting(block.where, "breath")
    elif prepared.block.cadence is not None:
        found = heard.places.setting(block.where, "cadence")
    elif prepared.kind.breath is None:
        found = heard.places.value(heard.session.where.file, "breath")
    return found or block.where


def _way_out(running: list[float], spm: float, *, slow: bool) -> str:
    fitting = [breath for breath in (TAUGHT if slow else reversed(TAUGHT)) if _fits(breath, running)]
    if not fitting:
        return "choose another cadence, or `breath: none`"
    return f"`breath: {_written(fitting[0])}` gives {_rate(fitting[0], spm)} at {spm:g}"


def _fits(breath: Breath, running: list[float]) -> bool:
    return all(SLOWEST_PER_MINUTE <= spm / breath.steps <= QUICKEST_PER_MINUTE for spm in running)


def _written(breath: Breath) -> str:
    return f"{breath.steps_in} in / {breath.steps_out} out"


def _rate(breath: Breath, spm: float) -> str:
    return f"{spm / breath.steps:.1f}".removesuffix(".0")
