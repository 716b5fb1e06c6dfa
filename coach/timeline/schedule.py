"""The blocks of a session with their times, and what is said and sounded in them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coach.session.session import Session
from coach.timeline.cue_scheduling import GAP_S, LateCue, SpeakingBlock, SpeechContext, TimedWords, place_cues
from coach.timeline.resolved_block import ResolvedBlock
from coach.timeline.sound_events import (
    BlockSounds,
    SoundName,
    place_beds,
    place_bells,
    place_breath_sounds,
    place_ticks,
)
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline

BELL_ALONE_S = 2.5

BellLength = Callable[[SoundName], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Blocks, each with its place on the grid.

    ``fitted_ends_s`` are where they would end if no border were moved to a breath. ``cue_ends_s`` are the ends that
    cues are placed by: those of the blocks, but for one that had begun when its end moved; there, what was placed
    stays where it was.
    """

    blocks: tuple[ResolvedBlock, ...]
    grid: StepGrid
    fitted_ends_s: tuple[float, ...]
    cue_ends_s: tuple[float, ...]

    def lines(
        self, speech_context: SpeechContext, *, first: int = 0, free_s: float = 0.0
    ) -> Iterator[tuple[int, TimedWords | LateCue]]:
        """The words of the blocks from ``first`` on, in order, each with its block; and those that find no room.

        Args:
            speech_context: says how long words take.
            first: the block to begin with.
            free_s: when the voice is free again after what was said before.
        """
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            start_s, end_s = self.grid.start_s(index), self.grid.end_s(index)
            rings = block.bell in ("start", "both") and block.sounds["bell"] != "none"
            stage = SpeakingBlock(
                start_s=start_s,
                end_s=end_s,
                cue_end_s=self.cue_ends_s[index],
                grid=self.grid,
                index=index,
                free_s=max(free_s, start_s + BELL_ALONE_S * rings),
            )
            placing = place_cues(block.cues(stage.cue_end_s - start_s), speech_context, stage)
            free_s = max(free_s, placing.end_s + GAP_S)
            yield from ((index, line) for line in placing.lines)
            yield from ((index, late) for late in placing.late)

    def sounds(self, bell_length: BellLength, *, first: int = 0) -> Iterator[Event]:
        """What sounds in the blocks from ``first`` on, but for words and beds."""
        for index in range(first, len(self.blocks)):
            block = self._scene(index)
            yield from place_bells(block, bell_length)
            yield from place_breath_sounds(block, self.grid, index)
            yield from place_ticks(block, self.grid, index)

    def beds(self) -> Iterator[Bed]:
        """The beds of the whole session."""
        return place_beds([self._scene(index) for index in range(len(self.blocks))])

    def planned(self) -> tuple[PlannedBlock, ...]:
        """The blocks as a timeline shows them."""
        return tuple(self._planned(index) for index in range(len(self.blocks)))

    def _scene(self, index: int) -> BlockSounds:
        block = self.blocks[index]
        start_s, end_s = self.grid.start_s(index), self.grid.end_s(index)
        return BlockSounds(
            start_s=start_s,
            end_s=end_s,
            ticks_s=block.ticks_s(end_s - start_s),
            breath_sound_s=block.breath_sound_s(end_s - start_s),
            thinning=block.kind.thinning,
            bell_at=block.bell,
            **block.sounds,
        )

    def _planned(self, index: int) -> PlannedBlock:
        block, segments = self.blocks[index], self.grid.blocks[index]
        return PlannedBlock(
            kind=block.kind.name,
            title=block.title,
            start_s=self.grid.start_s(index),
            end_s=self.grid.end_s(index),
            start_spm=segments[0].start_spm,
            end_spm=segments[-1].end_spm,
            running=block.kind.running,
            where=block.block.where,
        )


def to_speech(line: TimedWords, block: int) -> Speech:
    """A line as an event."""
    return Speech(
        start_s=line.start_s,
        end_s=line.end_s,
        text=line.caption,
        utterance=line.utterance,
        block=block,
        where=line.cue.where,
    )


# At equal times: what lies underneath comes first. A bed carries all; a bell opens what follows it; a breath begins
# with its first tick; words come last, as they are heard over everything.
RANK = {Bed: 0, Bell: 1, BreathSound: 2, Tick: 3, Speech: 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanOptions:
    """What a listener asks: the language (None: the session's first), length, cadence, how much is said."""

    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    guidance: str = "full"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A session as it is to be run. ``session`` has the cadence of now, ``options`` the guidance of now."""

    session: Session
    options: PlanOptions
    speech_context: SpeechContext
    bell_length: BellLength
    schedule: Schedule
    timeline: Timeline


def build_plan(
    session: Session,
    options: PlanOptions,
    speech_context: SpeechContext,
    bell_length: BellLength,
    schedule: Schedule,
    events: Iterable[Event],
) -> Plan:
    """A plan of blocks and the events in them, in any order."""
    timeline = Timeline(
        title=session.title[speech_context.language],
        about=session.about[speech_context.language] if session.about else "",
        language=speech_context.language,
        length_s=schedule.grid.end_s(len(schedule.blocks) - 1),
        cadence_spm=session.cadence_spm,
        blocks=schedule.planned(),
        events=tuple(sorted(events, key=_sort_key)),
    )
    return Plan(
        session=session,
        options=options,
        speech_context=speech_context,
        bell_length=bell_length,
        schedule=schedule,
        timeline=timeline,
    )


def _sort_key(event: Event) -> tuple[float, int, int]:
    return event.start_s, RANK[type(event)], event.where.line if isinstance(event, Speech) else 0
