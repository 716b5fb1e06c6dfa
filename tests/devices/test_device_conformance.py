"""One life for every way to a device: opened, asked by, closed, opened again."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from pulse_server import SoundServer, until

from coach.devices.device import LiveBackend, LiveOutput
from coach.devices.fake_device import FakeBackend, FakeLive
from coach.devices.registry import BACKENDS, find_backend
from coach.errors import UsageError
from coach.sounds.clip import Samples

RATE_HZ = 48_000


class Counted:
    """A pull of which every frame can be told from its neighbours, in both ears, and none is silent."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, frames: int) -> Samples:
        start = self.frames
        self.sizes.append(frames)
        return counted(start, start + frames)

    @property
    def frames(self) -> int:
        return sum(self.sizes)


def counted(start: int, end: int) -> Samples:
    """What Counted gives, from one frame to another: 4,093 levels on the left, 4,091 on the right."""
    frames = np.arange(start, end)
    return np.stack([(frames % 4093 + 1) / 8192, -(frames % 4091 + 1) / 8192], axis=1).astype(np.float32)


@pytest.fixture(params=[*BACKENDS, "fake"])
def backend(request: pytest.FixtureRequest) -> LiveBackend:
    if request.param == "speaker":
        request.getfixturevalue("sound_server")
    return FakeBackend() if request.param == "fake" else find_backend(request.param)


@pytest.fixture
def opened(backend: LiveBackend) -> Iterator[Callable[..., LiveOutput]]:
    """Opens a device, which is closed in any case."""
    outputs = []

    def open_device(device: str | None = None) -> LiveOutput:
        outputs.append(backend.open(device, RATE_HZ))
        return outputs[-1]

    yield open_device
    for output in outputs:
        output.close()


def heard(output: LiveOutput, pull: Counted, frames: int) -> None:
    """Wait until so many frames have been pulled; a fake does not pull by itself."""

    while isinstance(output, FakeLive) and pull.frames < frames:
        output.ask(480)
    until(lambda: pull.frames >= frames, f"{frames} frames are pulled")


def test_it_asks_for_equal_pieces_never_faster_than_they_can_be_heard(opened: Callable[..., LiveOutput]) -> None:
    pull, output = Counted(), opened()
    began_s = time.monotonic()
    output.start(pull)
    heard(output, pull, RATE_HZ)
    assert len(set(pull.sizes)) == 1
    assert pull.sizes[0] <= 0.1 * RATE_HZ
    assert (output.lost, output.fault) == (False, None)
    if not isinstance(output, FakeLive):
        assert time.monotonic() - began_s > 0.75


def test_it_is_late_by_a_fifth_of_a_second_at_most(opened: Callable[..., LiveOutput]) -> None:
    assert 0.0 <= opened().latency_s <= 0.2


def test_it_asks_only_once_it_is_started_and_is_not_lost_before(opened: Callable[..., LiveOutput]) -> None:
    output = opened()
    assert (output.lost, output.fault) == (False, None)


def test_it_can_be_closed_twice_and_another_opened(opened: Callable[..., LiveOutput]) -> None:
    for _ in range(2):
        pull, output = Counted(), opened()
        output.start(pull)
        heard(output, pull, RATE_HZ // 10)
        output.close()
        output.close()
        pulled = pull.frames
        if isinstance(output, FakeLive):
            output.ask(480)
        assert pull.frames == pulled


def test_it_can_be_closed_before_it_is_started(opened: Callable[..., LiveOutput]) -> None:
    opened().close()


def test_a_pull_that_fails_is_told_and_gives_silence(
    opened: Callable[..., LiveOutput], capfd: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def failing(frames: int) -> Samples:
        asked.append(frames)
        raise RuntimeError("out of breath")

    output = opened()
    output.start(failing)

    def failed() -> bool:
        if isinstance(output, FakeLive):
            output.ask(480)
        return output.lost

    until(failed, "the failure is known")
    output.close()
    assert (repr(output.fault), len(asked)) == ("RuntimeError('out of breath')", 1)
    assert capfd.readouterr() == ("", "")


def test_one_device_is_the_default_and_each_opens_by_its_name_or_a_part_of_it(
    backend: LiveBackend, opened: Callable[..., LiveOutput]
) -> None:
    devices = backend.devices()
    assert [device.is_default for device in devices].count(True) == 1
    for device in devices:
        opened(device.name)
        opened(device.name.upper()[:-1])


def test_an_unknown_device_is_refused_with_those_there_are(backend: LiveBackend) -> None:
    there_are = ", ".join(f'"{device.name}"' for device in backend.devices())
    with pytest.raises(UsageError) as refused:
        backend.open("Gramophone", RATE_HZ)
    assert str(refused.value) == f'there is no device "Gramophone"; there are: {there_are}'


def test_what_is_pulled_is_what_is_heard(sound_server: SoundServer) -> None:
    pull, output = Counted(), find_backend("speaker").open(None, RATE_HZ)
    with sound_server.recorded("run") as recording:
        output.start(pull)
        until(lambda: len(sounding(recording.samples)) > RATE_HZ, "a second is heard")
        output.close()
        samples = sounding(recording.samples)
    assert np.array_equal(samples, counted(0, len(samples)))


def sounding(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """All from the first to the last frame that is not silent."""
    frames = np.flatnonzero(samples.any(axis=1))
    return samples[frames[0] : frames[-1] + 1] if len(frames) else samples[:0]


def test_the_fake_remembers_what_was_heard() -> None:
    backend = FakeBackend()
    output = backend.open("head", RATE_HZ)
    output.start(Counted())
    (fake,) = backend.opened
    for frames in (480, 7):
        fake.ask(frames)
    assert (fake.device, fake.rate_hz, np.array_equal(fake.heard, counted(0, 487))) == ("Headset", RATE_HZ, True)
    fake.vanish()
    fake.ask(480)
    assert (fake.lost, len(fake.heard)) == (True, 487)


def test_no_two_neighbours_count_alike() -> None:
    assert all(not np.array_equal(before, after) for before, after in pairwise(counted(0, 9000)))
