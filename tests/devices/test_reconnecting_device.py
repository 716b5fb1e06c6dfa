"""The outlet: a device that is kept, lost, and found again."""

import numpy as np
import pytest

from coach.devices.fake_device import FakeBackend
from coach.devices.reconnecting_device import RETRY_S, ReconnectingDevice
from coach.errors import ExternalError
from coach.sounds.clip import Samples


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def quiet(frames: int) -> Samples:
    return np.zeros((frames, 2), np.float32)


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend(latency_s=0.1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def outlet(backend: FakeBackend, clock: Clock) -> ReconnectingDevice:
    return ReconnectingDevice(lambda: backend.open(None, 48_000), quiet, clock)


def test_what_cannot_be_opened_is_told_at_once(backend: FakeBackend, clock: Clock) -> None:
    backend.names = []
    with pytest.raises(ExternalError, match="nothing to play on"):
        outlet(backend, clock)


def test_it_pulls_from_the_start_and_knows_how_late_that_is_heard(backend: FakeBackend, clock: Clock) -> None:
    kept = outlet(backend, clock)
    backend.opened[0].ask(100)
    assert backend.opened[0].heard.shape == (100, 2)
    assert (kept.is_open, kept.just_lost(), kept.latency_frames(48_000)) == (True, False, 4800)


def test_a_lost_device_is_let_go_and_looked_for_once_a_second(backend: FakeBackend, clock: Clock) -> None:
    kept = outlet(backend, clock)
    backend.opened[0].vanish()
    backend.names = []
    assert (kept.just_lost(), kept.just_lost(), kept.is_open) == (True, False, False)
    assert backend.opened[0].closed
    prepared: list[str] = []
    for at_s, names, back in ((0.5, ["Headset"], False), (RETRY_S, [], False), (1.5, ["Headset"], False)):
        clock.now_s, backend.names = at_s, names
        assert kept.is_back(lambda: prepared.append("")) is back
    clock.now_s = 2 * RETRY_S
    assert kept.is_back(lambda: prepared.append("ready"))
    assert (prepared, kept.is_open, backend.opened[-1].device) == (["ready"], True, "Headset")


def test_a_fault_of_our_own_is_not_taken_for_a_lost_device(backend: FakeBackend, clock: Clock) -> None:
    def broken(frames: int) -> Samples:
        raise ZeroDivisionError(frames)

    kept = ReconnectingDevice(lambda: backend.open(None, 48_000), broken, clock)
    backend.opened[0].ask(10)
    with pytest.raises(ZeroDivisionError):
        kept.just_lost()


def test_closing_lets_go_and_may_be_done_twice(backend: FakeBackend, clock: Clock) -> None:
    kept = outlet(backend, clock)
    kept.close()
    kept.close()
    assert (backend.opened[0].closed, kept.is_open) == (True, False)
