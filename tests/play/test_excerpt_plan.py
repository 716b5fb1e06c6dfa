"""An excerpt is found at once where it can be, and always where the finished session has it."""

import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from humming_soundbank import hum
from hypothesis import given, settings
from hypothesis import strategies as st
from session_texts import session as written

from coach.audio.soundbank import bell_length_s
from coach.diagnostics.problem import SessionError
from coach.play.excerpt import _events_near, find_block, find_whole, plan_excerpt
from coach.services import session_preparation
from coach.session import library
from coach.sounds.clip import Clip
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Speech
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate


class FakeSpeechService:
    """Speaks at once, each stretch of words so much slower or quicker than estimated."""

    def __init__(self, slowest: float = 1.0) -> None:
        self.spoken: dict[Utterance, SpokenDuration] = {}
        self._slowest = slowest

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """From 0.8 of the estimate to ``slowest`` of it, by the words."""
        share = zlib.crc32(utterance.text.encode()) % 100 / 99.0
        factor = 0.8 + share * (self._slowest - 0.8)
        return SpokenDuration(length_s=factor * estimate(utterance).length_s, onset_s=0.1)

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        return self.spoken.get(utterance)

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        self.spoken.update({utterance: self.measure(utterance) for utterance in utterances})

    def clip(self, utterance: Utterance) -> Clip:
        return hum(utterance)

    def key(self, utterance: Utterance) -> str:
        return utterance.text

    def wake(self, language: str) -> None:
        pass

    def close(self) -> None:
        pass


@settings(deadline=None, max_examples=30)
@given(name=st.sampled_from(library.names()), data=st.data())
def test_an_excerpt_is_as_in_the_plan_of_all_spoken_words(name: str, data: st.DataObject) -> None:
    session = session_preparation.load(name)
    options = PlanOptions(language=data.draw(st.sampled_from(session.languages)))
    find = partial(find_block, wanted=str(data.draw(st.integers(1, len(session.blocks)))))
    service = FakeSpeechService(slowest=1.25)
    plan, excerpt = plan_excerpt(session, options, service, find)
    finished = compile_plan(session, options, service.measure, bell_length_s)
    assert excerpt == find(finished)
    assert _events_near(plan.timeline, excerpt) == _events_near(finished.timeline, excerpt)
    said = [event.utterance for event in _events_near(plan.timeline, excerpt) if isinstance(event, Speech)]
    assert set(said) <= set(service.spoken)


def test_words_elsewhere_are_not_waited_for() -> None:
    service = FakeSpeechService()
    plan, _ = plan_excerpt(
        session_preparation.load("long-easy"), PlanOptions(language="en"), service, partial(find_block, wanted="4")
    )
    words = {event.utterance for event in plan.timeline.events if isinstance(event, Speech)}
    assert len(service.spoken) < len(words) / 4


def test_all_words_are_spoken_where_they_decide_when_it_is_heard(tmp_path: Path) -> None:
    text = "coach: 1\ntitle: P\nlanguage: nl\nblocks: [say: Een twee drie., free: 1m, free: {lasts: 1m, say: Vier.}]\n"
    service = FakeSpeechService()
    plan_excerpt(written(tmp_path, text), PlanOptions(), service, partial(find_block, wanted="3"))
    assert [utterance.text for utterance in service.spoken] == ["Vier.", "Een twee drie."]


def test_for_all_of_a_session_all_of_it_is_spoken() -> None:
    session, service = session_preparation.load("walk-out"), FakeSpeechService()
    plan, excerpt = plan_excerpt(session, PlanOptions(language="nl"), service, find_whole)
    assert excerpt.end_s == plan.timeline.length_s
    assert plan.timeline == compile_plan(session, PlanOptions(language="nl"), service.measure, bell_length_s).timeline


TIGHT = (
    "coach: 1\ntitle: P\nlanguage: nl\nlength: 5s\nblocks: [free: {lasts: 5s, say: [{at: 0s, text: WORDS}]}]\n".replace(
        "WORDS", "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien."
    )
)


def test_words_too_long_by_estimate_may_fit_all_the_same(tmp_path: Path) -> None:
    session = written(tmp_path, TIGHT)
    service = FakeSpeechService(slowest=0.8)
    with pytest.raises(SessionError):
        compile_plan(session, PlanOptions(), estimate, bell_length_s)
    plan, excerpt = plan_excerpt(session, PlanOptions(), service, find_whole)
    assert (excerpt.end_s, len(service.spoken), len(plan.timeline.events)) == (5.0, 1, 1)


def test_words_too_long_are_an_error(tmp_path: Path) -> None:
    session = written(tmp_path, TIGHT)
    with pytest.raises(SessionError):
        plan_excerpt(session, PlanOptions(), FakeSpeechService(slowest=1.25), find_whole)
