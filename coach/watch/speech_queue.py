"""The words of one text of a session: those that were spoken, those that nobody can say, and those to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coach.audio.soundbank import RATE_HZ, bell_length_s
from coach.diagnostics.problem import Problem, SessionError
from coach.errors import ExternalError
from coach.session.session import Session
from coach.sounds.clip import Clip
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate
from coach.voices.voice import SpeechSynthesizer

NOTHING = Clip(samples=np.zeros((0, 1), np.float32), rate_hz=RATE_HZ)

"""What is heard of words that were not spoken."""


class SpeechQueue:
    """Measures words, and speaks those that are asked for; one that fails costs no other.

    Args:
        booth: who speaks.

    Attributes:
        refused: what could not be spoken, and why.
    """

    def __init__(self, booth: SpeechSynthesizer) -> None:
        self.booth = booth
        self.refused: dict[Utterance, ExternalError] = {}

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        """How long an utterance is, if it has been spoken.

        Raises:
            UsageError: there is no such voice.
        """
        if utterance in self.refused:
            return None
        try:
            return self.booth.known(utterance)
        except ExternalError as fault:
            self.refused[utterance] = fault
            return None

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """How long an utterance is, or, until it has been spoken, will probably be; the same errors."""
        return self.known(utterance) or estimate(utterance)

    def is_to_come(self, utterance: Utterance) -> bool:
        """Whether an utterance has still to be spoken; the same errors."""
        return self.known(utterance) is None and utterance not in self.refused

    def speak(self, utterances: Sequence[Utterance]) -> None:
        """Speak some. Where one cannot be spoken, each of them is tried by itself."""
        try:
            self.booth.prepare(utterances)
        except ExternalError:
            for utterance in utterances:
                self._try(utterance)

    def _try(self, utterance: Utterance) -> None:
        try:
            self.booth.prepare([utterance])
        except ExternalError as fault:
            self.refused[utterance] = fault

    def kept(self, timeline: Timeline) -> "SpokenClips":
        """What there is now of the words of a session."""
        said = (event.utterance for event in timeline.events if isinstance(event, Speech))
        return SpokenClips(
            self.booth, {words: self.booth.key(words) for words in said if self.known(words) is not None}
        )


class SpokenClips:
    """Spoken words as they were at one moment: what is spoken later stays silent here."""

    def __init__(self, booth: SpeechSynthesizer, keys: Mapping[Utterance, str]) -> None:
        self._booth = booth
        self._keys = keys

    def key(self, utterance: Utterance) -> str | None:
        """The name of what is heard of an utterance; None if it is nothing."""
        return self._keys.get(utterance)

    def clip(self, utterance: Utterance) -> Clip:
        """An utterance as sound; nothing if it had not been spoken.

        Raises:
            OutsideError: it has been lost since, and could not be spoken again.
        """
        return self._booth.clip(utterance) if utterance in self._keys else NOTHING


def order_to_speak(timeline: Timeline | None, to_come: Iterable[Utterance], from_s: float) -> list[Utterance]:
    """In which order to speak words for someone who listens from here on.

    Args:
        timeline: what is to be heard, if that is known already.
        to_come: what has still to be spoken. What is not in the timeline had no room there and comes last.
        from_s: where they listen.
    """
    events = timeline.events if timeline else ()
    said = [event for event in events if isinstance(event, Speech)]
    coming = [event.utterance for event in said if event.end_s > from_s]
    wanted = dict.fromkeys(to_come)
    ordered = dict.fromkeys((*coming, *(event.utterance for event in said), *wanted))
    return [utterance for utterance in ordered if utterance in wanted]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPlan:
    """A timeline, or the problems for which there is none; either is certain only when nothing is to come any more."""

    timeline: Timeline | None
    problems: tuple[Problem, ...]
    to_come: tuple[Utterance, ...]


def plan_draft(session: Session, wish: PlanOptions, narration: SpeechQueue) -> DraftPlan:
    """Plan a session.

    Raises:
        UsageError: it does not speak the language, or there is no such voice.
        OutsideError: a bell cannot be read.
    """
    asked: dict[Utterance, SpokenDuration] = {}

    def measure(utterance: Utterance) -> SpokenDuration:
        asked[utterance] = narration.measure(utterance)
        return asked[utterance]

    problems: tuple[Problem, ...] = ()
    timeline = None
    try:
        timeline = compile_timeline(session, wish, measure, bell_length_s)
    except SessionError as error:
        problems = error.problems
    return DraftPlan(timeline=timeline, problems=problems, to_come=tuple(filter(narration.is_to_come, asked)))
