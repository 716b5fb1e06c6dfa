"""Abridgement: a kind's own words for a block with too little room for all: fewer, shorter, and with quiet between."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.blocks.kind import PART, Kind, pause_for_breath
from coach.session.session import EVENLY, After, Cue, FromStart, Text
from coach.timeline.cue_scheduling import (
    Caption,
    CuePlacements,
    SpeakingBlock,
    SpeechContext,
    place_cues,
)

# Words that are abridged take at most this share of a block that is shorter than a minute, or longer; between, the
# same time. Voices take up to a tenth more than expected, and stay below 60 and 45 % even so.
MOST_TALK_SHORT = 0.52
MOST_TALK_LONG = 0.4
SHORT_S = 46.0
LONG_S = 60.0

# One sentence, and time to do what it says.
TIME_PER_CUE_S = 9.0

QUIET_BETWEEN_S = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Abridgement:
    """The cues that are said in a block with too little room for all, and which of its kind's own are not, by name."""

    cues: tuple[Cue, ...]
    left_out: tuple[str, ...]
    shortened: tuple[str, ...]


def abridge(cues: Sequence[Cue], kind: Kind, speech_context: SpeechContext, block: SpeakingBlock) -> Abridgement:
    """Choose which of a kind's own cues are said, and how: as many as there is room for, the most needed first.

    First as many as possible are said in short, parts of the body evenly from the first to the last; then as many of
    those in full as there is still room for, the most needed first. The author's cues all stay.
    """
    own = {index: cue for index, cue in enumerate(cues) if block.is_own(cue)}
    groups = _rank(own, kind)
    most = max(1, int((block.end_s - block.start_s) / TIME_PER_CUE_S))
    for count in range(min(most, len(own)), 0, -1):
        chosen = _choose(groups, count)
        for make_lengths in (_list_lengths, _list_lengths_without_waits):
            lengths = {index: make_lengths(own[index]) for index in chosen}
            said = {index: each[-1] for index, each in lengths.items()}
            if _fits(_join(cues, own, said), speech_context, block):
                for index in chosen:
                    said = _lengthen(index, lengths[index], said, (cues, own), speech_context, block)
                return _describe(cues, own, said)
    return _describe(cues, own, {})


def _rank(own: Mapping[int, Cue], kind: Kind) -> list[list[int]]:
    """Rank the cues in groups, the most needed first: those in the kind's order, all others, and further rounds."""
    ranks: dict[tuple[int, int], list[int]] = {}
    seen: set[str] = set()
    for index, cue in own.items():
        is_part = cue.name in kind.parts
        name = PART if is_part else cue.name
        rank = kind.order.index(name) if name in kind.order else len(kind.order)
        is_again = is_part and cue.name in seen
        ranks.setdefault((int(is_again), rank), []).append(index)
        seen.add(cue.name)
    return [ranks[rank] for rank in sorted(ranks)]


def _choose(groups: Iterable[Sequence[int]], count: int) -> list[int]:
    """Choose so many cues, whole groups first, and the last of them evenly."""
    chosen: list[int] = []
    for group in groups:
        chosen += _choose_evenly(group, min(len(group), count - len(chosen)))
    return chosen


def _choose_evenly(group: Sequence[int], count: int) -> Iterator[int]:
    steps = max(1, count - 1)
    return (group[round(index * (len(group) - 1) / steps)] for index in range(count))


def _list_lengths(cue: Cue) -> tuple[Cue, ...]:
    """List a cue in each of its lengths, from long to short; one at the start is spread evenly with the others."""
    place = EVENLY if cue.place == FromStart(seconds=0.0) else cue.place
    return tuple(replace(cue, text=text, place=place, shorter=()) for text in (cue.text, *cue.shorter))


def _list_lengths_without_waits(cue: Cue) -> tuple[Cue, ...]:
    """List the same with a pause in the place of each breath, which may not come in time."""
    return tuple(replace(each, text=_pause(each.text), shorter=()) for each in _list_lengths(cue))


def _pause(text: Text) -> Text:
    return replace(text, words={language: pause_for_breath(words) for language, words in text.words.items()})


def _lengthen(
    index: int,
    lengths: Sequence[Cue],
    said: Mapping[int, Cue],
    among: tuple[Sequence[Cue], Mapping[int, Cue]],
    speech_context: SpeechContext,
    block: SpeakingBlock,
) -> dict[int, Cue]:
    """Say a cue at the greatest length for which there is room beside the others."""
    tries = ({**said, index: longer} for longer in lengths[:-1])
    return next((each for each in tries if _fits(_join(*among, each), speech_context, block)), dict(said))


def _join(cues: Sequence[Cue], own: Mapping[int, Cue], said: Mapping[int, Cue]) -> tuple[Cue, ...]:
    """Join the chosen cues and the author's, in the order in which they were."""
    return tuple(said.get(index, cue) for index, cue in enumerate(cues) if index in said or index not in own)


def _describe(cues: Sequence[Cue], own: Mapping[int, Cue], said: Mapping[int, Cue]) -> Abridgement:
    kept = {cue.name for cue in said.values()}
    left_out = dict.fromkeys(cue.name for cue in own.values() if cue.name not in kept)
    shortened = dict.fromkeys(cue.name for index, cue in said.items() if cue.text != own[index].text)
    ordered = dict.fromkeys(cue.name for cue in own.values())
    return Abridgement(
        cues=_join(cues, own, said),
        left_out=tuple(left_out),
        shortened=tuple(name for name in ordered if name in shortened),
    )


def _fits(cues: Sequence[Cue], speech_context: SpeechContext, block: SpeakingBlock) -> bool:
    """Whether cues fit into a block, and leave room to feel: the talk in all, and the quiet between two of them."""
    talk_s = sum(_measure_s(cue, speech_context, block) for cue in cues)
    if talk_s > find_most_talk_s(block.end_s - block.start_s):
        return False
    placements = place_cues(cues, speech_context, block)
    return not placements.late and _is_quiet_between(placements, block)


def find_most_talk_s(lasts_s: float) -> float:
    """Find how long words that are abridged may take in a block; in a longer block that is never less."""
    if lasts_s < LONG_S:
        return MOST_TALK_SHORT * min(lasts_s, SHORT_S)
    return MOST_TALK_LONG * lasts_s


def _measure_s(cue: Cue, speech_context: SpeechContext, block: SpeakingBlock) -> float:
    parts = speech_context.build_script(cue, block.facts, block.start_s)
    return sum(speech_context.measure(part.utterance).length_s for part in parts if isinstance(part, Caption))


def _is_quiet_between(placements: CuePlacements, block: SpeakingBlock) -> bool:
    starts = [words for words in placements.words if words.start_s == words.cue_start_s]
    ends_s = {words.cue_start_s: words.end_s for words in placements.words}
    for before, after in itertools.pairwise(starts):
        follows = isinstance(after.cue.place, After) or not block.is_own(after.cue)
        if not follows and after.start_s - ends_s[before.cue_start_s] < QUIET_BETWEEN_S:
            return False
    return True
