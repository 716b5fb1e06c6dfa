"""Suggestion of a session: a table chooses the form of run that fits the answers; then the nearest possible length."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from coach.journal.diary import Run
from coach.languages import find_language
from coach.languages.screen_words import JournalWords, Need, Reason
from coach.services import session_reading
from coach.session.session import Session
from coach.timeline.compile import find_reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.units import SECONDS_PER_MINUTE
from coach.voices.duration_estimate import estimate_duration

RunForm = Literal["reset", "long", "intervals", "mindful", "trail"]

USUAL_MIN: dict[RunForm, float] = {"reset": 24, "long": 50, "intervals": 28, "mindful": 25, "trail": 30}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunnerState:
    """The answers of a runner, None where a question was skipped, and the time."""

    tension: int | None
    need: Need | None
    wanted_s: float | None
    now: datetime

    @property
    def wanted_min(self) -> float:
        """The minutes asked for; 0 where none were."""
        return (self.wanted_s or 0.0) / SECONDS_PER_MINUTE

    @property
    def is_tense(self) -> bool:
        """Whether the tension is high; an unknown tension counts as moderate."""
        return (self.tension or 0) >= 7  # noqa: PLR2004 - the upper end of the scale

    @property
    def is_late(self) -> bool:
        """Whether it is so late that quick steps would disturb sleep."""
        return not 5 <= self.now.hour < 21  # noqa: PLR2004 - the hours of a day

    @property
    def is_morning(self) -> bool:
        """Whether it is morning."""
        return 5 <= self.now.hour < 11  # noqa: PLR2004 - the hours of a day

    @property
    def is_weekend(self) -> bool:
        """Whether it is Saturday or Sunday, in daylight."""
        return self.now.weekday() in {5, 6} and 5 <= self.now.hour < 17  # noqa: PLR2004 - the hours of a day


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """A form of run, its length, and the reason, which each language words."""

    form: RunForm
    length_s: float
    reason: Reason


# The first row that fits applies.
TABLE: tuple[tuple[Callable[[RunnerState], bool], RunForm, Reason], ...] = (
    (lambda state: state.need == "fresh-air" and state.wanted_min <= 50, "trail", "fresh-air"),  # noqa: PLR2004
    (lambda state: state.wanted_min >= 40, "long", "time"),  # noqa: PLR2004
    (lambda state: state.need == "silence", "mindful", "silence"),
    (lambda state: state.is_tense and state.is_late, "reset", "late"),
    (lambda state: state.is_tense, "intervals", "restless"),
    (lambda state: state.need == "movement" and state.is_weekend and not state.wanted_min, "long", "weekend"),
    (lambda state: state.need == "movement", "reset", "movement"),
    (lambda state: state.need == "rhythm", "reset", "rhythm"),
    (lambda state: state.is_morning, "mindful", "morning"),
    (lambda _: True, "reset", "reset"),
)


def recommend(state: RunnerState) -> Recommendation:
    """Recommend the form of the first row that fits, with the length asked for, or else its usual length."""
    form, reason = next((form, reason) for fits, form, reason in TABLE if fits(state))
    usual_s = USUAL_MIN[form] * SECONDS_PER_MINUTE
    return Recommendation(form=form, length_s=state.wanted_s or usual_s, reason=reason)


SESSIONS: Mapping[RunForm, str] = {
    "reset": "reset-run",
    "long": "long-easy",
    "intervals": "light-intervals",
    "mindful": "mindful-run",
    "trail": "forest-run",
}

SPARE_S = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A shipped session by name, its length, and why, in the runner's language."""

    session: str
    length_s: float
    words: str


def suggest_session(run: Run, options: PlanOptions) -> Suggestion:
    """Suggest the session that fits the answers, with a length as near as possible to the one asked for.

    The length of ``options`` overrides the answered one.
    """
    state = RunnerState(
        tension=run.tension_before, need=run.need, wanted_s=options.length_s or run.wanted_s, now=run.started_at
    )
    recommendation = recommend(state)
    session = session_reading.load_session(SESSIONS[recommendation.form])
    length_s = find_nearest_length_s(session, options, recommendation.length_s)
    why = find_language(run.language).journal.why[recommendation.reason]
    sentence = describe_length(session, length_s, recommendation.length_s, run.language)
    return Suggestion(session=SESSIONS[recommendation.form], length_s=length_s, words=f"{why} {sentence}")


def find_nearest_length_s(session: Session, options: PlanOptions, wanted_s: float) -> float:
    """Find the length nearest to the one wanted that a session can have with any voice.

    Half a minute is kept from the estimated limits, as a voice may need some seconds more or less. For a length beyond
    them it is the last whole minute. A session that cannot be stretched that far keeps its length.
    """
    shortest_s, longest_s = find_reachable_lengths_s(session, options, estimate_duration)
    if shortest_s + SPARE_S <= wanted_s <= longest_s - SPARE_S:
        return wanted_s
    least_s = math.ceil((shortest_s + SPARE_S) / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    most_s = math.floor((longest_s - SPARE_S) / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    if least_s > most_s:
        return min(max(wanted_s, shortest_s), longest_s)
    return min(max(wanted_s, least_s), most_s)


def describe_length(session: Session, length_s: float, wanted_s: float, language: str) -> str:
    """Describe the length of a session; if it is not the one wanted, say that it cannot be shorter or longer."""
    title = session.title[language if language in session.languages else session.languages[0]]
    words = _choose_words(find_language(language).journal, length_s - wanted_s)
    return words.format(title=title, minutes=round(length_s / SECONDS_PER_MINUTE))


def _choose_words(words: JournalWords, longer_s: float) -> str:
    if longer_s > 0.0:
        return words.no_shorter
    return words.no_longer if longer_s < 0.0 else words.fitting
