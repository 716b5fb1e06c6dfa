"""Speech made ahead of the ear: what comes first is spoken first, while the session is already being heard."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np

from coach.audio.soundbank import RATE_HZ
from coach.errors import ExternalError
from coach.play.playback_status import PlaybackStatus
from coach.sounds.clip import Clip
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate

SPOKEN_FIRST_S = 20.0

AT_ONCE = 6


class PrefetchSpeech(Protocol):
    """What a narrator needs of `coach.voices.speech_service.SpeechService`."""

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        """How long an utterance is, if it has been spoken."""

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        """Speak what was never spoken."""

    def clip(self, utterance: Utterance) -> Clip:
        """An utterance as sound."""

    def close(self) -> None:
        """Speak no more."""


NOTHING = Clip(samples=np.zeros((0, 1), np.float32), rate_hz=RATE_HZ)

"""What is heard of words that were not spoken."""


class SpeechPrefetch:
    """Speaks the words of a session in the order in which they are heard, and never makes the ear wait for them."""

    def __init__(self, booth: PrefetchSpeech) -> None:
        self._booth = booth
        self._refused: set[Utterance] = set()

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """How long an utterance is, or, until it has been spoken, will probably be."""
        return self._booth.known(utterance) or estimate(utterance)

    def measure_spoken(self, utterance: Utterance) -> SpokenDuration:
        """How long an utterance is; it is spoken if it never was."""
        self._booth.prepare([utterance])
        return self.measure(utterance)

    def clip(self, utterance: Utterance) -> Clip:
        """An utterance as sound; nothing if it has not been spoken yet, or has been lost since."""
        try:
            return self._booth.clip(utterance) if self._booth.known(utterance) is not None else NOTHING
        except ExternalError:
            return NOTHING

    def speak_first(self, timeline: Timeline) -> bool:
        """Speak what is heard first; whether there was anything to speak.

        Raises:
            OutsideError: the voice failed.
        """
        missing = self._missing(timeline, 0.0, SPOKEN_FIRST_S)
        self._booth.prepare(missing)
        return bool(missing)

    def speak_rest(
        self,
        standing: Callable[[], PlaybackStatus],
        *,
        on_more: Callable[[], None],
        on_missing: Callable[[], None],
        is_over: Callable[[], bool],
    ) -> None:
        """Speak all the rest, always what will be heard next.

        Args:
            standing: what is to be said, and where the run is in it.
            on_more: called each time some more has been spoken.
            on_missing: called for words that no voice would say; they are left out.
            is_over: whether nobody listens any more; the booth may be closed then.
        """
        while (some := self._next(standing())[:AT_ONCE]) and not is_over():
            for utterance in self._unspeakable(some):
                if is_over():
                    return
                self._refused.add(utterance)
                on_missing()
            on_more()

    def _next(self, standing: PlaybackStatus) -> list[Utterance]:
        timeline, position_s = standing.timeline, standing.position_s
        return self._missing(timeline, position_s, math.inf) or self._missing(timeline, 0.0, position_s)

    def _unspeakable(self, utterances: Sequence[Utterance]) -> Iterator[Utterance]:
        """Speak some; those that could not be."""
        try:
            self._booth.prepare(utterances)
        except ExternalError:
            for utterance in utterances:
                try:
                    self._booth.prepare([utterance])
                except ExternalError:
                    yield utterance

    def _missing(self, timeline: Timeline, from_s: float, until_s: float) -> list[Utterance]:
        said = [event for event in timeline.events if isinstance(event, Speech) and from_s <= event.start_s < until_s]
        return [
            utterance
            for utterance in dict.fromkeys(event.utterance for event in said)
            if utterance not in self._refused and self._booth.known(utterance) is None
        ]
