"""Cue scheduling: each cue as words, pauses and waits, in its place or as soon after as the one before lets it."""

import heapq
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.session.inline_markup import MarkupPart, Pause, Wait, Words, fill, parse_markup, to_caption
from coach.session.session import After, AtShare, Cue, Evenly, Every, FromEnd, FromStart
from coach.timeline.step_grid import StepGrid
from coach.utterance import Measure, Utterance


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """Words without a mark in them: ``text`` for the eye, ``utterance`` for the voice."""

    text: str
    utterance: Utterance


CueScript = tuple[Caption | Pause | Wait, ...]


def build_cue_script(cue: Cue, language: str, values: Mapping[str, str], say_as: Mapping[str, str]) -> CueScript:
    """What to do, in order, to say a cue in a language. In a recorded cue only the marks before the words count."""
    parts = fill(parse_markup(cue.text[language]), values)
    if cue.clip is not None:
        utterance = Utterance(text=to_caption(parts), language=language, recording=cue.clip)
        return (*_list_leading_marks(parts), Caption(text=utterance.text, utterance=utterance))
    lines: list[Caption | Pause | Wait] = []
    for part in parts:
        if isinstance(part, Words):
            on_step = bool(lines) and lines[-1] == Wait(moment="step")
            spoken = pronounce(part.text, say_as)
            utterance = Utterance(text=spoken, language=language, counted=on_step and " " not in part.text)
            lines.append(Caption(text=part.text, utterance=utterance))
        elif isinstance(part, Pause | Wait):
            lines.append(part)
    return tuple(lines)


def _list_leading_marks(parts: tuple[MarkupPart, ...]) -> tuple[Pause | Wait, ...]:
    first = next((index for index, part in enumerate(parts) if isinstance(part, Words)), len(parts))
    return tuple(part for part in parts[:first] if isinstance(part, Pause | Wait))


def pronounce(words: str, say_as: Mapping[str, str]) -> str:
    """The words as the voice should read them: whole words on the list, whatever their case, are replaced.

    >>> pronounce("Naar Nijmegen.", {"Nijmegen": "naai-mee-gen"})
    'Naar naai-mee-gen.'
    """
    if not say_as:
        return words
    spoken = {word.casefold(): pronunciation for word, pronunciation in say_as.items()}
    longest_first = sorted(map(re.escape, say_as), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda match: spoken[match.group().casefold()], words)


GAP_S = 0.8

QUIET_BEFORE_END_S = 15.0

# At a quick cadence a count is cut off by the next, as people do who count aloud; so much of it is always heard.
SHORTEST_COUNT_S = 0.17

# Places computed along two ways differ by float error only; a thousandth of a sample decides nothing anyone hears.
TINY_S = 1e-8


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechContext:
    """How texts become speech: the language, how words are pronounced, what values stand for, how long words take."""

    language: str
    values: Mapping[str, str]
    say_as: Mapping[str, str]
    measure: Measure

    def script(self, cue: Cue) -> CueScript:
        """A cue as segments of words, pauses and waits."""
        return build_cue_script(cue, self.language, self.values, self.say_as)


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeakingBlock:
    """A block to speak in: its time, its steps (block ``index`` of the grid), and when the voice is free again.

    ``cue_end_s`` is the end that cues are placed by; it differs from ``end_s`` only where that moved on the way.
    """

    start_s: float
    end_s: float
    cue_end_s: float
    grid: StepGrid
    index: int
    free_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TimedWords:
    """One segment of words with its time; ``cue_start_s`` is when the first segment of its cue begins."""

    cue_start_s: float
    start_s: float
    end_s: float
    caption: str
    utterance: Utterance
    cue: Cue


@dataclass(frozen=True, kw_only=True, slots=True)
class LateCue:
    """A cue that does not end inside its block: where it would begin, and how long it takes from there."""

    cue: Cue
    start_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CuePlacements:
    """The cues of a block with their times, those that find no place, and when the last word has ended."""

    lines: tuple[TimedWords, ...]
    late: tuple[LateCue, ...]
    end_s: float


def place_cues(cues: Sequence[Cue], speech_context: SpeechContext, stage: SpeakingBlock) -> CuePlacements:
    """Give every cue of a block its time; none overlaps another, and `GAP_S` lies between two."""
    lines: list[TimedWords] = []
    late: list[LateCue] = []
    free_s = stage.free_s
    waiting = _CueQueue(cues, stage)
    for ideal_s, index in waiting:
        cue = cues[index]
        start_s = max(ideal_s, free_s)
        if isinstance(cue.place, Every) and start_s > stage.cue_end_s - QUIET_BEFORE_END_S + TINY_S:
            continue
        spoken, end_s = _place_words(cue, speech_context, stage, start_s)
        if end_s > stage.end_s + TINY_S:
            late.append(LateCue(cue=cue, start_s=spoken[0].start_s if spoken else start_s, end_s=end_s))
            continue
        lines += spoken
        if spoken:
            free_s = end_s + GAP_S
        waiting.ended(index, ideal_s, end_s)
    return CuePlacements(lines=tuple(lines), late=tuple(late), end_s=free_s - GAP_S)


class _CueQueue:
    """The cues still to be said, the one whose ideal time is first coming first; at equal times as written."""

    def __init__(self, cues: Sequence[Cue], stage: SpeakingBlock) -> None:
        self._cues = cues
        self._heap: list[tuple[float, int]] = []
        self._evenly = [index for index, cue in enumerate(cues) if isinstance(cue.place, Evenly)]
        for index, cue in enumerate(cues):
            if not isinstance(cue.place, After) or index == 0:
                heapq.heappush(self._heap, (self._ideal_s(index, cue, stage), index))

    def __iter__(self) -> Iterator[tuple[float, int]]:
        while self._heap:
            yield heapq.heappop(self._heap)

    def ended(self, index: int, ideal_s: float, end_s: float) -> None:
        """A cue has been placed: what follows it can now wait for its own time."""
        place = self._cues[index].place
        if isinstance(place, Every):
            heapq.heappush(self._heap, (ideal_s + place.period_s, index))
        following = self._cues[index + 1].place if index + 1 < len(self._cues) else None
        if isinstance(following, After):
            heapq.heappush(self._heap, (end_s + following.seconds, index + 1))

    def _ideal_s(self, index: int, cue: Cue, stage: SpeakingBlock) -> float:
        match cue.place:
            case FromStart(seconds=offset_s) | After(seconds=offset_s) | Every(period_s=offset_s):
                return stage.start_s + offset_s
            case FromEnd(seconds=offset_s):
                return max(stage.start_s, stage.cue_end_s - offset_s)
            case AtShare(share=share):
                return stage.start_s + share * (stage.cue_end_s - stage.start_s)
            case Evenly():
                share = self._evenly.index(index) / len(self._evenly)
                return stage.start_s + share * (stage.cue_end_s - stage.start_s)


def _place_words(
    cue: Cue, speech_context: SpeechContext, stage: SpeakingBlock, start_s: float
) -> tuple[list[TimedWords], float]:
    """The lines of one cue begun at ``start_s`` or later, and when it has ended: infinity if a wait never comes."""
    lines: list[TimedWords] = []
    now_s = start_s
    waits: list[Wait] = []
    for part in speech_context.script(cue):
        match part:
            case Pause(seconds=seconds):
                now_s += seconds
            case Wait():
                waits.append(part)
            case Caption(text=text, utterance=utterance):
                spoken = speech_context.measure(utterance)
                if utterance.counted and lines and lines[-1].utterance.counted:
                    now_s = min(now_s, lines[-1].start_s + SHORTEST_COUNT_S)
                begin_s = _find_begin_s(waits, now_s, spoken.onset_s, stage)
                now_s = begin_s + spoken.length_s
                waits = []
                if lines and lines[-1].end_s > begin_s:
                    lines[-1] = replace(lines[-1], end_s=begin_s)
                cue_start_s = lines[0].cue_start_s if lines else begin_s
                lines.append(
                    TimedWords(
                        cue_start_s=cue_start_s,
                        start_s=begin_s,
                        end_s=now_s,
                        caption=text,
                        utterance=utterance,
                        cue=cue,
                    )
                )
    return lines, now_s


def _find_begin_s(waits: Sequence[Wait], now_s: float, onset_s: float, stage: SpeakingBlock) -> float:
    """When words may begin that wait for a breath, a step or both; on a step falls their first vowel."""
    if not waits:
        return now_s
    phases = {wait.moment for wait in waits if wait.moment != "step"}
    lead_s = onset_s if any(wait.moment == "step" for wait in waits) else 0.0
    breath = stage.grid.blocks[stage.index][-1].breath
    if now_s >= stage.grid.end_s(stage.index) or (phases and not breath.steps):
        return math.inf
    for step in stage.grid.steps_in(stage.index, now_s):
        if step.start_s - lead_s >= now_s - TINY_S and (not phases or (step.count == 1 and step.phase in phases)):
            return step.start_s - lead_s
    return math.inf
