"""A runner's own cadence, from taps on each step."""

from math import log
from statistics import median

from coach.units import SECONDS_PER_MINUTE

LEAST_TAPS = 8

MOST_TAPS = 24

OUTLIER_SHARE = 0.25

STEADY_SHARE = 0.7

BOUNCE_S = 0.15

EVERY_SECOND_STEP_SPM = (55.0, 110.0)

POSSIBLE_SPM = (60.0, 220.0)


class TapTempo:
    """Taps as they come, and the cadence they show. Only the latest count, so that a hasty start is forgotten."""

    def __init__(self) -> None:
        self._at_s: list[float] = []
        self.count = 0

    def tap(self, at_s: float) -> None:
        """A tap at a time of a clock that never goes back; one that a bouncing key repeats is left out."""
        if self._at_s and at_s - self._at_s[-1] < BOUNCE_S:
            return
        self.count += 1
        self._at_s = [*self._at_s, at_s][-MOST_TAPS:]

    @property
    def last_s(self) -> float | None:
        """When the last tap came."""
        return self._at_s[-1] if self._at_s else None

    def cadence_spm(self, *, running: bool, beside_spm: float) -> float | None:
        """The steps per minute shown, or None as long as the taps are too few or too uneven.

        It is that of the median interval; missed and doubled taps, a quarter or more beside the median, are left out,
        and must be few. Who taps 55 to 110 times a minute while running taps on every second step, unless the rhythm
        is nearer to the cadence so far as it is: that of the walking that a run begins and ends with.
        """
        intervals = [later - earlier for earlier, later in zip(self._at_s, self._at_s[1:], strict=False)]
        if len(self._at_s) < LEAST_TAPS:
            return None
        usual_s = median(intervals)
        steady = [interval for interval in intervals if abs(interval - usual_s) < OUTLIER_SHARE * usual_s]
        if len(steady) < STEADY_SHARE * len(intervals):
            return None
        spm = SECONDS_PER_MINUTE / median(steady)
        if running and _on_every_second_step(spm, beside_spm):
            spm *= 2.0
        return spm if POSSIBLE_SPM[0] <= spm <= POSSIBLE_SPM[1] else None


def _on_every_second_step(spm: float, beside_spm: float) -> bool:
    slowest, fastest = EVERY_SECOND_STEP_SPM
    return slowest <= spm <= fastest and abs(log(2.0 * spm / beside_spm)) < abs(log(spm / beside_spm))
