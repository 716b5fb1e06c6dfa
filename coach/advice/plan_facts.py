"""Facts of a plan that the rules share: what is said, when it is quiet, and where that stands."""

import bisect
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from coach.diagnostics.problem import Location
from coach.session.inline_markup import RUN_VALUES, Words, fill, parse_markup
from coach.session.session import Cue, Text
from coach.session.source_map import SourceLocator
from coach.timeline.cue_scheduling import LateCue, TimedWords
from coach.timeline.schedule import Plan
from coach.timeline.timeline import BreathSound, PlannedBlock, Tick
from coach.units import seconds_to_text

# A shorter file is an excerpt being tried out, not a session: the shortest shipped session lasts five minutes.
SHORTEST_SESSION_S = 300.0

# From here on it is a run of its own, with a beginning and an end; the shortest in practice is twenty minutes.
SHORTEST_RUN_S = 600.0


LENIENCY = 1.07


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenCue:
    """A cue as it is spoken: its block, and the start and end of each stretch of words between its marks."""

    cue: Cue
    block: int
    stretches_s: tuple[tuple[float, float], ...]
    counted: bool

    @property
    def start_s(self) -> float:
        """The time at which its first word begins."""
        return self.stretches_s[0][0]

    @property
    def end_s(self) -> float:
        """The time at which its last word has ended."""
        return self.stretches_s[-1][1]

    @property
    def talk_s(self) -> float:
        """The time for which words are spoken, without the pauses."""
        return sum(end_s - start_s for start_s, end_s in self.stretches_s)

    @property
    def location(self) -> Location:
        """The location of its text; the block's for the words of its kind."""
        return self.cue.location


class PlanFacts:
    """The facts of one plan, in one language; ``places`` finds exact places in the files."""

    def __init__(self, plan: Plan, places: SourceLocator) -> None:
        self.plan = plan
        self.session = plan.session
        self.timeline = plan.timeline
        self.blocks = plan.timeline.blocks
        self.length_s = plan.timeline.length_s
        self.language = plan.timeline.language
        self.places = places

    @property
    def in_language(self) -> str:
        """The language, as in ' (nl)', if there are several; else nothing."""
        return f" ({self.language})" if len(self.session.languages) > 1 else ""

    @cached_property
    def authored_words(self) -> tuple[tuple[Text, str], ...]:
        """The author's texts, each with its words alone, values filled in; those of the run are in words."""
        values = {**dict(zip(RUN_VALUES, RUN_VALUES, strict=True)), **self.session.values}
        cues = (cue for block in self.session.blocks for cue in (*(block.say or ()), *block.say_also))
        texts = [cue.text for cue in cues if self.language in cue.text.words and cue.clip is None]
        filled = (fill(parse_markup(text[self.language]), values) for text in texts)
        said = (" ".join(part.text for part in parts if isinstance(part, Words)) for parts in filled)
        return tuple(zip(texts, said, strict=True))

    @cached_property
    def spoken_cues(self) -> tuple[SpokenCue, ...]:
        """All cues, in the order in which they are spoken."""
        lines = (
            (index, line)
            for index, line in self.plan.schedule.place_words(self.plan.speech_context)
            if not isinstance(line, LateCue)
        )
        cues = itertools.groupby(lines, key=lambda each: (each[0], each[1].cue_start_s))
        return tuple(_to_spoken_cue(block, [line for _, line in parts]) for (block, _), parts in cues)

    @cached_property
    def ticks_s(self) -> tuple[float, ...]:
        """The times of all ticks."""
        return tuple(event.start_s for event in self.timeline.events if isinstance(event, Tick))

    @cached_property
    def _breaths_s(self) -> tuple[float, ...]:
        return tuple(event.start_s for event in self.timeline.events if isinstance(event, BreathSound))

    @property
    def files(self) -> tuple[str, ...]:
        """The session's file, and those of the blocks it uses."""
        return tuple(
            dict.fromkeys([self.session.location.file, *(block.location.file for block in self.session.blocks)])
        )

    @property
    def is_run(self) -> bool:
        """Whether it lasts long enough to be a run of its own."""
        return self.length_s >= SHORTEST_RUN_S

    @property
    def is_fitted(self) -> bool:
        """Whether a listener chose its length, or its author allows more lengths than it is made for."""
        return self.plan.options.length_s is not None or any(block.may_last for block in self.session.blocks)

    @property
    def leniency(self) -> float:
        """By what factor it may exceed a limit: a little where it is fitted to a length."""
        return LENIENCY if self.is_fitted else 1.0

    def is_authored(self, said: SpokenCue) -> bool:
        """Return whether a cue is the author's, not its kind's."""
        return said.location != self.blocks[said.block].location

    @cached_property
    def words_s(self) -> tuple[tuple[float, float], ...]:
        """The start and end of each stretch of words; a pause inside a cue is not part of one."""
        return tuple(stretch_s for each in self.spoken_cues for stretch_s in each.stretches_s)

    def has_no_ticks(self, block: PlannedBlock) -> bool:
        """Return whether nothing ticks in a block."""
        return _has_none(block, self.ticks_s)

    def has_no_breaths(self, block: PlannedBlock) -> bool:
        """Return whether no breath sounds in a block."""
        return _has_none(block, self._breaths_s)


# A block ends on a breath, a second or so from where it was planned: what an author wrote as 45s is then 44.1 s.
ROUND_FROM_S = 20.0
ROUND_TO_S = 5

# People walk at 100 to 115 steps a minute and run at 150 or more, however slowly; hardly anyone is in between.
RUNNING_FROM_SPM = 130.0


def _to_spoken_cue(block: int, lines: list[TimedWords]) -> SpokenCue:
    return SpokenCue(
        cue=lines[0].cue,
        block=block,
        stretches_s=tuple((line.start_s, line.end_s) for line in lines),
        counted=any(line.utterance.counted for line in lines),
    )


def _has_none(block: PlannedBlock, times_s: tuple[float, ...]) -> bool:
    first = bisect.bisect_left(times_s, block.start_s)
    return first == len(times_s) or times_s[first] >= block.end_s


def find_longest_s(stretches: Iterable[tuple[float, float]]) -> float:
    """Find how long the longest of these stretches lasts; 0 if there are none."""
    return max((end_s - start_s for start_s, end_s in stretches), default=0.0)


def find_gaps(busy: Iterable[tuple[float, float]], from_s: float, to_s: float) -> Iterator[tuple[float, float]]:
    """Find the gaps in a time between stretches that are ``busy`` (starts and ends, in order of start)."""
    free_s = from_s
    for start_s, end_s in busy:
        if start_s > free_s:
            yield free_s, min(start_s, to_s)
        free_s = max(free_s, end_s)
        if free_s >= to_s:
            return
    yield free_s, to_s


def format_roughly(seconds: float) -> str:
    """Format a time about as its author wrote it: rounded to five seconds, or to one if it is short."""
    step_s = ROUND_TO_S if seconds >= ROUND_FROM_S else 1
    return seconds_to_text(step_s * round(seconds / step_s))


def is_running(spm: float) -> bool:
    """Return whether a cadence is one of running."""
    return spm >= RUNNING_FROM_SPM
