"""Sounds that a block was given, or switched on, and that are not heard."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice
from coach.diagnostics.problem import Problem
from coach.session.session import NO_BREATH
from coach.timeline.resolved_block import ResolvedBlock
from coach.timeline.timeline import PlannedBlock

SILENT = "none"

SWITCHES = {"tick": "ticks", "breath": "breath-sound", "bell": "bell"}

ON = {"tick": "ticks: on", "breath": "breath-sound: on", "bell": "bell: start"}


def sound_unheard(heard: PlanFacts) -> Iterator[Problem]:
    """A block chooses a sound that never sounds in it, or switches on one that is `none`."""
    for block, prepared in zip(heard.blocks, heard.plan.score.blocks, strict=True):
        for family, switch in SWITCHES.items():
            chosen = getattr(prepared.block.sounds, family)
            silent = prepared.sounds[family] == SILENT
            if family == "breath" and prepared.breath == NO_BREATH and _switched_on(prepared, family):
                message = "breath sounds are on here, and this block keeps no breath"
                place = heard.places.setting(block.where, switch)
                yield advice(place or block.where, "sound-unheard", message, "give it one, like `breath: 3 in / 3 out`")
            elif silent and _switched_on(prepared, family):
                message = f"`{switch}` is on here, and the {family} sound is `none`"
                place = heard.places.setting(block.where, switch)
                yield advice(place or block.where, "sound-unheard", message, f"choose a sound, or leave `{switch}` out")
            elif chosen not in (None, SILENT) and not _sounds(prepared, family, block):
                message = f"this {family} sound is never heard: nothing in this block makes it sound"
                place = heard.places.setting(block.where, "sounds", family)
                yield advice(
                    place or block.where, "sound-unheard", message, f"add `{ON[family]}`, or leave the sound out"
                )


def _switched_on(prepared: ResolvedBlock, family: str) -> bool:
    """Whether the author, not the kind, wants it to sound."""
    block = prepared.block
    wanted = {"tick": block.ticks_s, "breath": block.breath_sound_s, "bell": block.bell not in (None, SILENT)}
    return bool(wanted[family])


def _sounds(prepared: ResolvedBlock, family: str, block: PlannedBlock) -> bool:
    lasts_s = block.end_s - block.start_s
    if family == "tick":
        return prepared.ticks_s(lasts_s) > 0.0
    if family == "breath":
        return prepared.breath_sound_s(lasts_s) > 0.0 and prepared.breath != NO_BREATH
    return prepared.bell != SILENT
