"""Cue scheduling: each cue as words, pauses and waits, in its place or as soon as the cue before it has ended."""

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from coach.diagnostics.problem import Location
from coach.languages.phonetic_alphabet import Phonemes, list_phonemes, match_words
from coach.session.inline_markup import MarkupPart, Pause, Wait, Words, fill, parse_markup, to_caption
from coach.session.session import After, AtShare, Cue, Evenly, Every, FromEnd, FromStart
from coach.text.sanitize import compose
from coach.timeline.run_values import NO_FACTS, RunFacts, fill_run_values, tells_of_run
from coach.timeline.step_grid import StepGrid
from coach.utterance import Measure, Utterance


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """Words without a mark in them: ``text`` is shown, ``utterance`` is spoken."""

    text: str
    utterance: Utterance


CueScript = tuple[Caption | Pause | Wait, ...]


def build_cue_script(
    cue: Cue,
    language: str,
    values: Mapping[str, str],
    say_as: Mapping[str, str],
    facts: RunFacts = NO_FACTS,
    at_s: float = 0.0,
) -> CueScript:
    """Build the words, pauses and waits of a cue that is said at a time of the run.

    In a recorded cue only the marks before the words count.
    """
    parts = fill(fill_run_values(parse_markup(cue.text[language]), values, facts, at_s, language), values)
    if cue.clip is not None:
        utterance = Utterance(text=to_caption(parts), language=language, recording=cue.clip)
        return (*_list_leading_marks(parts), Caption(text=utterance.text, utterance=utterance))
    script: list[Caption | Pause | Wait] = []
    for part in parts:
        if isinstance(part, Words):
            on_step = bool(script) and script[-1] == Wait(moment="step")
            spoken = pronounce(part.text, say_as)
            utterance = Utterance(
                text=spoken,
                language=language,
                counted=on_step and " " not in part.text,
                phonemes=list_phonemes(spoken, say_as),
            )
            script.append(Caption(text=part.text, utterance=utterance))
        elif isinstance(part, Pause | Wait):
            script.append(part)
    return tuple(script)


def _list_leading_marks(parts: tuple[MarkupPart, ...]) -> tuple[Pause | Wait, ...]:
    first = next((index for index, part in enumerate(parts) if isinstance(part, Words)), len(parts))
    return tuple(part for part in parts[:first] if isinstance(part, Pause | Wait))


def pronounce(words: str, say_as: Mapping[str, str]) -> str:
    """Respell words as the voice should read them: whole words in ``say_as`` are replaced, whatever their case.

    Those whose sounds are given in phonemes stay. Letters with accents are the same, whether composed or not.

    >>> pronounce("Naar Nijmegen.", {"Nijmegen": "naai-mee-gen"})
    'Naar naai-mee-gen.'
    """
    if not say_as:
        return words
    respelled = {
        compose(word).casefold(): pronunciation
        for word, pronunciation in say_as.items()
        if not isinstance(pronunciation, Phonemes)
    }
    return match_words(say_as).sub(lambda match: respelled.get(match[0].casefold(), match[0]), compose(words))


GAP_S = 0.8
QUIET_BEFORE_END_S = 15.0

# Where words do not all fit at their places, they begin sooner: after this share of their time from the block's start.
SOONER_SHARES = (0.75, 0.5, 0.25, 0.0)

# Voices take up to a tenth less than expected: a block has room for its words if it has room for this share of them.
LEAST_SHARE = 0.9

# Words that would end after their block begin sooner by at most this share of their length: a voice may be slow.
MOST_SOONER_SHARE = 0.4

# At a quick cadence the next count cuts a count off, as people do who count aloud; this much of it is always heard.
SHORTEST_COUNT_S = 0.17

# Times computed in two ways differ by a float error; this tolerance, under a thousandth of a sample, is inaudible.
TINY_S = 1e-8


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechContext:
    """How texts become speech: the language, the values, how words are pronounced, and how long they take.

    ``expect`` gives how long words take with any voice, by which it is decided whether they fit; None is ``measure``.
    ``whole_s`` is how long the whole is asked to last.
    ``scripts`` are those built so far, by the text and the recording of a cue: one is placed many times.
    """

    language: str
    values: Mapping[str, str]
    say_as: Mapping[str, str]
    measure: Measure
    expect: Measure | None = None
    whole_s: float | None = None
    scripts: dict[tuple[str, Path | None], CueScript] = field(default_factory=dict, compare=False, repr=False)

    @property
    def most_sooner_share(self) -> float:
        """By which share of their length words begin sooner at most, where they would end after their block."""
        return MOST_SOONER_SHARE if self.expect else 1.0 - LEAST_SHARE

    def build_script(self, cue: Cue, facts: RunFacts, at_s: float) -> CueScript:
        """Build the words, pauses and waits of a cue that is said at this time."""
        words = cue.text[self.language]
        if "{" in words and tells_of_run(parse_markup(words), self.values):
            return build_cue_script(cue, self.language, self.values, self.say_as, facts, at_s)
        if (words, cue.clip) not in self.scripts:
            self.scripts[words, cue.clip] = build_cue_script(cue, self.language, self.values, self.say_as)
        return self.scripts[words, cue.clip]

    def tells_time(self, cue: Cue) -> bool:
        """Return whether the words of a cue depend on the moment they are said."""
        words = cue.text[self.language]
        return "{" in words and tells_of_run(parse_markup(words), self.values, ("left", "elapsed"))


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeakingBlock:
    """A block to speak in: its times, its steps (block ``index`` of the grid), and when the voice is free.

    ``cue_end_s`` is the end by which cues are placed; it differs from ``end_s`` only where that moved during the run.
    ``location`` is the block's, by which the words of its kind are known from the author's. ``facts`` are what its
    words can tell.
    """

    start_s: float
    end_s: float
    cue_end_s: float
    grid: StepGrid
    index: int
    free_s: float
    location: Location | None = None
    facts: RunFacts = NO_FACTS

    def is_own(self, cue: Cue) -> bool:
        """Whether a cue comes from the block's kind, not from the author."""
        return cue.location == self.location

    def is_optional(self, cue: Cue) -> bool:
        """Whether a cue is left out where it does not fit: an extra of the kind's own is, an author's never is."""
        return self.is_own(cue) and cue.level == "extra"


@dataclass(frozen=True, kw_only=True, slots=True)
class TimedWords:
    """One stretch of words with its times; ``cue_start_s`` is when the first words of its cue begin."""

    cue_start_s: float
    start_s: float
    end_s: float
    caption: str
    utterance: Utterance
    cue: Cue


@dataclass(frozen=True, kw_only=True, slots=True)
class LateCue:
    """A cue that does not end inside its block: when it would begin and end."""

    cue: Cue
    start_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CuePlacements:
    """The words of a block with their times, the cues that do not fit, and when the last word has ended."""

    words: tuple[TimedWords, ...]
    late: tuple[LateCue, ...]
    end_s: float


def place_cues(cues: Sequence[Cue], speech_context: SpeechContext, block: SpeakingBlock) -> CuePlacements:
    """Place every cue of a block in time; none overlaps another, and at least `GAP_S` lies between two.

    Where words would not end inside the block, cues without a place of the author's begin sooner, evenly, and the
    others a little; the kind's extra cues are then left out.
    """
    asked = place_cues_as_asked(cues, speech_context, block)
    if not any(math.isfinite(late.end_s) and not block.is_optional(late.cue) for late in asked.late):
        return asked
    needed = [cue for cue in cues if not block.is_optional(cue)]
    placements = (_place_by_share(needed, speech_context, block, share) for share in SOONER_SHARES)
    return next((each for each in placements if not each.late), asked)


def place_cues_as_asked(cues: Sequence[Cue], speech_context: SpeechContext, block: SpeakingBlock) -> CuePlacements:
    """Place every cue of a block where it was asked for, or as soon after it as the words before it have ended."""
    return _place_by_share(cues, speech_context, block, 1.0)


def place_cues_soonest(cues: Sequence[Cue], speech_context: SpeechContext, block: SpeakingBlock) -> CuePlacements:
    """Place the cues of a block that must be said, those without a place of the author's as soon as they can be."""
    return _place_by_share([cue for cue in cues if not block.is_optional(cue)], speech_context, block, 0.0)


def _place_by_share(
    cues: Sequence[Cue], speech_context: SpeechContext, block: SpeakingBlock, share: float
) -> CuePlacements:
    """Place the cues, movable ones after a share of their time from the block's start."""
    words: list[TimedWords] = []
    late: list[LateCue] = []
    free_s = block.free_s
    queue = _CueQueue(cues, block)
    for ideal_s, index in queue:
        cue = cues[index]
        start_s = max(_move_sooner(cue, ideal_s, share, block), free_s)
        if isinstance(cue.place, Every) and start_s > block.cue_end_s - QUIET_BEFORE_END_S + TINY_S:
            continue
        cue_words, end_s = _place_words(cue, speech_context, block, start_s)
        if share < 1.0 and end_s > block.end_s + TINY_S:
            sooner_s = start_s - min(speech_context.most_sooner_share * (end_s - start_s), end_s - block.end_s)
            sooner_s = max(sooner_s, free_s, block.start_s)
            cue_words, end_s = _place_words(cue, speech_context, block, sooner_s)
        if end_s > block.cue_end_s + TINY_S and queue.is_repeated(index):
            continue
        if end_s > block.end_s + TINY_S:
            late.append(LateCue(cue=cue, start_s=cue_words[0].start_s if cue_words else start_s, end_s=end_s))
            continue
        words += cue_words
        if cue_words:
            free_s = end_s + GAP_S
        queue.release(index, ideal_s, end_s)
    return CuePlacements(words=tuple(words), late=tuple(late), end_s=free_s - GAP_S)


def _move_sooner(cue: Cue, ideal_s: float, share: float, block: SpeakingBlock) -> float:
    """Move the ideal time of a cue to a share of its time from the block's start, if the author gave it no place."""
    is_movable = isinstance(cue.place, Evenly) or (block.is_own(cue) and not isinstance(cue.place, After))
    return block.start_s + share * (ideal_s - block.start_s) if is_movable and share < 1.0 else ideal_s


class _CueQueue:
    """A priority queue of the cues still to be placed: by ideal time, and at equal times in written order."""

    def __init__(self, cues: Sequence[Cue], block: SpeakingBlock) -> None:
        self._cues = cues
        self._heap: list[tuple[float, int]] = []
        self._evenly = [index for index, cue in enumerate(cues) if isinstance(cue.place, Evenly)]
        for index, cue in enumerate(cues):
            if not isinstance(cue.place, After) or index == 0:
                heapq.heappush(self._heap, (self._find_ideal_s(index, cue, block), index))

    def __iter__(self) -> Iterator[tuple[float, int]]:
        while self._heap:
            yield heapq.heappop(self._heap)

    def release(self, index: int, ideal_s: float, end_s: float) -> None:
        """Queue what had to wait until this cue was placed: its next repetition, and a cue placed after it."""
        place = self._cues[index].place
        if isinstance(place, Every):
            heapq.heappush(self._heap, (ideal_s + place.period_s, index))
        following = self._cues[index + 1].place if index + 1 < len(self._cues) else None
        if isinstance(following, After):
            heapq.heappush(self._heap, (end_s + following.seconds, index + 1))

    def is_repeated(self, index: int) -> bool:
        """Whether a cue is said again and again: one with a period, or one that follows it."""
        while index and isinstance(self._cues[index].place, After):
            index -= 1
        return isinstance(self._cues[index].place, Every)

    def _find_ideal_s(self, index: int, cue: Cue, block: SpeakingBlock) -> float:
        match cue.place:
            case FromStart(seconds=offset_s) | After(seconds=offset_s) | Every(period_s=offset_s):
                return block.start_s + offset_s
            case FromEnd(seconds=offset_s):
                return max(block.start_s, block.cue_end_s - offset_s)
            case AtShare(share=share):
                return block.start_s + share * (block.cue_end_s - block.start_s)
            case Evenly():
                share = self._evenly.index(index) / len(self._evenly)
                return block.start_s + share * (block.cue_end_s - block.start_s)


def _place_words(
    cue: Cue, speech_context: SpeechContext, block: SpeakingBlock, start_s: float
) -> tuple[list[TimedWords], float]:
    """Place the words of one cue from ``start_s`` on; also give when it has ended: infinity if a wait never ends."""
    words: list[TimedWords] = []
    now_s = start_s
    waits: list[Wait] = []
    is_timed = speech_context.tells_time(cue)
    for index, part in enumerate(speech_context.build_script(cue, block.facts, start_s)):
        match part:
            case Pause(seconds=seconds):
                now_s += seconds
            case Wait():
                waits.append(part)
            case Caption(utterance=utterance):
                if utterance.counted and words and words[-1].utterance.counted:
                    now_s = min(now_s, words[-1].start_s + SHORTEST_COUNT_S)
                say = partial(_say, cue, index, speech_context, block) if is_timed else None
                begin_s, said, length_s = _begin_words(part, say, waits, now_s, speech_context.measure, block)
                now_s = begin_s + length_s
                waits = []
                if words and words[-1].end_s > begin_s:
                    words[-1] = replace(words[-1], end_s=begin_s)
                cue_start_s = words[0].cue_start_s if words else begin_s
                words.append(
                    TimedWords(
                        cue_start_s=cue_start_s,
                        start_s=begin_s,
                        end_s=now_s,
                        caption=said.text,
                        utterance=said.utterance,
                        cue=cue,
                    )
                )
    return words, now_s


def _say(cue: Cue, index: int, speech_context: SpeechContext, block: SpeakingBlock, at_s: float) -> Caption:
    """Write one part of a cue, its words, as they are at a time."""
    said = speech_context.build_script(cue, block.facts, at_s)[index]
    assert isinstance(said, Caption)  # noqa: S101 - which parts a cue has does not depend on the time
    return said


def _begin_words(
    said: Caption,
    say: Callable[[float], Caption] | None,
    waits: Sequence[Wait],
    now_s: float,
    measure: Measure,
    block: SpeakingBlock,
) -> tuple[float, Caption, float]:
    """Find when words that wait for a breath, a step or both may begin, what they are then, and how long they take.

    The first vowel of words that wait for a step falls on it. ``say`` writes words that tell the time, for the moment
    they begin or for that step; None leaves them as they are.
    """
    said = say(now_s) if say else said
    duration = measure(said.utterance)
    if not waits:
        return now_s, said, duration.length_s
    phases = {wait.moment for wait in waits if wait.moment != "step"}
    on_step = any(wait.moment == "step" for wait in waits)
    breath = block.grid.blocks[block.index][-1].breath
    if now_s >= block.grid.ends_s[block.index] or (phases and not breath.length):
        return math.inf, said, duration.length_s
    lead_s = duration.onset_s if on_step else 0.0
    for step in block.grid.iter_steps(block.index, now_s - TINY_S if say else now_s + lead_s - TINY_S, phases):
        if say:
            said = say(step.start_s)
            duration = measure(said.utterance)
            lead_s = duration.onset_s if on_step else 0.0
        if step.start_s - lead_s >= now_s - TINY_S:
            return step.start_s - lead_s, said, duration.length_s
    return math.inf, said, duration.length_s
