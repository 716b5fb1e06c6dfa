"""Preparation of a session: read it, choose its voice, and time it by the speech of that voice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from coach.audio.soundbank import bell_length_s
from coach.diagnostics.problem import SessionError
from coach.languages.registry import find_language
from coach.services.session_reading import load_session
from coach.services.session_request import SessionRequest
from coach.services.voice_selection import choose_voice
from coach.session.session import Session
from coach.text.console import system_language
from coach.timeline.compile import compile_plan, compile_timeline
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Timeline
from coach.utterance import Measure, SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate
from coach.voices.speech_service import OnProgress, SpeechService, ignore_progress


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedSession:
    """A session, its timeline, and the speech service that the timeline was measured with."""

    session: Session
    timeline: Timeline
    speech_service: SpeechService


@contextmanager
def prepare_session(request: SessionRequest, on_progress: OnProgress = ignore_progress) -> Iterator[PreparedSession]:
    """Prepare a session for mixing. Missing speech is made first, several utterances at a time.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session, language or voice.
        ExternalError: a voice failed.
    """
    session = load_session(request.session, request.values)
    options = to_plan_options(session, request)
    voice = choose_voice(request.voice, session, options.language or session.languages[0])
    with SpeechService(voice) as speech_service:
        speech_service.prepare(_estimate_utterances(session, options), on_progress)
        timeline = compile_timeline(session, options, speech_service.measure, bell_length_s)
        yield PreparedSession(session=session, timeline=timeline, speech_service=speech_service)


def plan_by_estimate(request: SessionRequest, measure: Measure = estimate) -> Plan:
    """Plan a session without a voice, by how long words usually take.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session or language.
    """
    session = load_session(request.session, request.values)
    return compile_plan(session, to_plan_options(session, request), measure, bell_length_s)


def to_plan_options(session: Session, request: SessionRequest) -> PlanOptions:
    """The options of a request that shape the plan of a session.

    Raises:
        UsageError: the coach does not speak the language.
    """
    return PlanOptions(
        language=choose_language(session, request.language),
        length_s=request.length_s,
        cadence_spm=request.cadence_spm,
        guidance=request.guidance,
    )


def _estimate_utterances(session: Session, options: PlanOptions) -> tuple[Utterance, ...]:
    """The utterances that will probably be needed: those of the session when it is timed by estimate."""
    durations: dict[Utterance, SpokenDuration] = {}

    def measure(utterance: Utterance) -> SpokenDuration:
        return durations.setdefault(utterance, estimate(utterance))

    with suppress(SessionError):  # of the estimate; the measured words decide
        compile_timeline(session, options, measure, bell_length_s)
    return tuple(durations)


def choose_language(session: Session, asked: str | None) -> str:
    """The language asked for, else the computer's own if the session speaks it, else the session's first.

    Raises:
        UsageError: the coach does not speak the language.
    """
    if asked is None:
        own = system_language()
        return own if own in session.languages else session.languages[0]
    return find_language(asked).code
