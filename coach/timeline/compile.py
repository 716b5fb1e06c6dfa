"""From a session to its timeline: lengths, then the step grid, then words, then everything else that sounds."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coach.blocks.registry import KINDS
from coach.blocks.wording import wording
from coach.errors import Problem, SessionError, UsageError
from coach.session.types import Session
from coach.speech import Measure
from coach.timeline.fitting import OutOfReachError
from coach.timeline.grid import StepGrid, Stretch
from coach.timeline.lengths import rooms, stretches
from coach.timeline.placing import GAP_S, Late, Line, Speaker, Stage, place
from coach.timeline.prepared import Prepared, prepare
from coach.timeline.sounding import Name, Scene, beds, bells, breaths, ticks
from coach.timeline.types import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline
from coach.units import seconds_to_text

BELL_ALONE_S = 2.5

# At equal times: what lies underneath comes first. A bed carries all; a bell opens what follows it; a breath begins
# with its first tick; words come last, as they are heard over everything.
RANK = {Bed: 0, Bell: 1, BreathSound: 2, Tick: 3, Speech: 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a listener asks: the language (None: the session's first), length, cadence, how much is said."""

    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    guidance: str = "full"


def compile_timeline(session: Session, wish: Wish, measure: Measure, bell_length: Callable[[Name], float]) -> Timeline:
    """Everything that will be heard, exact.

    Args:
        session: the session.
        wish: what differs from what the session says.
        measure: how long words take.
        bell_length: how long a bell rings, in seconds.

    Raises:
        SessionError: words do not fit, or the length or a cadence is out of reach; all such problems together.
        UsageError: the session does not speak the language.
    """
    language = _language(session, wish.language)
    session = replace(session, cadence_spm=wish.cadence_spm or session.cadence_spm)
    kinds = [KINDS[block.kind] for block in session.blocks]
    blocks = prepare(session, kinds, wording(language), wish.guidance)
    speaker = Speaker(
        language=language, values=session.values, say_as=session.say_as.get(language, {}), measure=measure
    )
    problems: list[Problem] = []
    grid = StepGrid(_stretches(session, blocks, speaker, wish.length_s, problems))
    scenes = [_scene(block, stretch) for block, stretch in zip(blocks, grid.stretches, strict=True)]
    events: list[Event] = [*_speech(blocks, speaker, grid, problems), *_sounds(scenes, grid, bell_length)]
    if problems:
        raise SessionError(problems)
    return Timeline(
        title=session.title[language],
        about=session.about[language] if session.about else "",
        language=language,
        length_s=grid.stretches[-1].end_s,
        cadence_spm=session.cadence_spm,
        blocks=tuple(_planned(block, stretch) for block, stretch in zip(blocks, grid.stretches, strict=True)),
        events=tuple(sorted(events, key=_order)),
    )


def _language(session: Session, wanted: str | None) -> str:
    if wanted is None:
        return session.languages[0]
    if wanted not in session.languages:
        spoken = " and ".join(session.languages)
        raise UsageError(f"this session is not written in '{wanted}', only in {spoken}")
    return wanted


def _order(event: Event) -> tuple[float, int, int]:
    return event.start_s, RANK[type(event)], event.where.line if isinstance(event, Speech) else 0


def _stretches(
    session: Session, blocks: Sequence[Prepared], speaker: Speaker, wished_s: float | None, problems: list[Problem]
) -> tuple[Stretch, ...]:
    """The times of all blocks; where the length is out of reach, those nearest to it, and a problem."""
    length_s = session.length_s if wished_s is None else wished_s
    spaces = rooms(blocks, speaker)
    try:
        return stretches(blocks, spaces, length_s)
    except OutOfReachError as reach:
        asked = seconds_to_text(length_s or 0.0)
        shortest, longest = seconds_to_text(math.ceil(reach.shortest_s)), seconds_to_text(math.floor(reach.longest_s))
        way_out = f"ask for a length from {shortest} to {longest}, or let more blocks be elastic, like 'lasts: 2m..6m'"
        message = (
            f"the blocks cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
        )
        problems.append(Problem(where=session.where, code="length-out-of-reach", message=message, help=way_out))
        return stretches(blocks, spaces, min(max(length_s or 0.0, reach.shortest_s), reach.longest_s))


def _scene(block: Prepared, stretch: Stretch) -> Scene:
    lasts_s = stretch.end_s - stretch.start_s
    return Scene(
        start_s=stretch.start_s,
        end_s=stretch.end_s,
        ticks_s=block.ticks_s(lasts_s),
        breath_sound_s=block.breath_sound_s(lasts_s),
        thinning=block.kind.thinning,
        bell_at=block.bell,
        **block.sounds,
    )


def _sounds(scenes: Sequence[Scene], grid: StepGrid, bell_length: Callable[[Name], float]) -> Iterator[Event]:
    yield from beds(scenes)
    for index, scene in enumerate(scenes):
        yield from bells(scene, bell_length)
        yield from breaths(scene, grid, index)
        yield from ticks(scene, grid, index)


def _speech(blocks: Sequence[Prepared], speaker: Speaker, grid: StepGrid, problems: list[Problem]) -> Iterator[Speech]:
    """The words of all blocks in order; those that find no room in their block become problems."""
    free_s = 0.0
    for index, (block, stretch) in enumerate(zip(blocks, grid.stretches, strict=True)):
        rings = block.bell in ("start", "both") and block.sounds["bell"] != "none"
        begin_s = stretch.start_s + BELL_ALONE_S if rings else stretch.start_s
        stage = Stage(start_s=stretch.start_s, end_s=stretch.end_s, grid=grid, index=index, free_s=max(free_s, begin_s))
        placing = place(block.cues(stretch.end_s - stretch.start_s), speaker, stage)
        problems += [_late_problem(late, block, stage) for late in placing.late if not _may_go(late, block)]
        free_s = max(free_s, placing.end_s + GAP_S)
        yield from (_spoken(line, index) for line in placing.lines)


def _may_go(late: Late, block: Prepared) -> bool:
    """An extra of the kind's own is left out where there is no room; an author's word never is."""
    return late.cue.level == "extra" and late.cue.where == block.block.where


def _late_problem(late: Late, block: Prepared, stage: Stage) -> Problem:
    whose = f"the {block.kind.name} block's own words" if late.cue.where == block.block.where else "these words"
    if len(set(late.cue.text.words.values())) > 1:
        whose += f" ({block.wording.language})"
    left_s = max(0.0, stage.end_s - late.start_s)
    if late.end_s == math.inf:
        return Problem(
            where=late.cue.where,
            code="wait-never-comes",
            message=f"{whose} wait for a breath or step that does not come before their block ends",
            help="make the block longer, place the cue earlier, or see that the block has a breath to wait for",
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        where=late.cue.where,
        code="words-do-not-fit",
        message=f"{whose} do not end inside their block: they need {needed}, and {left} is left",
        help="make the block longer, place the cue earlier, or say less",
    )


def _spoken(line: Line, block: int) -> Speech:
    return Speech(
        start_s=line.start_s,
        end_s=line.end_s,
        text=line.caption,
        utterance=line.utterance,
        block=block,
        where=line.cue.where,
    )


def _planned(block: Prepared, stretch: Stretch) -> PlannedBlock:
    return PlannedBlock(
        kind=block.kind.name,
        title=block.title,
        start_s=stretch.start_s,
        end_s=stretch.end_s,
        start_spm=stretch.start_spm,
        end_spm=stretch.end_spm,
        running=block.kind.running,
        where=block.block.where,
    )
