"""A plan as a runner hears it: what is said, and when it is quiet."""

import bisect
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from coach.advice.source_locator import SourceLocator
from coach.diagnostics.problem import Fix, Location, Problem
from coach.session.session import Cue
from coach.timeline.cue_scheduling import Late, TimedWords
from coach.timeline.schedule import Plan
from coach.timeline.timeline import BreathSound, PlannedBlock, Tick
from coach.units import seconds_to_text

# Below this a file is a stretch being tried out, above it a run: the shortest shipped session lasts five minutes.
SHORTEST_SESSION_S = 300.0

# From here on it is a run of its own, with a beginning and an end; the practice's shortest is twenty minutes.
SHORTEST_RUN_S = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenCue:
    """One cue as it is said: in which block, and the start and end of each stretch of words between its marks."""

    cue: Cue
    block: int
    stretches_s: tuple[tuple[float, float], ...]
    counted: bool

    @property
    def start_s(self) -> float:
        """When its first word begins."""
        return self.stretches_s[0][0]

    @property
    def end_s(self) -> float:
        """When its last word has ended."""
        return self.stretches_s[-1][1]

    @property
    def talk_s(self) -> float:
        """How long it is words, its pauses not counted."""
        return sum(end_s - start_s for start_s, end_s in self.stretches_s)

    @property
    def where(self) -> Location:
        """Where its text stands; the block's place for a kind's own words."""
        return self.cue.where


class PlanFacts:
    """One plan, in one language, with what several rules ask of it.

    Args:
        plan: the plan.
        places: finds exact places in the files, for those who have something to say there.
    """

    def __init__(self, plan: Plan, places: SourceLocator) -> None:
        self.plan = plan
        self.session = plan.session
        self.timeline = plan.timeline
        self.blocks = plan.timeline.blocks
        self.length_s = plan.timeline.length_s
        self.language = plan.timeline.language
        self.places = places

    @property
    def tongue(self) -> str:
        """Which language is meant, as in ' (nl)', where there are several."""
        return f" ({self.language})" if len(self.session.languages) > 1 else ""

    @cached_property
    def said(self) -> tuple[SpokenCue, ...]:
        """All cues, in the order in which they are said."""
        lines = (
            (index, line) for index, line in self.plan.score.lines(self.plan.speaker) if not isinstance(line, Late)
        )
        cues = itertools.groupby(lines, key=lambda each: (each[0], each[1].begun_s))
        return tuple(_said(block, [line for _, line in parts]) for (block, _), parts in cues)

    @cached_property
    def ticks_s(self) -> tuple[float, ...]:
        """When it ticks."""
        return tuple(event.start_s for event in self.timeline.events if isinstance(event, Tick))

    @cached_property
    def _breaths_s(self) -> tuple[float, ...]:
        return tuple(event.start_s for event in self.timeline.events if isinstance(event, BreathSound))

    @property
    def files(self) -> tuple[str, ...]:
        """The session's file, and those of the blocks it uses."""
        return tuple(dict.fromkeys([self.session.where.file, *(block.where.file for block in self.session.blocks)]))

    @property
    def is_run(self) -> bool:
        """Whether it lasts long enough to be a run of its own."""
        return self.length_s >= SHORTEST_RUN_S

    def own_words(self, said: SpokenCue) -> bool:
        """Whether a cue is the author's, not the kind's."""
        return said.where != self.blocks[said.block].where

    @cached_property
    def words_s(self) -> tuple[tuple[float, float], ...]:
        """When each stretch of words starts and ends; a pause inside a cue is none."""
        return tuple(stretch_s for each in self.said for stretch_s in each.stretches_s)

    def tickless(self, block: PlannedBlock) -> bool:
        """Whether nothing ticks in a block."""
        return _none_in(block, self.ticks_s)

    def breathless(self, block: PlannedBlock) -> bool:
        """Whether no breath sounds in a block."""
        return _none_in(block, self._breaths_s)


def _said(block: int, lines: list[TimedWords]) -> SpokenCue:
    return SpokenCue(
        cue=lines[0].cue,
        block=block,
        stretches_s=tuple((line.start_s, line.end_s) for line in lines),
        counted=any(line.utterance.counted for line in lines),
    )


def _none_in(block: PlannedBlock, times_s: tuple[float, ...]) -> bool:
    first = bisect.bisect_left(times_s, block.start_s)
    return first == len(times_s) or times_s[first] >= block.end_s


def longest_s(stretches: Iterable[tuple[float, float]]) -> float:
    """How long the longest of these stretches lasts; 0 if there are none."""
    return max((end_s - start_s for start_s, end_s in stretches), default=0.0)


def between(busy: Iterable[tuple[float, float]], from_s: float, to_s: float) -> Iterator[tuple[float, float]]:
    """The stretches of a time that nothing of what is ``busy`` (starts and ends, in order of start) takes."""
    free_s = from_s
    for start_s, end_s in busy:
        if start_s > free_s:
            yield free_s, min(start_s, to_s)
        free_s = max(free_s, end_s)
        if free_s >= to_s:
            return
    yield free_s, to_s


# A border between blocks moves by a second or so to a breath, and what an author wrote as 45s is then 44.1 s.
ROUND_FROM_S = 20.0

ROUND_TO_S = 5


def advice(where: Location, code: str, message: str, help: str, fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    """A piece of advice."""
    return Problem(where=where, code=code, message=message, help=help, fix=fix)


def lasting(seconds: float) -> str:
    """A time as its author wrote it, give or take a breath: to five seconds, or to one if it is short."""
    step_s = ROUND_TO_S if seconds >= ROUND_FROM_S else 1
    return seconds_to_text(step_s * round(seconds / step_s))


# People walk at 100 to 115 steps a minute and run at 150 or more, however slowly; between lies hardly anyone.
RUNNING_FROM_SPM = 130.0


def is_running(spm: float) -> bool:
    """Whether so many steps a minute are a run."""
    return spm >= RUNNING_FROM_SPM
