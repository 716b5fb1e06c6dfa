"""Sound scheduling: when everything is heard that is not speech, and how loud: ticks, breath sounds, bells and beds."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from coach.session.session import USUAL_LEVELS, BellPlacement, PhasedSound, SoundChoice, SoundLevels
from coach.timeline.step_grid import TINY_STEPS, Step, StepGrid
from coach.timeline.timeline import BED_FADE_S, Bed, Bell, BreathSound, Phase, Tick

FADE_S = 10.0
FADE_DB = 24.0
SHORTEST_BED_FADE_S = 0.5
FIRST_OF_PHASE_DB = -14.0
OTHER_STEPS_DB = -17.0
EVERY_SECOND_STEP_FROM = 0.35
EVERY_FOURTH_STEP_FROM = 0.7

SoundName = SoundChoice | tuple[Path, ...]

SILENT = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockSounds:
    """The sounds of one block: their names (or ``none``), and for how long they sound from its start."""

    start_s: float
    end_s: float
    tick: SoundName
    bell: SoundName
    breath: SoundName
    bed: SoundName
    bed_fade_s: float | None
    ticks_s: float
    breath_sound_s: float
    thinning: bool
    bell_at: BellPlacement
    levels: SoundLevels = USUAL_LEVELS


def place_ticks(sounds: BlockSounds, grid: StepGrid, index: int) -> Iterator[Tick]:
    """Place a tick on every step while ticks sound, the first of each breath a little louder; then fade them out."""
    if sounds.tick == SILENT or sounds.ticks_s <= 0.0:
        return
    for step in grid.iter_steps(index):
        elapsed_s = step.start_s - sounds.start_s
        if elapsed_s > sounds.ticks_s + FADE_S:
            return
        if sounds.thinning and step.number % _choose_stride(elapsed_s / sounds.ticks_s):
            continue
        is_first = step.count == 1 and step.phase != "hold"
        level_db = (FIRST_OF_PHASE_DB if is_first else OTHER_STEPS_DB) + (sounds.levels.ticks_db or 0.0)
        gain_db = level_db - FADE_DB * _measure_fade(elapsed_s, sounds.ticks_s)
        name = choose_for_phase(sounds.tick, step.phase)
        if name != SILENT:
            yield Tick(start_s=step.start_s, phase=step.phase, count=step.count, gain_db=gain_db, name=name)


def choose_for_phase(sound: SoundName, phase: Phase | None) -> str | Path:
    """Choose the sound of a phase; where there is no breath, or it is held, that of the in-breath."""
    if isinstance(sound, PhasedSound):
        return sound.exhale if phase == "out" else sound.inhale
    return sound[0] if isinstance(sound, tuple) else sound


def _choose_stride(progress: float) -> int:
    """Choose which steps still tick as ticks thin out: every one, then every second, then every fourth."""
    return 1 if progress < EVERY_SECOND_STEP_FROM else 2 if progress < EVERY_FOURTH_STEP_FROM else 4


def _measure_fade(elapsed_s: float, sounding_s: float) -> float:
    """Measure how far the fade has come: 0 before it, 1 at its end."""
    return 0.0 if math.isinf(sounding_s) else min(1.0, max(0.0, elapsed_s - sounding_s) / FADE_S)


def place_breath_sounds(sounds: BlockSounds, grid: StepGrid, index: int) -> Iterator[BreathSound]:
    """Place a sound on every breath, in or out, that is whole within the block; after some time, fade them out.

    While a breath is held, nothing sounds.
    """
    if sounds.breath == SILENT or sounds.breath_sound_s <= 0.0:
        return
    for start, end_s in _list_phases(grid, index):
        elapsed_s = start.start_s - sounds.start_s
        if start.phase is None or elapsed_s > sounds.breath_sound_s + FADE_S:
            return
        if start.phase == "hold":
            continue
        gain_db = (sounds.levels.breath_db or 0.0) - FADE_DB * _measure_fade(elapsed_s, sounds.breath_sound_s)
        name = choose_for_phase(sounds.breath, start.phase)
        if name != SILENT:
            yield BreathSound(start_s=start.start_s, end_s=end_s, phase=start.phase, name=name, gain_db=gain_db)


def _list_phases(grid: StepGrid, index: int) -> Iterator[tuple[Step, float]]:
    """List the first step of each phase of a block, and when the next phase begins."""
    segment = grid.blocks[index][-1]
    first: Step | None = None
    for step in grid.iter_steps(index):
        if step.count == 1:
            if first is not None:
                yield first, step.start_s
            first = step
    ends_whole = (segment.end_steps - segment.anchor) % (segment.breath.length or 1)
    if first is not None and min(ends_whole, segment.breath.length - ends_whole) < TINY_STEPS:
        yield first, segment.end_s


def place_bells(sounds: BlockSounds, bell_length: Callable[[str | Path], float]) -> Iterator[Bell]:
    """Place a stroke at the block's start, and one before its end, early enough to ring out within it."""
    if sounds.bell == SILENT:
        return
    name = choose_for_phase(sounds.bell, None)
    length_s, gain_db = bell_length(name), sounds.levels.bells_db or 0.0
    if sounds.bell_at in ("start", "both"):
        yield Bell(start_s=sounds.start_s, end_s=sounds.start_s + length_s, name=name, gain_db=gain_db)
    if sounds.bell_at in ("end", "both"):
        start_s = max(sounds.start_s, sounds.end_s - length_s)
        yield Bell(start_s=start_s, end_s=start_s + length_s, name=name, gain_db=gain_db)


def place_beds(block_sounds: Iterable[BlockSounds]) -> Iterator[Bed]:
    """Place the beds: one goes on for as long as neighbouring blocks have the same.

    It comes in as the first of these says, and goes as the last says, each within half of its time.
    """
    for name, group in groupby(block_sounds, key=attrgetter("bed")):
        blocks = tuple(group)
        if name != SILENT and not isinstance(name, PhasedSound):
            gain_db = blocks[0].levels.bed_db or 0.0
            bed = Bed(start_s=blocks[0].start_s, end_s=blocks[-1].end_s, name=name, gain_db=gain_db)
            fade_in_s, fade_out_s = (_find_fade_s(block, bed) for block in (blocks[0], blocks[-1]))
            yield replace(bed, fade_in_s=fade_in_s, fade_out_s=fade_out_s)


def _find_fade_s(sounds: BlockSounds, bed: Bed) -> float:
    if sounds.bed_fade_s is None:
        return BED_FADE_S
    return max(SHORTEST_BED_FADE_S, min(sounds.bed_fade_s, (bed.end_s - bed.start_s) / 2.0))
