"""The narrator: what comes first is spoken first, and nobody waits for it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from fake_controls import standing
from humming_soundbank import hum
from timeline_builders import planned, speech, timeline

from coach.errors import ExternalError
from coach.play.speech_prefetch import AT_ONCE, NOTHING, SpeechPrefetch
from coach.sounds.clip import Clip
from coach.timeline.timeline import Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate


class FakeBooth:
    """Speaks at once, but for words it refuses."""

    def __init__(self, refuses: str = "") -> None:
        self.spoken: list[str] = []
        self._refuses = refuses

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        return SpokenDuration(length_s=1.25, onset_s=0.1) if utterance.text in self.spoken else None

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        for utterance in utterances:
            if utterance.text == self._refuses:
                raise ExternalError("it would not")
            self.spoken.append(utterance.text)

    def clip(self, utterance: Utterance) -> Clip:
        return hum(utterance)

    def close(self) -> None:
        pass


WORDS = [f"words {number}" for number in range(20)]


@pytest.fixture
def plan() -> Timeline:
    block = planned("easy", 0.0, 200.0)
    return timeline("A run", [block], [speech(words, 10.0 * nth) for nth, words in enumerate(WORDS)])


def said(words: str) -> Utterance:
    return speech(words, 0.0).utterance


def test_until_it_is_spoken_a_length_is_estimated_and_its_sound_is_nothing() -> None:
    narrator = SpeechPrefetch(FakeBooth())
    assert narrator.measure(said("hello there")) == estimate(said("hello there"))
    assert narrator.clip(said("hello there")) is NOTHING
    assert narrator.measure_spoken(said("hello there")) == SpokenDuration(length_s=1.25, onset_s=0.1)
    assert narrator.clip(said("hello there")).frames > 0


def test_words_that_were_lost_since_are_silent_and_end_no_run() -> None:
    class Forgetful(FakeBooth):
        def clip(self, utterance: Utterance) -> Clip:
            raise ExternalError(f"{utterance.text} is gone")

    booth = Forgetful()
    booth.prepare([said("hello there")])
    assert SpeechPrefetch(booth).clip(said("hello there")) is NOTHING


def test_only_what_is_heard_soon_is_waited_for(plan: Timeline) -> None:
    booth = FakeBooth()
    assert SpeechPrefetch(booth).speak_first(plan)
    assert booth.spoken == ["words 0", "words 1"]
    assert not SpeechPrefetch(booth).speak_first(plan)


def test_the_rest_is_spoken_from_where_the_run_is_and_then_from_its_beginning(plan: Timeline) -> None:
    booth = FakeBooth()
    more: list[int] = []
    SpeechPrefetch(booth).speak_rest(
        lambda: replace(standing(), timeline=plan, position_s=100.0),
        on_more=lambda: more.append(len(booth.spoken)),
        on_missing=lambda: pytest.fail("nothing is missing"),
        is_over=lambda: False,
    )
    assert booth.spoken == [*WORDS[10:], *WORDS[:10]]
    assert more == [AT_ONCE, 10, 16, 20]


def test_words_that_no_voice_would_say_are_told_and_left_out(plan: Timeline) -> None:
    booth = FakeBooth(refuses="words 3")
    missing: list[str] = []
    narrator = SpeechPrefetch(booth)
    narrator.speak_rest(
        lambda: replace(standing(), timeline=plan, position_s=0.0),
        on_more=lambda: None,
        on_missing=lambda: missing.append("told"),
        is_over=lambda: False,
    )
    assert sorted(set(booth.spoken)) == sorted(set(WORDS) - {"words 3"})
    assert missing == ["told"]
    assert narrator.clip(said("words 3")) is NOTHING


def test_when_the_run_is_over_it_speaks_no_more(plan: Timeline) -> None:
    booth = FakeBooth()
    SpeechPrefetch(booth).speak_rest(
        lambda: replace(standing(), timeline=plan, position_s=0.0),
        on_more=lambda: None,
        on_missing=lambda: None,
        is_over=lambda: len(booth.spoken) >= AT_ONCE,
    )
    assert booth.spoken == WORDS[:AT_ONCE]
