import subprocess
import sys
from collections.abc import Callable
from threading import Event

import numpy as np
import pytest

from coach.devices.device import (
    BACKENDS,
    STALL_TIMEOUT_S,
    WARM_UP_PULLS,
    WARM_UP_TIMEOUT_S,
    PullCallback,
    choose_device,
    find_backend,
    run_with_timeout,
)
from coach.devices.miniaudio_device import MiniaudioBackend, NullDevice
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
    callback = PullCallback(ones, clock)
    for _ in range(WARM_UP_PULLS):
        callback(480)
    return callback


def test_pulled_samples_are_passed_on(clock: Clock) -> None:
    callback = PullCallback(ones, clock)
    assert np.array_equal(callback(480), ones(480))
    assert (callback.lost, callback.fault) == (False, None)


def test_a_device_that_stops_pulling_is_lost(awake: PullCallback, clock: Clock) -> None:
    clock.now_s += STALL_TIMEOUT_S
    assert not awake.lost
    clock.now_s += 0.01
    assert awake.lost


@pytest.mark.parametrize("pulls", range(WARM_UP_PULLS))
def test_a_device_may_take_longer_to_wake_up(pulls: int, clock: Clock) -> None:
    callback = PullCallback(ones, clock)
    for _ in range(pulls):
        callback(480)
    clock.now_s += WARM_UP_TIMEOUT_S
    assert not callback.lost
    clock.now_s += 0.01
    assert callback.lost


def test_a_lost_device_stays_lost_and_pulls_nothing(awake: PullCallback, clock: Clock) -> None:
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
        (lambda size: ones(size / 0), "ZeroDivisionError('division by zero')"),
        (lambda _: None, "AttributeError(\"'NoneType' object has no attribute 'shape'\")"),
    ],
)
def test_a_failing_pull_is_silence_and_reported(pull: Callable[[int], Samples], fault: str, clock: Clock) -> None:
    callback = PullCallback(pull, clock)
    for _ in range(2):
        assert np.array_equal(callback(480), np.zeros((480, 2), np.float32))
    assert (callback.lost, repr(callback.fault)) == (True, fault)


NAMES = ["Built-in Audio", "Anna's Buds", "Buds", "Straße"]


@pytest.mark.parametrize(
    ("wanted", "index"), [("Built-in Audio", 0), ("AUDIO", 0), ("anna", 1), ("Buds", 2), ("STRASSE", 3)]
)
def test_a_device_is_chosen_by_its_whole_name_or_a_part_that_matches_no_other(wanted: str, index: int) -> None:
    assert choose_device(wanted, NAMES) == index


def test_of_two_with_the_same_name_the_first_is_chosen() -> None:
    assert choose_device("Buds", ["Speaker", "Buds", "Buds"]) == 1


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("buds", '"buds" matches several devices: "Anna\'s Buds", "Buds"'),
        ("", '"" matches several devices: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
        ("horn", 'there is no device "horn"; there are: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
    ],
)
def test_a_name_that_matches_none_or_several_is_refused_with_the_names(wanted: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        choose_device(wanted, NAMES)
    assert str(refused.value) == message


def test_work_that_is_done_in_time_gives_its_result() -> None:
    assert run_with_timeout(60.0, lambda: "done") == "done"


def test_an_error_of_the_work_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        run_with_timeout(60.0, lambda: 1 / 0)


def test_work_that_takes_too_long_is_abandoned() -> None:
    late = Event()
    with pytest.raises(TimeoutError):
        run_with_timeout(0.0, late.wait)
    late.set()


def test_abandoned_work_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import contextlib, threading\n"
        "from coach.devices.device import run_with_timeout\n"
        "with contextlib.suppress(TimeoutError):\n"
        "    run_with_timeout(0.0, threading.Event().wait)\n"
        "print('ended')\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert (result.stdout, result.stderr) == ("ended\n", "")


def test_the_backends_by_name() -> None:
    assert {name: type(find_backend(name)) for name in BACKENDS} == {"speaker": MiniaudioBackend, "silent": NullDevice}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("horn", 'there is no output "horn"; choose speaker or silent'),
        (
            "simpleaudio",
            "simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs speaker or silent",
        ),
    ],
)
def test_an_unknown_backend_is_refused_with_the_known_ones(name: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_backend(name)
    assert str(refused.value) == message
