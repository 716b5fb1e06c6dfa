"""Alignment of script lines with the speech segments of a long recording, by dynamic programming; and how sure it is.

Lines are read in order. A line is a run of segments; segments that belong to no line are coughs, page turns or
abandoned attempts; a line without segments is missing. Each of these has a cost, roughly the negative logarithm of its
probability, and the alignment is the cheapest path. A line is sure if every path in which it is something else costs
clearly more.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.voice_recording.speech_features import SpeechSegment

SURE = 4.5
_MISSING = 8.0
_SKIPPED, _SKIPPED_PER_S, _LONG_S = 0.8, 3.0, 1.0
_MOST_SEGMENTS = 16
_LONGEST_SHARE = 2.6
_SPREAD, _SPREAD_S = 0.14, 0.25
_PAUSE_S = 0.3
_UNFORESEEN_PAUSE = 1.5
_MISSED_PAUSE = 0.5
_BETWEEN_LINES_S = 0.6
_RUN_TOGETHER = 4.0
_LONG_PAUSE_S = 1.0
_PER_LONG_S, _MOST_LONG = 2.0, 3.0
_HOPELESS = 11.0
_DRIFT, _DRIFT_S = 0.08, 25.0
_ROUNDS = 4
_QUICKEST, _SLOWEST = 0.5, 2.0
_STEADY = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedLine:
    """What is expected of a line: how long it sounds, without pauses, and the pauses it may have.

    Pauses that are ``due`` are hardly ever left out, as between sentences; others are ``free``, as at commas.
    """

    sounding_s: float
    due: int = 0
    free: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class LineMatch:
    """The segments of a line, ``first`` to before ``end``; none where it is missing. ``margin`` says how sure it is."""

    first: int
    end: int
    margin: float

    @property
    def is_missing(self) -> bool:
        """Whether the line has no segments."""
        return self.first == self.end

    @property
    def is_sure(self) -> bool:
        """Whether every other path costs clearly more."""
        return self.margin >= SURE


SoundCost = Callable[[int, int, int], float]

"""The cost of taking a line, by its index, for a run of segments, from the first to before the end."""


def _ignore_sound(_line: int, _first: int, _end: int) -> float:
    return 0.0


def align_lines(
    expected: Sequence[ExpectedLine], segments: Sequence[SpeechSegment], sound_cost: SoundCost = _ignore_sound
) -> list[LineMatch]:
    """Align each line, in the order of reading, with its segments; ``sound_cost`` adds the cost by their sound."""
    alignments = [_align_to_own_pace(expected, segments, pace, sound_cost) for pace in _guess_paces(expected, segments)]
    return min(alignments, key=lambda each: each.cost).make_matches()


def _guess_paces(expected: Sequence[ExpectedLine], segments: Sequence[SpeechSegment]) -> tuple[float, ...]:
    """Guess how much slower the reader is: as if all was read once, and as if some was left out or read twice."""
    heard_s, read_s = sum(each.length_s for each in segments), sum(each.sounding_s for each in expected)
    pace = heard_s / read_s if heard_s and read_s else 1.0
    return tuple(min(max(pace * factor, _QUICKEST), _SLOWEST) for factor in (1.0, 0.8, 1.3))


def _align_to_own_pace(
    expected: Sequence[ExpectedLine], segments: Sequence[SpeechSegment], pace: float, sound_cost: SoundCost
) -> "_Alignment":
    """Align repeatedly, until the pace assumed is the pace of the alignment itself."""
    for _ in range(_ROUNDS):
        alignment = _Alignment(expected, segments, pace, sound_cost)
        better = _measure_pace(expected, segments, alignment.make_matches(), pace)
        if abs(math.log(better / pace)) < _STEADY:
            break
        pace = min(max(better, _QUICKEST), _SLOWEST)
    return alignment


def _measure_pace(
    expected: Sequence[ExpectedLine], segments: Sequence[SpeechSegment], found: Sequence[LineMatch], before: float
) -> float:
    ratios = [
        sum(segment.length_s for segment in segments[match.first : match.end]) / line.sounding_s
        for line, match in zip(expected, found, strict=True)
        if not match.is_missing
    ]
    return statistics.median(ratios) if ratios else before


class _Alignment:
    """The cheapest paths: ``to[k, i]`` through the first k lines and i segments, ``since[k, i]`` through the rest."""

    def __init__(
        self, expected: Sequence[ExpectedLine], segments: Sequence[SpeechSegment], pace: float, sound_cost: SoundCost
    ) -> None:
        self._expected = expected
        self._segments = segments
        self._lengths_s = np.cumsum([0.0, *(segment.length_s for segment in segments)])
        self._gaps_s = _measure_gaps_s(segments)
        self._skips = [_SKIPPED + _SKIPPED_PER_S * min(segment.length_s, _LONG_S) for segment in segments]
        self._costs = [self._compute_costs(k, pace, sound_cost) for k in range(len(expected))]

        self._to, self._since = self._search_forward(), self._search_backward()

    @property
    def cost(self) -> float:
        """The cost of the cheapest path."""
        return float(self._to[-1, -1])

    def make_matches(self) -> list[LineMatch]:
        """Make the matches along the cheapest path."""
        return [self._make_match(k, self._to, self._since) for k in range(len(self._expected))]

    def _compute_costs(self, k: int, pace: float, sound_cost: SoundCost) -> dict[tuple[int, int], float]:
        """Compute the cost of each run of segments that a line may be."""
        line = self._expected[k]
        wanted_s = line.sounding_s * pace
        spread = math.hypot(_SPREAD, _SPREAD_S / wanted_s)
        costs: dict[tuple[int, int], float] = {}
        for first in self._find_starts(k):
            for end in range(first + 1, min(first + _MOST_SEGMENTS, len(self._segments)) + 1):
                sounding_s = float(self._lengths_s[end] - self._lengths_s[first])
                if sounding_s > _LONGEST_SHARE * wanted_s + 0.3:
                    break
                off = math.log(sounding_s / wanted_s) / spread
                cost = 0.5 * min(off * off, 60.0) + self._compute_pause_cost(line, first, end)
                costs[first, end] = cost + (sound_cost(k, first, end) if cost < _HOPELESS else _HOPELESS)
        return costs

    def _find_starts(self, k: int) -> range:
        """Find the segments with which a line may begin: those as far in the recording as it is in the text, about."""
        wanted_s = [line.sounding_s for line in self._expected]
        heard_s, reach = float(self._lengths_s[-1]), _DRIFT + _DRIFT_S / max(1.0, float(self._lengths_s[-1]))
        share = sum(wanted_s[:k]) / sum(wanted_s)
        lowest, highest = np.searchsorted(self._lengths_s, [(share - reach) * heard_s, (share + reach) * heard_s])
        return range(int(lowest), min(int(highest) + 1, len(self._segments)))

    def _compute_pause_cost(self, line: ExpectedLine, first: int, end: int) -> float:
        """Compute the cost of the pauses in a run of segments, and of missing pauses around it."""
        inside = sorted((gap_s for gap_s in self._gaps_s[first + 1 : end] if gap_s > _PAUSE_S), reverse=True)
        cost = _MISSED_PAUSE * max(0, line.due - len(inside))
        cost += sum(_UNFORESEEN_PAUSE * min(1.0, gap_s / _PAUSE_S - 1.0) for gap_s in inside[line.due + line.free :])
        cost += sum(min(_MOST_LONG, _PER_LONG_S * max(0.0, gap_s - _LONG_PAUSE_S)) for gap_s in inside)
        for gap_s in (self._gaps_s[first], self._gaps_s[end]):
            cost += 0.5 * _RUN_TOGETHER * max(0.0, 1.0 - gap_s / _BETWEEN_LINES_S)
        return cost

    def _search_forward(self) -> NDArray[np.float64]:
        lines, count = len(self._expected), len(self._segments)
        to = np.full((lines + 1, count + 1), np.inf)
        to[0, 0] = 0.0
        for k in range(lines + 1):
            if k:
                to[k] = to[k - 1] + _MISSING
                for (first, end), cost in self._costs[k - 1].items():
                    to[k, end] = min(to[k, end], to[k - 1, first] + cost)
            for i in range(count):
                to[k, i + 1] = min(to[k, i + 1], to[k, i] + self._skips[i])
        return to

    def _search_backward(self) -> NDArray[np.float64]:
        lines, count = len(self._expected), len(self._segments)
        since = np.full((lines + 1, count + 1), np.inf)
        since[lines, count] = 0.0
        for k in range(lines, -1, -1):
            if k < lines:
                since[k] = since[k + 1] + _MISSING
                for (first, end), cost in self._costs[k].items():
                    since[k, first] = min(since[k, first], cost + since[k + 1, end])
            for i in range(count - 1, -1, -1):
                since[k, i] = min(since[k, i], self._skips[i] + since[k, i + 1])
        return since

    def _make_match(self, k: int, to: NDArray[np.float64], since: NDArray[np.float64]) -> LineMatch:
        """Match one line on the cheapest path; the margin is the extra cost of the cheapest path with another match."""
        options = [(float(np.min(to[k] + _MISSING + since[k + 1])), (0, 0))]
        options += [(to[k, run[0]] + cost + since[k + 1, run[1]], run) for run, cost in self._costs[k].items()]
        options.sort()
        (cheapest, (first, end)), *others = options
        return LineMatch(first=first, end=end, margin=float(others[0][0] - cheapest) if others else math.inf)


def _measure_gaps_s(segments: Sequence[SpeechSegment]) -> list[float]:
    """Measure the silence before each segment and after the last."""
    between = [after.start_s - before.end_s for before, after in pairwise(segments)]
    return [math.inf, *between, math.inf]
