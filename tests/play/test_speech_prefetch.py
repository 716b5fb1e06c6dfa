"""Speech prefetch: what comes first is spoken first, and playback never waits for it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from fake_controls import status
from humming_soundbank import hum
from timeline_builders import planned, speech, timeline

from coach.errors import ExternalError
from coach.play.speech_prefetch import BATCH, SpeechPrefetch
from coach.sounds.clip import EMPTY_CLIP, Clip
from coach.timeline.timeline import Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration


class FakeSpeechService:
    """Speaks at once, but for words it refuses."""

    def __init__(self, refuses: str = "") -> None:
        self.spoken: list[str] = []
        self._refuses = refuses

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        return SpokenDuration(length_s=1.25, onset_s=0.1) if utterance.text in self.spoken else None

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        for utterance in utterances:
            if utterance.text == self._refuses:
                raise ExternalError("it would not")
            self.spoken.append(utterance.text)

    def get_clip(self, utterance: Utterance) -> Clip:
        return hum(utterance)

    def make_key(self, utterance: Utterance) -> str:
        return utterance.text

    def wake(self, language: str) -> None:
        pass

    def close(self) -> None:
        pass


WORDS = [f"words {number}" for number in range(20)]


@pytest.fixture
def plan() -> Timeline:
    block = planned("easy", 0.0, 200.0)
    return timeline("A run", [block], [speech(words, 10.0 * nth) for nth, words in enumerate(WORDS)])


def said(words: str) -> Utterance:
    return speech(words, 0.0).utterance


def test_until_it_is_spoken_its_length_is_estimated_and_its_clip_is_empty() -> None:
    prefetch = SpeechPrefetch(FakeSpeechService())
    assert prefetch.measure(said("hello there")) == estimate_duration(said("hello there"))
    assert prefetch.get_clip(said("hello there")) is EMPTY_CLIP
    assert prefetch.measure_spoken(said("hello there")) == SpokenDuration(length_s=1.25, onset_s=0.1)
    assert prefetch.get_clip(said("hello there")).frames > 0


def test_words_lost_since_are_silent_and_do_not_end_the_run() -> None:
    class Forgetful(FakeSpeechService):
        def get_clip(self, utterance: Utterance) -> Clip:
            raise ExternalError(f"{utterance.text} is gone")

    service = Forgetful()
    service.prepare([said("hello there")])
    assert SpeechPrefetch(service).get_clip(said("hello there")) is EMPTY_CLIP


def test_only_what_is_heard_soon_is_waited_for(plan: Timeline) -> None:
    service = FakeSpeechService()
    assert SpeechPrefetch(service).speak_first(plan)
    assert service.spoken == ["words 0", "words 1"]
    assert not SpeechPrefetch(service).speak_first(plan)


def test_the_rest_is_spoken_from_where_the_run_is_and_then_from_its_beginning(plan: Timeline) -> None:
    service = FakeSpeechService()
    more: list[int] = []
    SpeechPrefetch(service).speak_rest(
        lambda: replace(status(), timeline=plan, position_s=100.0),
        on_more=lambda: more.append(len(service.spoken)),
        on_missing=lambda: pytest.fail("nothing is missing"),
        is_over=lambda: False,
    )
    assert service.spoken == [*WORDS[10:], *WORDS[:10]]
    assert more == [BATCH, 10, 16, 20]


def test_words_that_the_voice_cannot_say_are_reported_and_left_out(plan: Timeline) -> None:
    service = FakeSpeechService(refuses="words 3")
    missing: list[str] = []
    prefetch = SpeechPrefetch(service)
    prefetch.speak_rest(
        lambda: replace(status(), timeline=plan, position_s=0.0),
        on_more=lambda: None,
        on_missing=lambda: missing.append("reported"),
        is_over=lambda: False,
    )
    assert sorted(set(service.spoken)) == sorted(set(WORDS) - {"words 3"})
    assert missing == ["reported"]
    assert prefetch.get_clip(said("words 3")) is EMPTY_CLIP


def test_when_the_run_is_over_it_speaks_no_more(plan: Timeline) -> None:
    service = FakeSpeechService()
    SpeechPrefetch(service).speak_rest(
        lambda: replace(status(), timeline=plan, position_s=0.0),
        on_more=lambda: None,
        on_missing=lambda: None,
        is_over=lambda: len(service.spoken) >= BATCH,
    )
    assert service.spoken == WORDS[:BATCH]
