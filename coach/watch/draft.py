"""A session planned with as much of its speech as there is, the rest by how long such words usually take."""

from dataclasses import dataclass

from coach.audio.soundbank import bell_length_s
from coach.errors import Problem, SessionError
from coach.session.types import Session
from coach.speech import Spoken, Utterance
from coach.timeline.compile import compile_timeline
from coach.timeline.plan import Wish
from coach.timeline.types import Timeline
from coach.watch.narration import Narration


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A timeline, or the problems for which there is none; either is certain only when nothing is to come any more."""

    timeline: Timeline | None
    problems: tuple[Problem, ...]
    to_come: tuple[Utterance, ...]


def draft(session: Session, wish: Wish, narration: Narration) -> Draft:
    """Plan a session.

    Raises:
        UsageError: it does not speak the language, or there is no such voice.
        OutsideError: a bell cannot be read.
    """
    asked: dict[Utterance, Spoken] = {}

    def measure(utterance: Utterance) -> Spoken:
        asked[utterance] = narration.measure(utterance)
        return asked[utterance]

    problems: tuple[Problem, ...] = ()
    timeline = None
    try:
        timeline = compile_timeline(session, wish, measure, bell_length_s)
    except SessionError as error:
        problems = error.problems
    return Draft(timeline=timeline, problems=problems, to_come=tuple(filter(narration.is_to_come, asked)))
