import numpy as np
import pytest
from fake_device import FakeBackend

from coach.devices.reconnecting_device import RETRY_S, ReconnectingDevice
from coach.errors import ExternalError
from coach.sounds.clip import Samples


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def silence(frames: int) -> Samples:
    return np.zeros((frames, 2), np.float32)


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend(latency_s=0.1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def connect(backend: FakeBackend, clock: Clock) -> ReconnectingDevice:
    return ReconnectingDevice(backend, None, 48_000, silence, clock)


def test_a_device_that_cannot_be_opened_is_an_error_at_once(backend: FakeBackend, clock: Clock) -> None:
    backend.names = []
    with pytest.raises(ExternalError, match="no speakers or headphones found"):
        connect(backend, clock)


def test_it_pulls_at_once_and_knows_the_latency(backend: FakeBackend, clock: Clock) -> None:
    device = connect(backend, clock)
    backend.opened[0].pull(100)
    assert backend.opened[0].pulled.shape == (100, 2)
    assert (device.is_open, device.check_lost(), device.get_latency_frames(48_000)) == (True, False, 4800)


def test_a_lost_device_is_released_and_reopened_by_a_try_each_second(backend: FakeBackend, clock: Clock) -> None:
    device = connect(backend, clock)
    backend.opened[0].unplug()
    backend.names = []
    assert (device.check_lost(), device.check_lost(), device.is_open) == (True, False, False)
    assert backend.opened[0].closed
    prepared: list[str] = []
    for at_s, names, reopened in ((0.5, ["Headset"], False), (RETRY_S, [], False), (1.5, ["Headset"], False)):
        clock.now_s, backend.names = at_s, names
        assert device.try_reopen(lambda: prepared.append("")) is reopened
    clock.now_s = 2 * RETRY_S
    assert device.try_reopen(lambda: prepared.append("ready"))
    assert (prepared, device.is_open, backend.opened[-1].device) == (["ready"], True, "Headset")


def reopen_with(device: ReconnectingDevice, backend: FakeBackend, clock: Clock, *names: str) -> str | None:
    """Let a second pass, and then these devices be there; the one that is opened, if any."""
    clock.now_s += RETRY_S
    backend.names = list(names)
    return backend.opened[-1].device if device.try_reopen(lambda: None) else None


def lose(backend: FakeBackend, device: ReconnectingDevice) -> None:
    backend.opened[-1].unplug()
    assert device.check_lost()


@pytest.mark.parametrize("wanted", [None, "head", "Headset"])
def test_the_sound_never_moves_to_a_device_that_was_there_all_along(
    backend: FakeBackend, clock: Clock, wanted: str | None
) -> None:
    backend.names = ["Headset", "Loudspeaker", "Television"]
    device = ReconnectingDevice(backend, wanted, 48_000, silence, clock)
    lose(backend, device)
    assert [reopen_with(device, backend, clock, "Loudspeaker", "Television") for _ in range(3)] == [None] * 3
    assert reopen_with(device, backend, clock, "Television", "Loudspeaker") is None
    assert reopen_with(device, backend, clock, "Loudspeaker", "Headset") == "Headset"


def test_one_that_is_newly_connected_and_the_default_is_taken(backend: FakeBackend, clock: Clock) -> None:
    backend.names = ["Headset", "Loudspeaker"]
    device = connect(backend, clock)
    lose(backend, device)
    assert reopen_with(device, backend, clock, "Loudspeaker", "Buds") is None
    assert reopen_with(device, backend, clock, "Buds", "Loudspeaker") == "Buds"
    lose(backend, device)
    assert reopen_with(device, backend, clock, "Loudspeaker") is None
    assert reopen_with(device, backend, clock) is None
    assert reopen_with(device, backend, clock, "Loudspeaker") == "Loudspeaker"


def test_any_other_is_taken_at_once_when_it_is_asked_for_and_only_then(backend: FakeBackend, clock: Clock) -> None:
    backend.names = ["Headset", "Loudspeaker", "Television"]
    device = connect(backend, clock)
    lose(backend, device)
    backend.names = ["Loudspeaker", "Television"]
    device.accept_any()
    assert device.try_reopen(lambda: None)
    assert backend.opened[-1].device == "Loudspeaker"
    lose(backend, device)
    assert reopen_with(device, backend, clock, "Television") is None


def test_a_failing_pull_is_not_taken_for_a_lost_device(backend: FakeBackend, clock: Clock) -> None:
    def broken(frames: int) -> Samples:
        raise ZeroDivisionError(frames)

    device = ReconnectingDevice(backend, None, 48_000, broken, clock)
    backend.opened[0].pull(10)
    with pytest.raises(ZeroDivisionError):
        device.check_lost()


def test_it_can_be_closed_twice(backend: FakeBackend, clock: Clock) -> None:
    device = connect(backend, clock)
    device.close()
    device.close()
    assert (backend.opened[0].closed, device.is_open) == (True, False)
