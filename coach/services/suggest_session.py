"""A session for who has not chosen one, and a length that it can have."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from coach.journal.recommend_form import RunForm, RunnerState, recommend
from coach.journal.run import Run
from coach.languages.registry import find_language
from coach.languages.screen_words import JournalWords
from coach.services import session_preparation
from coach.session.session import Session
from coach.timeline.compile import reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.units import SECONDS_PER_MINUTE
from coach.voices.duration_estimate import estimate

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
    """A shipped session by name, how long it is to be, and why, in the runner's language."""

    session: str
    length_s: float
    words: str


def suggest_session(run: Run, wish: PlanOptions) -> Suggestion:
    """The session that fits what a runner answered, as near to the length that was asked for as it can be.

    Args:
        run: with the answers given before it; the words are in its language.
        wish: what else is asked of the session; its length goes before what was answered.
    """
    moment = RunnerState(
        tension=run.tension_before, need=run.need, wanted_s=wish.length_s or run.wanted_s, now=run.started_at
    )
    advice = recommend(moment)
    session = session_preparation.load(SESSIONS[advice.form])
    length_s = nearest_s(session, wish, advice.length_s)
    why = find_language(run.language).journal.why[advice.reason]
    told = length_in_words(session, length_s, advice.length_s, run.language)
    return Suggestion(session=SESSIONS[advice.form], length_s=length_s, words=f"{why} {told}")


def nearest_s(session: Session, wish: PlanOptions, wanted_s: float) -> float:
    """The length nearest to the one wanted that a session can surely have, whoever will speak in it.

    Its ends are whole minutes, half a minute or more within reach, as a voice may need some seconds more or less
    than is estimated. A session that cannot be stretched so far has its only length.
    """
    shortest_s, longest_s = reachable_lengths_s(session, wish, estimate)
    least_s = math.ceil((shortest_s + SPARE_S) / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    most_s = math.floor((longest_s - SPARE_S) / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    if least_s > most_s:
        return min(max(wanted_s, shortest_s), longest_s)
    return min(max(wanted_s, least_s), most_s)


def length_in_words(session: Session, length_s: float, wanted_s: float, language: str) -> str:
    """How long a session will be, and, where that is not as long as was wanted, that it cannot be otherwise."""
    title = session.title[language if language in session.languages else session.languages[0]]
    words = _words_for(find_language(language).journal, length_s - wanted_s)
    return words.format(title=title, minutes=round(length_s / SECONDS_PER_MINUTE))


def _words_for(words: JournalWords, longer_s: float) -> str:
    if longer_s > 0.0:
        return words.no_shorter
    return words.no_longer if longer_s < 0.0 else words.fitting
