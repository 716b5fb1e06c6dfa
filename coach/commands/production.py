"""A session on its way to being heard: read, given a voice, and timed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from coach.audio.soundbank import bell_length_s
from coach.blocks.wording import LANGUAGES
from coach.commands import opening
from coach.commands.casting import voice_for
from coach.commands.own_language import own_language
from coach.errors import SessionError, UsageError
from coach.session.types import Session
from coach.speech import Spoken, Utterance
from coach.timeline.compile import compile_timeline
from coach.timeline.plan import Wish
from coach.timeline.types import Timeline
from coach.voices.booth import Booth
from coach.voices.estimate import estimate

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a listener asked for: a session by name or path, and the options all such commands share."""

    session: str
    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    voice: str | None = None
    guidance: str = "full"
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Production:
    """A session, its timeline, and the booth whose voice the timeline was measured with."""

    session: Session
    timeline: Timeline
    booth: Booth


def _silently(_done: int, _total: int) -> None:
    pass


@contextmanager
def produced(request: Request, on_progress: OnProgress = _silently) -> Iterator[Production]:
    """A request, ready to be mixed. Missing speech is made first, several at a time.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session, language or voice.
        OutsideError: a voice failed.
    """
    session = opening.load(request.session, request.values)
    wish = wish_for(session, request)
    with Booth(voice_for(request.voice, session, wish.language or session.languages[0])) as booth:
        booth.prepare(_wanted(session, wish), on_progress)
        timeline = compile_timeline(session, wish, booth.measure, bell_length_s)
        yield Production(session=session, timeline=timeline, booth=booth)


def wish_for(session: Session, request: Request) -> Wish:
    """What a request asks of a session.

    Raises:
        UsageError: the coach does not speak the language.
    """
    return Wish(
        language=language_for(session, request.language),
        length_s=request.length_s,
        cadence_spm=request.cadence_spm,
        guidance=request.guidance,
    )


def _wanted(session: Session, wish: Wish) -> tuple[Utterance, ...]:
    """What will probably be said: everything asked for when the session is timed by estimate."""
    wanted: dict[Utterance, Spoken] = {}

    def noted(utterance: Utterance) -> Spoken:
        return wanted.setdefault(utterance, estimate(utterance))

    with suppress(SessionError):  # by estimate; whether it really is one, the measured words will tell
        compile_timeline(session, wish, noted, bell_length_s)
    return tuple(wanted)


def language_for(session: Session, asked: str | None) -> str:
    """The language asked for, else the computer's own if the session speaks it, else the session's first.

    Raises:
        UsageError: the coach does not speak the language.
    """
    if asked is None:
        own = own_language()
        return own if own in session.languages else session.languages[0]
    if asked not in LANGUAGES:
        raise UsageError(f"the coach does not speak '{asked}'; choose one of {', '.join(LANGUAGES)}")
    return asked
