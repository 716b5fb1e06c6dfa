"""Playback setup: a device is awake before there is anything to hear."""

import threading

import numpy as np
import pytest
from pulse_server import until

from coach.audio.soundbank import RATE_HZ
from coach.devices.fake_device import FakeBackend
from coach.errors import ExternalError, UsageError
from coach.play.playback_setup import OpenPlayback

PERIOD_FRAMES = 960


def test_nothing_but_the_faint_floor_is_heard_from_the_first_moment() -> None:
    backend = FakeBackend()
    playback = OpenPlayback(lambda: backend.open("head", RATE_HZ))
    backend.opened[0].ask(PERIOD_FRAMES)
    heard = backend.opened[0].heard
    assert backend.opened[0].device == "Headset"
    assert heard.shape == (PERIOD_FRAMES, 2)
    assert 0.0 < np.abs(heard).max() < 0.003
    playback.close()
    playback.close()
    assert backend.opened[0].closed


def test_it_is_kept_full_while_something_else_takes_long() -> None:
    backend = FakeBackend()
    playback = OpenPlayback(lambda: backend.open(None, RATE_HZ))
    with playback.keep_filled():
        for _ in range(3):
            until(lambda: playback.buffer._queued >= RATE_HZ, "it is full")
            backend.opened[0].ask(RATE_HZ // 2)
    assert playback.buffer.missed_frames == 0
    assert "filling" not in {thread.name for thread in threading.enumerate()}
    playback.close()


@pytest.mark.parametrize(
    ("names", "error", "message"),
    [([], ExternalError, "nothing to play on"), (["Speakers"], UsageError, 'no device "head"')],
)
def test_what_cannot_be_opened_is_told(names: list[str], error: type[Exception], message: str) -> None:
    backend = FakeBackend(names=names)
    with pytest.raises(error, match=message):
        OpenPlayback(lambda: backend.open("head", RATE_HZ))
