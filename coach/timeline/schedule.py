"""Schedule of a session: its blocks with their times, and the words and sounds in them; the plan made of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coach.session.session import USUAL_LEVELS, Cue, Session, SoundLevels
from coach.timeline.abridgement import Abridgement, abridge
from coach.timeline.block_settings_and_guidance import ResolvedBlock
from coach.timeline.cue_scheduling import GAP_S, LateCue, SpeakingBlock, SpeechContext, TimedWords, place_cues
from coach.timeline.run_values import RunFacts
from coach.timeline.sound_scheduling import (
    BlockSounds,
    place_beds,
    place_bells,
    place_breath_sounds,
    place_ticks,
)
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline

BellLength = Callable[[str | Path], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Blocks, each with its place on the step grid.

    ``fitted_ends_s`` are where they would end if no border were moved to a breath. ``cue_ends_s`` are the ends by
    which cues are placed: those of the blocks, except that a block whose end moved after it had begun keeps its old
    end, so that its cues stay where they were. ``abridged`` are the cues of the blocks, by index, with too little room
    for all of their kind's.
    """

    blocks: tuple[ResolvedBlock, ...]
    grid: StepGrid
    fitted_ends_s: tuple[float, ...]
    cue_ends_s: tuple[float, ...]
    abridged: Mapping[int, Abridgement] = field(default_factory=dict)

    def list_cues(self, index: int) -> tuple[Cue, ...]:
        """List what is said in a block."""
        if index in self.abridged:
            return self.abridged[index].cues
        return self.blocks[index].make_cues(self.cue_ends_s[index] - self.grid.starts_s[index])

    def get_spoken_block(self, index: int) -> ResolvedBlock:
        """Return a block with the words for which there must be room: where they are abridged, those of its author."""
        return self.blocks[index].authored if index in self.abridged else self.blocks[index]

    def abridge(self, indices: Iterable[int], speech_context: SpeechContext) -> "Schedule":
        """Abridge the words of the kinds in these blocks, by how long these words take."""
        abridged = dict(self.abridged)
        for index in indices:
            block, speaking = self.blocks[index], self._make_speaking(index, self.grid.starts_s[index] + GAP_S)
            cues = block.make_cues(speaking.cue_end_s - speaking.start_s)
            abridged[index] = abridge(cues, block.kind, speech_context, speaking)
        return replace(self, abridged=abridged)

    def place_words(
        self, speech_context: SpeechContext, *, first: int = 0, free_s: float = 0.0
    ) -> Iterator[tuple[int, TimedWords | LateCue]]:
        """Place the words of the blocks from ``first`` on, in order, each with its block's index; or as a late cue.

        ``free_s`` is when the voice is free after what was said before.
        """
        for index in range(first, len(self.blocks)):
            speaking = self._make_speaking(index, free_s)
            placements = place_cues(self.list_cues(index), speech_context, speaking)
            free_s = max(free_s, placements.end_s + GAP_S)
            yield from ((index, words) for words in placements.words)
            yield from ((index, late) for late in placements.late)

    def _make_speaking(self, index: int, free_s: float) -> SpeakingBlock:
        block, start_s = self.blocks[index], self.grid.starts_s[index]
        return SpeakingBlock(
            start_s=start_s,
            end_s=self.grid.ends_s[index],
            cue_end_s=self.cue_ends_s[index],
            grid=self.grid,
            index=index,
            free_s=max(free_s, start_s + block.bell_alone_s),
            location=block.block.location,
            facts=self.find_facts(index),
        )

    def find_facts(self, index: int) -> RunFacts:
        """Find what the words of a block can tell of the run."""
        start_s, end_s = self.grid.starts_s[index], self.grid.ends_s[index]
        return replace(self.blocks[index].facts, start_s=start_s, end_s=end_s, whole_s=self.grid.ends_s[-1])

    def place_sounds(self, bell_length: BellLength, *, first: int = 0) -> Iterator[Event]:
        """Place the bells, breath sounds and ticks of the blocks from ``first`` on."""
        for index in range(first, len(self.blocks)):
            sounds = self._resolve_sounds(index)
            yield from place_bells(sounds, bell_length)
            yield from place_breath_sounds(sounds, self.grid, index)
            yield from place_ticks(sounds, self.grid, index)

    def place_beds(self) -> Iterator[Bed]:
        """Place the beds of the whole session."""
        return place_beds([self._resolve_sounds(index) for index in range(len(self.blocks))])

    def plan_blocks(self) -> tuple[PlannedBlock, ...]:
        """Describe the blocks as they stand in a timeline."""
        return tuple(self._plan_block(index) for index in range(len(self.blocks)))

    def _resolve_sounds(self, index: int) -> BlockSounds:
        block = self.blocks[index]
        start_s, end_s = self.grid.starts_s[index], self.grid.ends_s[index]
        return BlockSounds(
            start_s=start_s,
            end_s=end_s,
            ticks_s=block.resolve_ticks_s(end_s - start_s),
            breath_sound_s=block.resolve_breath_sound_s(end_s - start_s),
            thinning=block.kind.thinning,
            bell_at=block.bell,
            levels=block.sound_levels,
            bed_fade_s=block.bed_fade_s,
            **block.sounds,
        )

    def _plan_block(self, index: int) -> PlannedBlock:
        block, segments, abridged = self.blocks[index], self.grid.blocks[index], self.abridged.get(index)
        return PlannedBlock(
            kind=block.kind.name,
            title=block.title,
            start_s=self.grid.starts_s[index],
            end_s=self.grid.ends_s[index],
            start_spm=segments[0].start_spm,
            end_spm=segments[-1].end_spm,
            running=block.kind.running,
            location=block.block.location,
            left_out=abridged.left_out if abridged else (),
            shortened=abridged.shortened if abridged else (),
        )


def to_speech(words: TimedWords, block: int) -> Speech:
    """Convert words to the event in which they are spoken."""
    return Speech(
        start_s=words.start_s,
        end_s=words.end_s,
        text=words.caption,
        utterance=words.utterance,
        block=block,
        location=words.cue.location,
    )


# The order of events at equal times: a bed, which lies under everything; a bell, which opens what follows it; a breath
# sound, which begins with its first tick; the tick; and words, which are heard over everything.
RANK = {Bed: 0, Bell: 1, BreathSound: 2, Tick: 3, Speech: 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanOptions:
    """What a listener asks for: the language (None: the session's first), length, cadence, how much is said, levels."""

    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    guidance: str = "full"
    levels: SoundLevels = USUAL_LEVELS


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A session as it is to be run. ``session`` has the current cadence, ``options`` the current guidance.

    ``lengthened`` are the blocks, by index, that last a little longer than their author said, as their words need it,
    and how long that is.
    """

    session: Session
    options: PlanOptions
    speech_context: SpeechContext
    bell_length: BellLength
    schedule: Schedule
    timeline: Timeline
    lengthened: Mapping[int, float] = field(default_factory=dict)


def build_plan(
    session: Session,
    options: PlanOptions,
    speech_context: SpeechContext,
    bell_length: BellLength,
    schedule: Schedule,
    events: Iterable[Event],
) -> Plan:
    """Build the plan of a schedule and its events, which may come in any order."""
    timeline = Timeline(
        title=session.title[speech_context.language],
        about=session.about[speech_context.language] if session.about else "",
        language=speech_context.language,
        length_s=schedule.grid.ends_s[-1],
        cadence_spm=session.cadence_spm,
        blocks=schedule.plan_blocks(),
        events=tuple(sorted((_set_voice_level(event, session.levels) for event in events), key=_make_sort_key)),
        author=session.author.get(speech_context.language, ""),
        album=session.album.get(speech_context.language, ""),
        track=session.track,
        year=session.year,
    )
    return Plan(
        session=session,
        options=options,
        speech_context=speech_context,
        bell_length=bell_length,
        schedule=schedule,
        timeline=timeline,
    )


def _set_voice_level(event: Event, levels: SoundLevels) -> Event:
    return replace(event, gain_db=levels.voice_db) if isinstance(event, Speech) and levels.voice_db else event


def _make_sort_key(event: Event) -> tuple[float, int, int]:
    return event.start_s, RANK[type(event)], event.location.line if isinstance(event, Speech) else 0
