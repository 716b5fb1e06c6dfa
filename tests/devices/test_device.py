from collections.abc import Callable

import numpy as np
import pytest

from coach.devices.device import STALL_TIMEOUT_S, WARM_UP_PULLS, WARM_UP_TIMEOUT_S, PullCallback, choose_device
from coach.errors import UsageError
from coach.sounds.clip import Samples


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def ones(frames: int) -> Samples:
    return np.ones((frames, 2), np.float32)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def awake(clock: Clock) -> PullCallback:
    asking = PullCallback(ones, clock)
    for _ in range(WARM_UP_PULLS):
        asking(480)
    return asking


def test_what_is_pulled_is_handed_on(clock: Clock) -> None:
    asking = PullCallback(ones, clock)
    assert np.array_equal(asking(480), ones(480))
    assert (asking.lost, asking.fault) == (False, None)


def test_a_device_that_no_longer_asks_is_lost(awake: PullCallback, clock: Clock) -> None:
    clock.now_s += STALL_TIMEOUT_S
    assert not awake.lost
    clock.now_s += 0.01
    assert awake.lost


@pytest.mark.parametrize("asks", range(WARM_UP_PULLS))
def test_a_device_may_take_longer_to_wake(asks: int, clock: Clock) -> None:
    asking = PullCallback(ones, clock)
    for _ in range(asks):
        asking(480)
    clock.now_s += WARM_UP_TIMEOUT_S
    assert not asking.lost
    clock.now_s += 0.01
    assert asking.lost


def test_once_lost_it_is_lost_and_pulls_no_more(awake: PullCallback, clock: Clock) -> None:
    clock.now_s += 2.0
    assert awake.lost
    assert np.array_equal(awake(3), np.zeros((3, 2), np.float32))
    assert (awake.lost, awake.fault) == (True, None)


@pytest.mark.parametrize(
    ("pull", "fault"),
    [
        (lambda _: ones(479), "ValueError('pulled float32 of (479, 2), not float32 of (480, 2)')"),
        (lambda _: ones(481), "ValueError('pulled float32 of (481, 2), not float32 of (480, 2)')"),
        (lambda _: np.zeros((480, 2)), "ValueError('pulled float64 of (480, 2), not float32 of (480, 2)')"),
        (
            lambda frames: np.zeros(frames, np.float32),
            "ValueError('pulled float32 of (480,), not float32 of (480, 2)')",
        ),
        (lambda size: ones(size // 0), "ZeroDivisionError('integer division or modulo by zero')"),
        (lambda _: None, "AttributeError(\"'NoneType' object has no attribute 'shape'\")"),
    ],
)
def test_a_pull_that_fails_is_silence_and_remembered(pull: Callable[[int], Samples], fault: str, clock: Clock) -> None:
    asking = PullCallback(pull, clock)
    for _ in range(2):
        assert np.array_equal(asking(480), np.zeros((480, 2), np.float32))
    assert (asking.lost, repr(asking.fault)) == (True, fault)


NAMES = ["Built-in Audio", "Anna's Buds", "Buds", "Straße"]


@pytest.mark.parametrize(
    ("wanted", "place"), [("Built-in Audio", 0), ("AUDIO", 0), ("anna", 1), ("Buds", 2), ("STRASSE", 3)]
)
def test_a_device_is_meant_by_its_whole_name_or_a_part_that_fits_one_only(wanted: str, place: int) -> None:
    assert choose_device(wanted, NAMES) == place


def test_of_two_with_the_same_name_the_first_is_meant() -> None:
    assert choose_device("Buds", ["Speaker", "Buds", "Buds"]) == 1


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("buds", '"buds" fits several devices: "Anna\'s Buds", "Buds"'),
        ("", '"" fits several devices: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
        ("horn", 'there is no device "horn"; there are: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
    ],
)
def test_what_fits_none_or_several_is_refused_with_the_names(wanted: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        choose_device(wanted, NAMES)
    assert str(refused.value) == message
