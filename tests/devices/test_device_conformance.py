"""Every backend conforms: a device is opened, pulls, is closed, and can be opened again."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from fake_device import FakeBackend, FakeLive
from numpy.typing import NDArray
from pulse_server import SoundServer, until

from coach.devices.device import BACKENDS, LiveBackend, LiveOutput, find_backend
from coach.errors import UsageError
from coach.sounds.clip import Samples

RATE_HZ = 48_000


class Counter:
    """A pull whose frames all differ from their neighbours, in both channels, and none is silent."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, frames: int) -> Samples:
        start = self.frames
        self.sizes.append(frames)
        return count(start, start + frames)

    @property
    def frames(self) -> int:
        return sum(self.sizes)


def count(start: int, end: int) -> Samples:
    """What Counter gives from one frame to another: 4,093 levels on the left, 4,091 on the right."""
    frames = np.arange(start, end)
    return np.stack([(frames % 4093 + 1) / 8192, -(frames % 4091 + 1) / 8192], axis=1).astype(np.float32)


@pytest.fixture(params=[*BACKENDS, "fake"])
def backend(request: pytest.FixtureRequest) -> LiveBackend:
    if request.param == "speaker":
        request.getfixturevalue("sound_server")
    return FakeBackend() if request.param == "fake" else find_backend(request.param)


@pytest.fixture
def open_output(backend: LiveBackend) -> Iterator[Callable[..., LiveOutput]]:
    """Opens devices, and closes them in the end."""
    outputs = []

    def open_device(device: str | None = None) -> LiveOutput:
        outputs.append(backend.open(device, RATE_HZ))
        return outputs[-1]

    yield open_device
    for output in outputs:
        output.close()


def wait_for_pulls(output: LiveOutput, pull: Counter, frames: int) -> None:
    """Wait until so many frames have been pulled; a fake does not pull by itself."""
    while isinstance(output, FakeLive) and pull.frames < frames:
        output.pull(480)
    until(lambda: pull.frames >= frames, f"{frames} frames are pulled")


def test_it_pulls_equal_pieces_never_faster_than_they_can_be_heard(open_output: Callable[..., LiveOutput]) -> None:
    pull, output = Counter(), open_output()
    start_s = time.monotonic()
    output.start(pull)
    wait_for_pulls(output, pull, RATE_HZ)
    assert len(set(pull.sizes)) == 1
    assert pull.sizes[0] <= 0.1 * RATE_HZ
    assert (output.lost, output.fault) == (False, None)
    if not isinstance(output, FakeLive):
        assert time.monotonic() - start_s > 0.75


def test_its_latency_is_a_fifth_of_a_second_at_most(open_output: Callable[..., LiveOutput]) -> None:
    assert 0.0 <= open_output().latency_s <= 0.2


def test_it_is_not_lost_before_it_is_started(open_output: Callable[..., LiveOutput]) -> None:
    output = open_output()
    assert (output.lost, output.fault) == (False, None)


def test_it_can_be_closed_twice_and_another_opened(open_output: Callable[..., LiveOutput]) -> None:
    for _ in range(2):
        pull, output = Counter(), open_output()
        output.start(pull)
        wait_for_pulls(output, pull, RATE_HZ // 10)
        output.close()
        output.close()
        pulled = pull.frames
        if isinstance(output, FakeLive):
            output.pull(480)
        assert pull.frames == pulled


def test_it_can_be_closed_before_it_is_started(open_output: Callable[..., LiveOutput]) -> None:
    open_output().close()


def test_a_pull_that_fails_is_reported_and_gives_silence(
    open_output: Callable[..., LiveOutput], capfd: pytest.CaptureFixture[str]
) -> None:
    calls: list[int] = []

    def failing(frames: int) -> Samples:
        calls.append(frames)
        raise RuntimeError("no samples")

    output = open_output()
    output.start(failing)

    def failed() -> bool:
        if isinstance(output, FakeLive):
            output.pull(480)
        return output.lost

    until(failed, "the device is lost")
    output.close()
    assert (repr(output.fault), len(calls)) == ("RuntimeError('no samples')", 1)
    assert capfd.readouterr() == ("", "")


def test_one_device_is_the_default_and_each_opens_by_its_name_or_a_part_of_it(
    backend: LiveBackend, open_output: Callable[..., LiveOutput]
) -> None:
    devices = backend.list_devices()
    assert [device.is_default for device in devices].count(True) == 1
    for device in devices:
        open_output(device.name)
        open_output(device.name.upper()[:-1])


def test_an_unknown_device_is_refused_with_the_known_ones(backend: LiveBackend) -> None:
    names = ", ".join(f'"{device.name}"' for device in backend.list_devices())
    with pytest.raises(UsageError) as refused:
        backend.open("Gramophone", RATE_HZ)
    assert str(refused.value) == f'there is no device "Gramophone"; there are: {names}'


def test_pulled_samples_are_those_heard(sound_server: SoundServer) -> None:
    pull, output = Counter(), find_backend("speaker").open(None, RATE_HZ)
    with sound_server.recorded("run") as recording:
        output.start(pull)
        until(lambda: len(trim_silence(recording.samples)) > RATE_HZ, "a second is heard")
        output.close()
        samples = trim_silence(recording.samples)
    assert np.array_equal(samples, count(0, len(samples)))


def trim_silence(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """All from the first to the last frame that is not silent."""
    frames = np.flatnonzero(samples.any(axis=1))
    return samples[frames[0] : frames[-1] + 1] if len(frames) else samples[:0]


def test_the_fake_keeps_what_it_pulled() -> None:
    backend = FakeBackend()
    output = backend.open("head", RATE_HZ)
    output.start(Counter())
    (fake,) = backend.opened
    for frames in (480, 7):
        fake.pull(frames)
    assert (fake.device, fake.rate_hz, np.array_equal(fake.pulled, count(0, 487))) == ("Headset", RATE_HZ, True)
    fake.unplug()
    fake.pull(480)
    assert (fake.lost, len(fake.pulled)) == (True, 487)


def test_no_two_neighbouring_frames_are_equal() -> None:
    assert all(not np.array_equal(before, after) for before, after in pairwise(count(0, 9000)))
