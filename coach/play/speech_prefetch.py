"""Speech prefetch: speaks the words of a session in the order they are heard, while it is already playing."""

import math
from collections.abc import Callable, Iterator, Sequence

from coach.errors import ExternalError
from coach.play.playback_status import PlaybackStatus
from coach.sounds.clip import EMPTY_CLIP, Clip
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.voice import SpeechSynthesizer

SPOKEN_FIRST_S = 20.0
BATCH = 6


class SpeechPrefetch:
    """Speaks the words of a session in the order in which they are heard, without ever delaying the sound."""

    def __init__(self, service: SpeechSynthesizer) -> None:
        self._service = service
        self._failed: set[Utterance] = set()

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """Return the length of an utterance, or its estimate until it has been spoken."""
        return self._service.find_duration(utterance) or estimate_duration(utterance)

    def measure_spoken(self, utterance: Utterance) -> SpokenDuration:
        """Return the length of an utterance, which is spoken first if it never was."""
        self._service.prepare([utterance])
        return self.measure(utterance)

    def get_clip(self, utterance: Utterance) -> Clip:
        """Return the clip of an utterance; empty if it has not been spoken yet, or has been lost since."""
        try:
            return (
                self._service.get_clip(utterance) if self._service.find_duration(utterance) is not None else EMPTY_CLIP
            )
        except ExternalError:
            return EMPTY_CLIP

    def make_key(self, utterance: Utterance) -> str:
        """Name the clip of an utterance."""
        return self._service.make_key(utterance)

    def speak_first(self, timeline: Timeline) -> bool:
        """Speak what is heard first; return whether there was anything to speak.

        Raises:
            ExternalError: the voice failed.
        """
        missing = self._list_missing(timeline, 0.0, SPOKEN_FIRST_S)
        self._service.prepare(missing)
        return bool(missing)

    def speak_rest(
        self,
        status: Callable[[], PlaybackStatus],
        *,
        on_more: Callable[[], None],
        on_missing: Callable[[], None],
        is_over: Callable[[], bool],
    ) -> None:
        """Speak all the rest, always what will be heard next.

        ``on_more`` is called each time more words are spoken, ``on_missing`` for words that no voice could say; these
        are left out. Once it ``is_over``, the speech service may be closed.
        """
        while (some := self._find_next(status())[:BATCH]) and not is_over():
            for utterance in self._speak_each(some):
                if is_over():
                    return
                self._failed.add(utterance)
                on_missing()
            on_more()

    def _find_next(self, status: PlaybackStatus) -> list[Utterance]:
        timeline, position_s = status.timeline, status.position_s
        return self._list_missing(timeline, position_s, math.inf) or self._list_missing(timeline, 0.0, position_s)

    def _speak_each(self, utterances: Sequence[Utterance]) -> Iterator[Utterance]:
        """Speak utterances; yield those that could not be spoken."""
        try:
            self._service.prepare(utterances)
        except ExternalError:
            for utterance in utterances:
                try:
                    self._service.prepare([utterance])
                except ExternalError:
                    yield utterance

    def _list_missing(self, timeline: Timeline, from_s: float, until_s: float) -> list[Utterance]:
        said = [event for event in timeline.events if isinstance(event, Speech) and from_s <= event.start_s < until_s]
        return [
            utterance
            for utterance in dict.fromkeys(event.utterance for event in said)
            if utterance not in self._failed and self._service.find_duration(utterance) is None
        ]
