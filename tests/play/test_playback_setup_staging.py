"""A session on its stage: it begins when its first words are there, and the rest is spoken while it is heard."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import session_texts
from pulse_server import until

from coach.audio.soundbank import RATE_HZ
from coach.devices.fake_device import FakeBackend
from coach.errors import ExternalError
from coach.play.playback_setup import OpenPlayback, start_playback
from coach.play.playback_thread import PlaybackThread
from coach.session.session import Session
from coach.sounds.clip import Clip, Samples
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Speech
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate

RUN = """
coach: 1
language: en
title: A run
sounds: {bed: none, breath: none}
blocks:
  - free:
      lasts: 34s
      bell: none
      ticks: off
      breath: none
      say:
        - {at: 1s, text: "Hello there."}
        - {at: 22s, text: "Feel the ground under your feet."}
        - {at: 25s, text: "Soften your jaw."}
"""
HELLO, GROUND, JAW = "Hello there.", "Feel the ground under your feet.", "Soften your jaw."
PERIOD_FRAMES = 960
LOUD = 0.02


class SlowBooth:
    """Speaks at its own pace: what comes after the first words only when it is told to go on, or never.

    Its words last so many times as long as is estimated.
    """

    def __init__(self, times: float = 1.0, refuses: str = "") -> None:
        self.spoken: list[str] = []
        self.closed = False
        self.may_go_on = threading.Event()
        self._times = times
        self._refuses = refuses

    def true_s(self, text: str) -> float:
        return round(self._times * estimate(Utterance(text=text, language="en")).length_s, 3)

    def known(self, utterance: Utterance) -> SpokenDuration | None:
        return (
            SpokenDuration(length_s=self.true_s(utterance.text), onset_s=0.0) if utterance.text in self.spoken else None
        )

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        for text in [utterance.text for utterance in utterances if utterance.text not in self.spoken]:
            if text != HELLO and threading.current_thread().name == "narrator":
                self.may_go_on.wait()
            if self.closed or text == self._refuses:
                raise ExternalError("the voice fell silent")
            self.spoken.append(text)

    def clip(self, utterance: Utterance) -> Clip:
        times_s = np.arange(round(self.true_s(utterance.text) * RATE_HZ)) / RATE_HZ
        samples = (0.2 * np.sin(2 * np.pi * 300 * times_s)).astype(np.float32)
        return Clip(samples=samples[:, None], rate_hz=RATE_HZ)

    def close(self) -> None:
        self.closed = True
        self.may_go_on.set()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_texts.session(tmp_path, RUN)


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend(latency_s=0.04)


@pytest.fixture
def stage(backend: FakeBackend) -> Iterator[OpenPlayback]:
    opened = OpenPlayback(lambda: backend.open(None, RATE_HZ))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = threading.enumerate()
    yield
    assert threading.enumerate() == before


def listen(
    stage: OpenPlayback, backend: FakeBackend, seconds: float, *, to: Callable[[], bool] = lambda: False
) -> Samples:
    """Let a device ask for so much, as fast as it is mixed, or until something has happened; all that was heard."""
    for _ in range(round(seconds * RATE_HZ / PERIOD_FRAMES)):
        until(lambda: to() or stage.deck._exhausted or stage.deck._queued > PERIOD_FRAMES, "the deck is filled")
        if to():
            break
        backend.opened[0].ask(PERIOD_FRAMES)
    return backend.opened[0].heard


@contextmanager
def performed(
    stage: OpenPlayback, backend: FakeBackend, session: Session, booth: SlowBooth, delay_s: float = 0.0
) -> Iterator[PlaybackThread]:
    """A session that is played; at the end it is stopped, and listened to until it is quiet."""
    with start_playback(stage, session, PlanOptions(), booth, delay_s) as player:
        try:
            yield player
        finally:
            player.stop()
            listen(stage, backend, 60.0, to=lambda: is_over(player))


def is_over(player: PlaybackThread) -> bool:
    return player.standing().state == "ended"


def said(player: PlaybackThread) -> list[Speech]:
    return [event for event in player.standing().timeline.events if isinstance(event, Speech)]


def test_it_begins_when_the_first_words_are_there(session: Session, stage: OpenPlayback, backend: FakeBackend) -> None:
    booth = SlowBooth()
    with performed(stage, backend, session, booth) as player:
        assert booth.spoken == [HELLO]
        listen(stage, backend, 4.0)
        assert (player.standing().state, booth.spoken) == ("playing", [HELLO])


def test_it_waits_as_long_as_is_asked(session: Session, stage: OpenPlayback, backend: FakeBackend) -> None:
    with performed(stage, backend, session, SlowBooth(), 10.0) as player:
        listen(stage, backend, 9.0)
        assert player.standing().state == "waiting"
        listen(stage, backend, 2.0)
        assert player.standing().state == "playing"


def test_words_that_last_longer_than_was_thought_are_heard_whole_and_one_after_the_other(
    session: Session, stage: OpenPlayback, backend: FakeBackend
) -> None:
    booth = SlowBooth(times=1.4)
    with performed(stage, backend, session, booth) as player:
        listen(stage, backend, 3.0)
        thought = said(player)
        booth.may_go_on.set()
        until(lambda: round(said(player)[1].end_s - said(player)[1].start_s, 3) == booth.true_s(GROUND), "planned anew")
        until(lambda: round(said(player)[2].end_s - said(player)[2].start_s, 3) == booth.true_s(JAW), "planned anew")
        heard = listen(stage, backend, 60.0, to=lambda: is_over(player))
        spoken = said(player)
    assert [each.text for each in spoken] == [HELLO, GROUND, JAW]
    assert spoken[2].start_s > thought[2].start_s
    assert all(earlier.end_s <= later.start_s for earlier, later in pairwise(spoken))
    loud = np.flatnonzero(np.abs(heard[:, 0]) > LOUD)
    stretches = np.split(loud, np.flatnonzero(np.diff(loud) > RATE_HZ // 20) + 1)
    begun = stretches[0][0] - spoken[0].start_s * RATE_HZ
    for each, stretch in zip(spoken, stretches, strict=True):
        assert stretch[0] == pytest.approx(begun + each.start_s * RATE_HZ, abs=RATE_HZ * 0.01)
        assert stretch[-1] == pytest.approx(begun + each.end_s * RATE_HZ, abs=RATE_HZ * 0.01)


def test_where_it_cannot_be_planned_by_estimate_every_word_is_spoken_first(
    tmp_path: Path, stage: OpenPlayback, backend: FakeBackend
) -> None:
    tight = session_texts.session(tmp_path, RUN.replace("lasts: 34s", "lasts: 26s"))
    booth = SlowBooth(times=0.5)
    with performed(stage, backend, tight, booth) as player:
        assert (booth.spoken, len(said(player))) == ([HELLO, GROUND, JAW], 3)
        listen(stage, backend, 2.0)


def test_a_voice_that_fails_before_the_start_is_told(session: Session, stage: OpenPlayback) -> None:
    with (
        pytest.raises(ExternalError, match="the voice fell silent"),
        start_playback(stage, session, PlanOptions(), SlowBooth(refuses=HELLO), 0.0),
    ):
        pytest.fail("it has begun")


def test_a_voice_that_fails_later_leaves_out_what_it_cannot_say(
    session: Session, stage: OpenPlayback, backend: FakeBackend
) -> None:
    booth = SlowBooth(refuses=GROUND)
    with performed(stage, backend, session, booth) as player:
        booth.may_go_on.set()
        until(lambda: player.standing().notice is not None, "it is told")
        notice = player.standing().notice
        listen(stage, backend, 60.0, to=lambda: is_over(player))
    assert (notice.kind if notice else "", booth.spoken) == ("words-missing", [HELLO, JAW])


def test_leaving_it_lets_everything_go(session: Session, stage: OpenPlayback, backend: FakeBackend) -> None:
    booth = SlowBooth()
    with start_playback(stage, session, PlanOptions(), booth, 0.0) as player:
        listen(stage, backend, 2.0)
        names = {thread.name for thread in threading.enumerate()}
        asking = threading.Thread(target=listen, args=(stage, backend, 60.0), kwargs={"to": lambda: is_over(player)})
        asking.start()
    asking.join()
    assert {"player", "narrator"} <= names
    assert (is_over(player), player.ending, booth.spoken) == (True, "stopped", [HELLO])
    assert (booth.closed, backend.opened[0].closed, stage.outlet.is_open) == (True, True, False)
