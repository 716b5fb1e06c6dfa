"""Which form of run fits a runner just now: a table, read from the top; the first line that fits holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from coach.languages.screen_words import Need, Reason
from coach.units import SECONDS_PER_MINUTE

RunForm = Literal["reset", "long", "intervals", "mindful", "trail"]

USUAL_MIN: dict[RunForm, float] = {"reset": 24, "long": 50, "intervals": 28, "mindful": 25, "trail": 30}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunnerState:
    """What a runner said, None where nothing, and when."""

    tension: int | None
    need: Need | None
    wanted_s: float | None
    now: datetime

    @property
    def wanted_min(self) -> float:
        """The minutes that were asked for; who asked for none has a usual half hour at most."""
        return (self.wanted_s or 0.0) / SECONDS_PER_MINUTE

    @property
    def tense(self) -> bool:
        """Whether there is restlessness to be run off; a tension that was not told is taken for a middling one."""
        return (self.tension or 0) >= 7  # noqa: PLR2004 - the upper end of the scale

    @property
    def late(self) -> bool:
        """Whether quick steps would stand in the way of sleep."""
        return not 5 <= self.now.hour < 21  # noqa: PLR2004 - the hours of a day

    @property
    def morning(self) -> bool:
        """Whether the day is still to begin."""
        return 5 <= self.now.hour < 11  # noqa: PLR2004 - the hours of a day

    @property
    def weekend(self) -> bool:
        """Whether it is Saturday or Sunday, by daylight."""
        return self.now.weekday() in {5, 6} and 5 <= self.now.hour < 17  # noqa: PLR2004 - the hours of a day


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """A form of run, how long, and why; each language has words for the reason."""

    form: RunForm
    length_s: float
    reason: Reason


TABLE: tuple[tuple[Callable[[RunnerState], bool], RunForm, Reason], ...] = (
    (lambda asked: asked.need == "fresh-air" and asked.wanted_min <= 50, "trail", "fresh-air"),  # noqa: PLR2004
    (lambda asked: asked.wanted_min >= 40, "long", "time"),  # noqa: PLR2004
    (lambda asked: asked.need == "silence", "mindful", "silence"),
    (lambda asked: asked.tense and asked.late, "reset", "late"),
    (lambda asked: asked.tense, "intervals", "restless"),
    (lambda asked: asked.need == "movement" and asked.weekend and not asked.wanted_min, "long", "weekend"),
    (lambda asked: asked.need == "movement", "reset", "movement"),
    (lambda asked: asked.need == "rhythm", "reset", "rhythm"),
    (lambda asked: asked.morning, "mindful", "morning"),
    (lambda _: True, "reset", "reset"),
)


def recommend(moment: RunnerState) -> Recommendation:
    """The form that fits, as long as was asked for, else as long as that form usually is."""
    form, reason = next((form, reason) for fits, form, reason in TABLE if fits(moment))
    usual_s = USUAL_MIN[form] * SECONDS_PER_MINUTE
    return Recommendation(form=form, length_s=moment.wanted_s or usual_s, reason=reason)
