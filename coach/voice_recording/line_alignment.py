"""Which islands of a long recording are which line: the cheapest way through both, and how sure it is.

Lines are read in order. A line is some islands in a row; islands that belong to none are coughs, page turns, or
attempts that were given up; a line that has none is missing. Each of these costs what it is unlikely to be, roughly as
the negative logarithm of a probability, and the cheapest way is found by dynamic programming. A line is sure if every
other way, in which it is something else, costs clearly more.
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
_MOST_ISLANDS = 16
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
_ASTRAY, _ASTRAY_S = 0.08, 25.0
_ROUNDS = 4
_QUICKEST, _SLOWEST = 0.5, 2.0
_STEADY = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedLine:
    """What is known of a line before it is heard: how long it sounds, without pauses, and the pauses it may have.

    Those ``due`` are hardly ever left out, as between sentences; others are free, as at commas.
    """

    sounding_s: float
    due: int = 0
    free: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class LineMatch:
    """The islands of a line, from ``first`` to before ``end``; none where it is missing. ``margin`` is how sure."""

    first: int
    end: int
    margin: float

    @property
    def is_missing(self) -> bool:
        """Whether the line was not heard."""
        return self.first == self.end

    @property
    def is_sure(self) -> bool:
        """Whether every other way costs clearly more."""
        return self.margin >= SURE


SoundCost = Callable[[int, int, int], float]

"""What it costs that a line, by its index, is what is said in some islands, from the first to before the end."""


def _ignore_sound(_line: int, _first: int, _end: int) -> float:
    return 0.0


def align_lines(
    expected: Sequence[ExpectedLine], islands: Sequence[SpeechSegment], likeness: SoundCost = _ignore_sound
) -> list[LineMatch]:
    """Each line with its islands.

    Args:
        expected: The lines, in the order in which they were read.
        islands: What is heard.
        likeness: Adds what is known of the sound of the lines.
    """
    ways = [_settle_pace(expected, islands, pace, likeness) for pace in _guess_paces(expected, islands)]
    return min(ways, key=lambda each: each.cost).matches()


def _guess_paces(expected: Sequence[ExpectedLine], islands: Sequence[SpeechSegment]) -> tuple[float, ...]:
    """Guesses of how much slower the reader is: as if all was read once, and as if some was left out or said twice."""
    heard_s, read_s = sum(each.length_s for each in islands), sum(each.sounding_s for each in expected)
    pace = heard_s / read_s if heard_s and read_s else 1.0
    return tuple(min(max(pace * factor, _QUICKEST), _SLOWEST) for factor in (1.0, 0.8, 1.3))


def _settle_pace(
    expected: Sequence[ExpectedLine], islands: Sequence[SpeechSegment], pace: float, likeness: SoundCost
) -> "_Alignment":
    """The ways at the pace that their cheapest has itself."""
    for _ in range(_ROUNDS):
        ways = _Alignment(expected, islands, pace, likeness)
        better = _measure_pace(expected, islands, ways.matches(), pace)
        if abs(math.log(better / pace)) < _STEADY:
            break
        pace = min(max(better, _QUICKEST), _SLOWEST)
    return ways


def _measure_pace(
    expected: Sequence[ExpectedLine], islands: Sequence[SpeechSegment], found: Sequence[LineMatch], before: float
) -> float:
    ratios = [
        sum(island.length_s for island in islands[match.first : match.end]) / line.sounding_s
        for line, match in zip(expected, found, strict=True)
        if not match.is_missing
    ]
    return statistics.median(ratios) if ratios else before


class _Alignment:
    """All ways through lines and islands. ``to[k, i]``: the cheapest with k lines and i islands behind it."""

    def __init__(
        self, expected: Sequence[ExpectedLine], islands: Sequence[SpeechSegment], pace: float, likeness: SoundCost
    ) -> None:
        self._expected = expected
        self._islands = islands
        self._lengths_s = np.cumsum([0.0, *(island.length_s for island in islands)])
        self._gaps_s = _measure_gaps_s(islands)
        self._skips = [_SKIPPED + _SKIPPED_PER_S * min(island.length_s, _LONG_S) for island in islands]
        self._costs = [self._costs_of(k, pace, likeness) for k in range(len(expected))]

        self._to, self._since = self._forth(), self._back()

    @property
    def cost(self) -> float:
        """What the cheapest costs."""
        return float(self._to[-1, -1])

    def matches(self) -> list[LineMatch]:
        """The cheapest way."""
        return [self._match(k, self._to, self._since) for k in range(len(self._expected))]

    def _costs_of(self, k: int, pace: float, likeness: SoundCost) -> dict[tuple[int, int], float]:
        """What it costs that a line is each run of islands that it may be."""
        line = self._expected[k]
        wanted_s = line.sounding_s * pace
        spread = math.hypot(_SPREAD, _SPREAD_S / wanted_s)
        costs: dict[tuple[int, int], float] = {}
        for first in self._near(k):
            for end in range(first + 1, min(first + _MOST_ISLANDS, len(self._islands)) + 1):
                sounding_s = float(self._lengths_s[end] - self._lengths_s[first])
                if sounding_s > _LONGEST_SHARE * wanted_s + 0.3:
                    break
                off = math.log(sounding_s / wanted_s) / spread
                cost = 0.5 * min(off * off, 60.0) + self._pauses(line, first, end)
                costs[first, end] = cost + (likeness(k, first, end) if cost < _HOPELESS else _HOPELESS)
        return costs

    def _near(self, k: int) -> range:
        """The islands with which a line may begin: those about as far in the recording as it is in the text."""
        wanted_s = [line.sounding_s for line in self._expected]
        heard_s, reach = float(self._lengths_s[-1]), _ASTRAY + _ASTRAY_S / max(1.0, float(self._lengths_s[-1]))
        share = sum(wanted_s[:k]) / sum(wanted_s)
        lowest, highest = np.searchsorted(self._lengths_s, [(share - reach) * heard_s, (share + reach) * heard_s])
        return range(int(lowest), min(int(highest) + 1, len(self._islands)))

    def _pauses(self, line: ExpectedLine, first: int, end: int) -> float:
        """What the pauses in a run of islands cost, and those around it if they are none."""
        inside = sorted((gap_s for gap_s in self._gaps_s[first + 1 : end] if gap_s > _PAUSE_S), reverse=True)
        cost = _MISSED_PAUSE * max(0, line.due - len(inside))
        cost += sum(_UNFORESEEN_PAUSE * min(1.0, gap_s / _PAUSE_S - 1.0) for gap_s in inside[line.due + line.free :])
        cost += sum(min(_MOST_LONG, _PER_LONG_S * max(0.0, gap_s - _LONG_PAUSE_S)) for gap_s in inside)
        for gap_s in (self._gaps_s[first], self._gaps_s[end]):
            cost += 0.5 * _RUN_TOGETHER * max(0.0, 1.0 - gap_s / _BETWEEN_LINES_S)
        return cost

    def _forth(self) -> NDArray[np.float64]:
        lines, count = len(self._expected), len(self._islands)
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

    def _back(self) -> NDArray[np.float64]:
        lines, count = len(self._expected), len(self._islands)
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

    def _match(self, k: int, to: NDArray[np.float64], since: NDArray[np.float64]) -> LineMatch:
        """The cheapest way for one line, and how much more the cheapest costs in which it is something else."""
        ways = [(float(np.min(to[k] + _MISSING + since[k + 1])), (0, 0))]
        ways += [(to[k, way[0]] + cost + since[k + 1, way[1]], way) for way, cost in self._costs[k].items()]
        ways.sort()
        (cheapest, (first, end)), *others = ways
        return LineMatch(first=first, end=end, margin=float(others[0][0] - cheapest) if others else math.inf)


def _measure_gaps_s(islands: Sequence[SpeechSegment]) -> list[float]:
    """The quiet before each island and after the last."""
    between = [after.start_s - before.end_s for before, after in pairwise(islands)]
    return [math.inf, *between, math.inf]
