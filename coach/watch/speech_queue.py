"""Speech queue: the words of one version of a session that are spoken, have failed, or are pending."""

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

"""The clip of words that have not been spoken."""


class SpeechQueue:
    """Measures words, and speaks those that are asked for; a failure of one does not affect the others.

    Args:
        service: the speech service.

    Attributes:
        refused: what could not be spoken, and why.
    """

    def __init__(self, service: SpeechSynthesizer) -> None:
        self.service = service
        self.refused: dict[Utterance, ExternalError] = {}

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        """How long an utterance is, if it has been spoken.

        Raises:
            UsageError: there is no such voice.
        """
        if utterance in self.refused:
            return None
        try:
            return self.service.known(utterance)
        except ExternalError as fault:
            self.refused[utterance] = fault
            return None

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """The length of an utterance, or its estimate until it has been spoken; the same errors."""
        return self.known(utterance) or estimate(utterance)

    def is_pending(self, utterance: Utterance) -> bool:
        """Whether an utterance has still to be spoken; the same errors."""
        return self.known(utterance) is None and utterance not in self.refused

    def speak(self, utterances: Sequence[Utterance]) -> None:
        """Speak utterances. If that fails, each of them is tried by itself."""
        try:
            self.service.prepare(utterances)
        except ExternalError:
            for utterance in utterances:
                self._try(utterance)

    def _try(self, utterance: Utterance) -> None:
        try:
            self.service.prepare([utterance])
        except ExternalError as fault:
            self.refused[utterance] = fault

    def snapshot(self, timeline: Timeline) -> "SpokenClips":
        """The words of a session that are spoken now."""
        said = (event.utterance for event in timeline.events if isinstance(event, Speech))
        return SpokenClips(
            self.service, {words: self.service.key(words) for words in said if self.known(words) is not None}
        )


class SpokenClips:
    """The clips that existed at one moment: words spoken later stay silent here."""

    def __init__(self, service: SpeechSynthesizer, keys: Mapping[Utterance, str]) -> None:
        self._service = service
        self._keys = keys

    def key(self, utterance: Utterance) -> str | None:
        """The key of an utterance's clip; None if there is none."""
        return self._keys.get(utterance)

    def clip(self, utterance: Utterance) -> Clip:
        """The clip of an utterance; empty if it had not been spoken.

        Raises:
            ExternalError: it has been lost since, and could not be spoken again.
        """
        return self._service.clip(utterance) if utterance in self._keys else NOTHING


def order_to_speak(timeline: Timeline | None, pending: Iterable[Utterance], from_s: float) -> list[Utterance]:
    """The order in which to speak words for someone who listens from a given time.

    Args:
        timeline: the timeline, if there is one already.
        pending: what has still to be spoken. Words that had no room in the timeline come last.
        from_s: the time from which on they listen.
    """
    events = timeline.events if timeline else ()
    said = [event for event in events if isinstance(event, Speech)]
    coming = [event.utterance for event in said if event.end_s > from_s]
    wanted = dict.fromkeys(pending)
    ordered = dict.fromkeys((*coming, *(event.utterance for event in said), *wanted))
    return [utterance for utterance in ordered if utterance in wanted]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPlan:
    """A timeline, or the problems that prevent one; either is final only when nothing is pending."""

    timeline: Timeline | None
    problems: tuple[Problem, ...]
    pending: tuple[Utterance, ...]


def plan_draft(session: Session, options: PlanOptions, queue: SpeechQueue) -> DraftPlan:
    """Plan a session.

    Raises:
        UsageError: it does not speak the language, or there is no such voice.
        ExternalError: a bell cannot be read.
    """
    asked: dict[Utterance, SpokenDuration] = {}

    def measure(utterance: Utterance) -> SpokenDuration:
        asked[utterance] = queue.measure(utterance)
        return asked[utterance]

    problems: tuple[Problem, ...] = ()
    timeline = None
    try:
        timeline = compile_timeline(session, options, measure, bell_length_s)
    except SessionError as error:
        problems = error.problems
    return DraftPlan(timeline=timeline, problems=problems, pending=tuple(filter(queue.is_pending, asked)))
