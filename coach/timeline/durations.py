"""Durations of blocks, fitted by one rule: every elastic block is stretched by the same fraction of its span."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.session.session import NO_BREATH, Cue, Span
from coach.timeline.block_settings_and_guidance import ResolvedBlock
from coach.timeline.cue_scheduling import (
    GAP_S,
    LEAST_SHARE,
    TINY_S,
    SpeakingBlock,
    SpeechContext,
    place_cues_as_asked,
    place_cues_soonest,
)
from coach.timeline.step_grid import GridSegment, StepGrid, continue_count
from coach.units import steps_to_seconds
from coach.utterance import Measure, SpokenDuration, Utterance

TOLERANCE_S = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class DurationBounds:
    """How long a block may last: its span; an elastic block is also never shorter than its words need.

    ``is_cut``: whether it may be shorter than all words of its kind need, so that some are left out.
    """

    span: Span
    needed_s: float = 0.0
    is_cut: bool = False

    @property
    def shortest_s(self) -> float:
        """The shortest it can last."""
        return self._raise_to_needed(self.span.shortest_s)

    @property
    def longest_s(self) -> float:
        """The longest it can last."""
        return self._raise_to_needed(self.span.longest_s)

    def stretch(self, fraction: float) -> float:
        """Give its length when stretched by a fraction of its span."""
        return self._raise_to_needed(self.span.shortest_s + fraction * self.stretch_s)

    @property
    def stretch_s(self) -> float:
        """How far it can be stretched, not counting its words."""
        return self.span.longest_s - self.span.shortest_s

    def _raise_to_needed(self, length_s: float) -> float:
        # A fixed length is the author's choice: words that do not fit it are reported, not hidden by a longer block.
        return max(length_s, self.needed_s) if self.stretch_s > 0.0 else length_s


class OutOfReachError(ValueError):
    """No fraction gives the asked length: it is shorter than the shortest possible, or longer than the longest."""

    def __init__(self, shortest_s: float, longest_s: float) -> None:
        self.shortest_s = shortest_s
        self.longest_s = longest_s
        super().__init__(f"between {shortest_s} s and {longest_s} s")


def fit_durations(bounds: Sequence[DurationBounds], length_s: float | None) -> list[float]:
    """Fit each block's length in seconds, together exactly ``length_s``; without one, half-way its span.

    Raises:
        OutOfReachError: the blocks cannot be that short, or that long.
    """
    if length_s is None:
        return [bound.stretch(0.5) for bound in bounds]
    shortest_s, longest_s = sum(bound.shortest_s for bound in bounds), sum(bound.longest_s for bound in bounds)
    if not shortest_s - TOLERANCE_S <= length_s <= longest_s + TOLERANCE_S:
        raise OutOfReachError(shortest_s, longest_s)
    return [bound.stretch(_find_fraction(bounds, length_s)) for bound in bounds]


def _find_fraction(bounds: Sequence[DurationBounds], length_s: float) -> float:
    """Find the fraction at which the lengths add up, setting aside blocks that their words keep longer."""
    elastic = [bound for bound in bounds if bound.stretch_s > 0.0]
    rest_s = length_s - sum(bound.shortest_s for bound in bounds if bound.stretch_s <= 0.0)
    while elastic:
        stretch_s = sum(bound.stretch_s for bound in elastic)
        fraction = (rest_s - sum(bound.span.shortest_s for bound in elastic)) / stretch_s
        limited = [bound for bound in elastic if bound.span.shortest_s + fraction * bound.stretch_s < bound.needed_s]
        if not limited:
            return min(1.0, max(0.0, fraction))
        rest_s -= sum(bound.needed_s for bound in limited)
        elastic = [bound for bound in elastic if bound not in limited]
    return 0.0


TRIAL_LENGTH_S = 48 * 3600.0
MAX_TRIALS = 12
SHORTEST_BLOCK_S = 0.1
TRIAL_START_SHARE = 0.9


def find_needed_s(block: ResolvedBlock, speech_context: SpeechContext) -> float:
    """Find the shortest length in which all of a block's words fit, whatever step or breath it begins on.

    The search begins a little below the block's shortest length, since a border may move that far to a breath.
    """
    segment = _build_trial_segment(block)
    cycle_s = steps_to_seconds(segment.breath.length, segment.mean_spm)
    lasts_s = TRIAL_START_SHARE * block.span.shortest_s
    for _ in range(MAX_TRIALS):
        cues = block.make_cues(max(lasts_s, block.span.shortest_s))
        margin_s = GAP_S + cycle_s * _has_waits(cues)
        end_s = max(0.0, lasts_s - margin_s)
        grid = StepGrid(((segment,),))
        facts = block.make_trial_facts(lasts_s, speech_context.whole_s)
        trial = SpeakingBlock(start_s=0.0, end_s=end_s, cue_end_s=end_s, grid=grid, index=0, free_s=0.0, facts=facts)
        late = [cue for cue in place_cues_as_asked(cues, speech_context, trial).late if cue.end_s < math.inf]
        if not late:
            break
        lasts_s = margin_s + max(cue.end_s for cue in late)
    return lasts_s


MAX_LEAST_TRIALS = 200


def find_least_s(block: ResolvedBlock, speech_context: SpeechContext) -> float:
    """Find the least length that an author may give a block, whatever voice speaks; infinity if none is enough.

    It depends on how long words are expected to take, not on the voice: so all voices have the same limit. A block
    of that length or more may still be lengthened a little, by `lengthen`, for a voice that takes its time.
    """
    quick = replace(speech_context, measure=_shorten(speech_context.expect or speech_context.measure))
    if find_soonest_end_s(block, quick, block.span.shortest_s) <= block.span.shortest_s + TINY_S:
        return block.span.shortest_s
    lasts_s = 0.0
    for _ in range(MAX_LEAST_TRIALS):
        end_s = find_soonest_end_s(block, quick, lasts_s)
        if end_s <= lasts_s + TINY_S:
            # Words that name the length may be longer at a shorter one, so that the search came too far.
            while find_soonest_end_s(block, quick, lasts_s - 1.0) <= lasts_s - 1.0 + TINY_S:
                lasts_s -= 1.0
            return lasts_s
        if end_s == math.inf:
            break
        lasts_s = float(math.ceil(end_s - TINY_S))
    return math.inf


def _shorten(expect: Measure) -> Measure:
    def measure(utterance: Utterance) -> SpokenDuration:
        duration = expect(utterance)
        is_certain = utterance.counted or utterance.recording is not None
        return duration if is_certain else replace(duration, length_s=LEAST_SHARE * duration.length_s)

    return measure


def find_soonest_end_s(block: ResolvedBlock, speech_context: SpeechContext, lasts_s: float) -> float:
    """Find when the words of a block of this length have ended, at the soonest, if it begins on a breath."""
    segment = _build_trial_segment(block)
    trial = SpeakingBlock(
        start_s=0.0,
        end_s=TRIAL_LENGTH_S,
        cue_end_s=lasts_s,
        grid=StepGrid(((segment,),)),
        index=0,
        free_s=block.bell_alone_s,
        location=block.block.location,
        facts=block.make_trial_facts(lasts_s, speech_context.whole_s),
    )
    cues = block.make_cues(lasts_s)
    placements = place_cues_soonest(cues, speech_context, trial)
    return math.inf if placements.late else max(0.0, placements.end_s)


def lengthen(
    bound: DurationBounds, block: ResolvedBlock, speech_context: SpeechContext, lasts_s: float, margin: float
) -> DurationBounds:
    """Lengthen a block that has room for its words as they are expected, for a voice that takes longer than that.

    ``margin`` is how much to add, from 0 to 1, of the time in which words may have to wait for others and for a breath.
    """
    words_s = find_soonest_end_s(block, speech_context, lasts_s)
    needed_s = max(lasts_s, bound.span.shortest_s, words_s + margin * find_margin_s(block, lasts_s))
    span = Span(shortest_s=needed_s, longest_s=max(needed_s, bound.span.longest_s))
    return replace(bound, span=span, needed_s=needed_s)


def tighten(bound: DurationBounds, block: ResolvedBlock, speech_context: SpeechContext) -> DurationBounds:
    """Let an elastic block be as short as its words are when each is said as soon as it can be."""
    lasts_s = bound.span.shortest_s
    words_s = find_soonest_end_s(block, speech_context, lasts_s)
    return replace(bound, needed_s=min(bound.needed_s, words_s + find_margin_s(block, lasts_s)))


def find_margin_s(block: ResolvedBlock, lasts_s: float) -> float:
    """Find how long the words of a block may have to wait for those before it, and for a breath."""
    segment = _build_trial_segment(block)
    cycle_s = steps_to_seconds(segment.breath.length, segment.mean_spm)
    return GAP_S + cycle_s * _has_waits(block.make_cues(lasts_s))


def _has_waits(cues: Iterable[Cue]) -> bool:
    return any("[" in words for cue in cues for words in cue.text.words.values())


def _build_trial_segment(block: ResolvedBlock) -> GridSegment:
    spm = (block.start_spm + block.end_spm) / 2.0
    return GridSegment(
        start_s=0.0, end_s=TRIAL_LENGTH_S, start_spm=spm, end_spm=spm, breath=block.breath, steps=0.0, anchor=0
    )


def fit_nearest_ends_s(bounds: Sequence[DurationBounds], length_s: float, begin_s: float = 0.0) -> tuple[float, ...]:
    """Fit as `fit_ends_s` does, as near to the length as the blocks can be together; the last may end later."""
    try:
        return fit_ends_s(bounds, length_s, begin_s)
    except OutOfReachError as reach:
        wanted_s = length_s - begin_s
        ends_s = fit_ends_s(bounds, begin_s + min(max(wanted_s, reach.shortest_s), reach.longest_s), begin_s)
        return ends_s if wanted_s < reach.shortest_s else (*ends_s[:-1], length_s)


def fit_ends_s(bounds: Sequence[DurationBounds], length_s: float | None, begin_s: float = 0.0) -> tuple[float, ...]:
    """Fit where each of the blocks that follow each other from ``begin_s`` on ends, before borders move to a breath.

    The last ends at ``length_s``; None leaves every block half-way its span.

    Raises:
        OutOfReachError: the blocks cannot last that long together, or that short, counted from ``begin_s``.
    """
    fitted = fit_durations(bounds, None if length_s is None else length_s - begin_s)
    ends_s = list(itertools.accumulate(fitted, initial=begin_s))[1:]
    if length_s is not None and ends_s:
        ends_s[-1] = length_s
    return tuple(ends_s)


def build_segments(
    blocks: Sequence[ResolvedBlock],
    bounds: Sequence[DurationBounds],
    ends_s: Sequence[float],
    current: GridSegment | None = None,
) -> tuple[GridSegment, ...]:
    """Build the blocks' segments, end to end; borders between running blocks lie at the nearest breath cycle.

    ``ends_s`` are where each would end if there were no breath; ``current`` is the segment that they follow, if any.
    """
    segments: list[GridSegment] = []
    for index, block in enumerate(blocks):
        previous = segments[-1] if segments else current
        steps, anchor = continue_count(previous, block.breath)
        segment = GridSegment(
            start_s=previous.end_s if previous is not None else 0.0,
            end_s=ends_s[index],
            start_spm=block.start_spm,
            end_spm=block.end_spm,
            breath=block.breath,
            steps=steps,
            anchor=anchor,
        )
        if index + 1 < len(blocks) and block.kind.running and blocks[index + 1].kind.running:
            segment = _end_at_cycle(segment, bounds[index], ends_s[index + 1] - bounds[index + 1].needed_s)
        segments.append(segment)
    return tuple(segments)


def _end_at_cycle(segment: GridSegment, bound: DurationBounds, latest_s: float) -> GridSegment:
    """Move a segment's end to a breath, unless its own words or those of the next block would then not fit."""
    if segment.breath == NO_BREATH:
        return segment
    cycle_s = steps_to_seconds(segment.breath.length, segment.mean_spm)
    for near_s in (segment.end_s, segment.end_s + cycle_s / 2.0, segment.end_s - cycle_s / 2.0):
        end_s = segment.find_cycle_start_s(near_s)
        if segment.start_s + max(bound.needed_s, SHORTEST_BLOCK_S) <= end_s <= latest_s:
            return replace(segment, end_s=end_s)
    return segment
