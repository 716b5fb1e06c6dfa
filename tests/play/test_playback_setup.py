"""Playback setup: a device is awake before there is anything to hear."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import session_texts
from fake_device import FakeBackend
from pulse_server import until

from coach.audio.soundbank import RATE_HZ
from coach.diagnostics.problem import SessionError
from coach.errors import ExternalError, UsageError
from coach.play.playback_setup import OpenPlayback, start_playback
from coach.play.playback_thread import PlaybackThread
from coach.session.session import Session
from coach.sounds.clip import Clip, Samples
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Speech
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration

PERIOD_FRAMES = 960


def test_from_the_start_only_the_noise_floor_is_heard() -> None:
    backend = FakeBackend()
    playback = OpenPlayback(backend, "head")
    backend.opened[0].pull(PERIOD_FRAMES)
    heard = backend.opened[0].pulled
    assert backend.opened[0].device == "Headset"
    assert heard.shape == (PERIOD_FRAMES, 2)
    assert 0.0 < np.abs(heard).max() < 0.003
    playback.close()
    playback.close()
    assert backend.opened[0].closed


def test_the_buffer_is_kept_filled_while_something_else_takes_long() -> None:
    backend = FakeBackend()
    playback = OpenPlayback(backend, None)
    with playback.keep_filled():
        for _ in range(3):
            until(lambda: playback.buffer._queued >= RATE_HZ, "it is full")
            backend.opened[0].pull(RATE_HZ // 2)
    assert playback.buffer.missed_frames == 0
    assert "filling" not in {thread.name for thread in threading.enumerate()}
    playback.close()


@pytest.mark.parametrize(
    ("names", "error", "message"),
    [([], ExternalError, "no speakers or headphones found"), (["Speakers"], UsageError, 'no device "head"')],
)
def test_a_device_that_cannot_be_opened_is_an_error(names: list[str], error: type[Exception], message: str) -> None:
    backend = FakeBackend(names=names)
    with pytest.raises(error, match=message):
        OpenPlayback(backend, "head")


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


class SlowSpeechService:
    """Speaks at its own pace: what comes after the first words only when the test lets it go on, or never.

    Its words last so many times as long as is estimated.
    """

    def __init__(self, times: float = 1.0, refuses: str = "") -> None:
        self.spoken: list[str] = []
        self.closed = False
        self.may_go_on = threading.Event()
        self._times = times
        self._refuses = refuses

    def true_s(self, text: str) -> float:
        return round(self._times * estimate_duration(Utterance(text=text, language="en")).length_s, 3)

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        return (
            SpokenDuration(length_s=self.true_s(utterance.text), onset_s=0.0) if utterance.text in self.spoken else None
        )

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        for text in [utterance.text for utterance in utterances if utterance.text not in self.spoken]:
            if text != HELLO and threading.current_thread().name == "speech-prefetch":
                self.may_go_on.wait()
            if self.closed or text == self._refuses:
                raise ExternalError("the voice fell silent")
            self.spoken.append(text)

    def get_clip(self, utterance: Utterance) -> Clip:
        times_s = np.arange(round(self.true_s(utterance.text) * RATE_HZ)) / RATE_HZ
        samples = (0.2 * np.sin(2 * np.pi * 300 * times_s)).astype(np.float32)
        return Clip(samples=samples[:, None], rate_hz=RATE_HZ)

    def make_key(self, utterance: Utterance) -> str:
        return utterance.text

    def wake(self, language: str) -> None:
        pass

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
def playback(backend: FakeBackend) -> Iterator[OpenPlayback]:
    opened = OpenPlayback(backend, None)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = threading.enumerate()
    yield
    assert threading.enumerate() == before


def listen(
    playback: OpenPlayback, backend: FakeBackend, seconds: float, *, to: Callable[[], bool] = lambda: False
) -> Samples:
    """Let a device ask for so much, as fast as it is mixed, or until something has happened; all that was heard."""
    for _ in range(round(seconds * RATE_HZ / PERIOD_FRAMES)):
        until(lambda: to() or playback.buffer._exhausted or playback.buffer._queued > PERIOD_FRAMES, "it is filled")
        if to():
            break
        backend.opened[0].pull(PERIOD_FRAMES)
    return backend.opened[0].pulled


@contextmanager
def started(
    playback: OpenPlayback,
    backend: FakeBackend,
    session: Session,
    service: SlowSpeechService,
    delay_s: float = 0.0,
    options: PlanOptions | None = None,
) -> Iterator[PlaybackThread]:
    """A session that is played; at the end it is stopped, and listened to until it is quiet."""
    with start_playback(playback, session, options or PlanOptions(), service, delay_s) as player:
        try:
            yield player
        finally:
            player.stop()
            listen(playback, backend, 60.0, to=lambda: is_over(player))


def is_over(player: PlaybackThread) -> bool:
    return player.get_status().state == "ended"


def said(player: PlaybackThread) -> list[Speech]:
    return [event for event in player.get_status().timeline.events if isinstance(event, Speech)]


def test_it_begins_when_the_first_words_are_there(
    session: Session, playback: OpenPlayback, backend: FakeBackend
) -> None:
    service = SlowSpeechService()
    with started(playback, backend, session, service) as player:
        assert service.spoken == [HELLO]
        listen(playback, backend, 4.0)
        assert (player.get_status().state, service.spoken) == ("playing", [HELLO])


def test_it_begins_after_the_delay(session: Session, playback: OpenPlayback, backend: FakeBackend) -> None:
    with started(playback, backend, session, SlowSpeechService(), 10.0) as player:
        listen(playback, backend, 9.0)
        assert player.get_status().state == "waiting"
        listen(playback, backend, 2.0)
        assert player.get_status().state == "playing"


def test_words_longer_than_estimated_are_heard_whole_and_in_turn(
    session: Session, playback: OpenPlayback, backend: FakeBackend
) -> None:
    service = SlowSpeechService(times=1.4)
    with started(playback, backend, session, service) as player:
        listen(playback, backend, 3.0)
        thought = said(player)
        service.may_go_on.set()
        until(
            lambda: round(said(player)[1].end_s - said(player)[1].start_s, 3) == service.true_s(GROUND), "planned anew"
        )
        until(lambda: round(said(player)[2].end_s - said(player)[2].start_s, 3) == service.true_s(JAW), "planned anew")
        heard = listen(playback, backend, 60.0, to=lambda: is_over(player))
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


def test_words_that_fit_with_no_voice_are_an_error_before_any_is_spoken(
    tmp_path: Path, playback: OpenPlayback, backend: FakeBackend
) -> None:
    tight = session_texts.session(tmp_path, RUN.replace("lasts: 34s", "lasts: 20s"))
    service = SlowSpeechService(times=0.5)
    with (
        pytest.raises(SessionError, match="do not end inside their block"),
        started(playback, backend, tight, service),
    ):
        pytest.fail("it has begun")
    assert service.spoken == []


def test_a_voice_that_fails_before_the_start_is_an_error(session: Session, playback: OpenPlayback) -> None:
    with (
        pytest.raises(ExternalError, match="the voice fell silent"),
        start_playback(playback, session, PlanOptions(), SlowSpeechService(refuses=HELLO), 0.0),
    ):
        pytest.fail("it has begun")


def test_a_voice_that_fails_later_leaves_out_what_it_cannot_say(
    session: Session, playback: OpenPlayback, backend: FakeBackend
) -> None:
    service = SlowSpeechService(refuses=GROUND)
    with started(playback, backend, session, service) as player:
        service.may_go_on.set()
        until(lambda: player.get_status().notice is not None, "it is reported")
        notice = player.get_status().notice
        listen(playback, backend, 60.0, to=lambda: is_over(player))
    assert (notice.kind if notice else "", service.spoken) == ("words-missing", [HELLO, JAW])


def test_what_a_change_of_plan_adds_is_spoken_too(
    session: Session, playback: OpenPlayback, backend: FakeBackend
) -> None:
    service = SlowSpeechService()
    service.may_go_on.set()
    quiet = PlanOptions(guidance="quiet")
    with started(playback, backend, session, service, options=quiet) as player:
        listen(playback, backend, 2.0)
        player.cycle_guidance()
        player.go_to_previous_block()
        listen(playback, backend, 3.0)
        until(lambda: sorted(service.spoken) == [GROUND, HELLO, JAW], f"spoken: {service.spoken}")


def test_leaving_the_context_stops_every_thread(session: Session, playback: OpenPlayback, backend: FakeBackend) -> None:
    service = SlowSpeechService()
    with start_playback(playback, session, PlanOptions(), service, 0.0) as player:
        listen(playback, backend, 2.0)
        names = {thread.name for thread in threading.enumerate()}
        asking = threading.Thread(target=listen, args=(playback, backend, 60.0), kwargs={"to": lambda: is_over(player)})
        asking.start()
    asking.join()
    assert {"playback", "speech-prefetch"} <= names
    assert (is_over(player), player.ending, service.spoken) == (True, "stopped", [HELLO])
    assert (service.closed, backend.opened[0].closed, playback.device.is_open) == (True, True, False)
