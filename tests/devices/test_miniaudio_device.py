"""Real devices: unplugged, of the same name, absent; a sound server that hangs or is killed."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import miniaudio
import numpy as np
import pytest
from pulse_server import SoundServer, until

from coach.devices import miniaudio_device
from coach.devices.device import Device, LiveOutput
from coach.devices.miniaudio_device import CLOSE_TIMEOUT_S, MiniaudioBackend, MiniaudioMicrophone
from coach.errors import ExternalError, UsageError
from coach.sounds.clip import Samples

RATE_HZ = 48_000


class Silence:
    """A pull that gives silence, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, frames: int) -> Samples:
        self.calls += 1
        return np.zeros((frames, 2), np.float32)


@pytest.fixture
def playing(sound_server: SoundServer) -> Iterator[LiveOutput]:
    """The default device, awake and playing."""
    assert sound_server.environment
    pull, output = Silence(), MiniaudioBackend().open(None, RATE_HZ)
    output.start(pull)
    until(lambda: pull.calls > 10, "the device is awake")
    yield output
    output.close()


def test_devices_are_listed_by_the_names_that_people_see(sound_server: SoundServer) -> None:
    sound_server.add_sink("buds", "Anna's oortjes é")
    sound_server.pactl("set-default-sink", "buds")
    assert MiniaudioBackend().list_devices() == (
        Device(name="Run", is_default=False),
        Device(name="Anna's oortjes é", is_default=True),
    )


def test_a_part_of_two_names_is_refused_with_both(sound_server: SoundServer) -> None:
    sound_server.add_sink("second", "Running headset")
    with pytest.raises(UsageError) as refused:
        MiniaudioBackend().open("rUn", RATE_HZ)
    assert str(refused.value) == '"rUn" matches several devices: "Run", "Running headset"'


def test_a_whole_name_is_chosen_even_where_others_contain_it(sound_server: SoundServer) -> None:
    sound_server.add_sink("second", "Run and on")
    with sound_server.recorded("run") as run, sound_server.recorded("second") as second:
        output = MiniaudioBackend().open("Run", RATE_HZ)
        output.start(lambda frames: np.full((frames, 2), 0.25, np.float32))
        until(lambda: bool(run.samples.any()), "it is heard")
        output.close()
        assert not second.samples.any()


def test_the_latency_is_no_longer_than_it_reports(sound_server: SoundServer, playing: LiveOutput) -> None:
    reported = [line.split() for line in sound_server.pactl("list", "sink-inputs").splitlines() if "Latency" in line]
    buffered_s = sum(int(words[-2]) for words in reported) / 1_000_000
    assert 0.0 < buffered_s <= playing.latency_s + 0.03


def test_an_unplugged_device_is_lost_and_the_next_one_is_found(sound_server: SoundServer, playing: LiveOutput) -> None:
    sound_server.remove_sink("run")
    until(lambda: playing.lost, "the device is lost")
    playing.close()
    sound_server.add_sink("again", "Again")
    MiniaudioBackend().open(None, RATE_HZ).close()


def test_a_killed_server_is_a_lost_device_that_can_be_closed(sound_server: SoundServer, playing: LiveOutput) -> None:
    sound_server.kill()
    until(lambda: playing.lost, "the device is lost")
    playing.close()
    assert playing.lost
    with pytest.raises(ExternalError):
        MiniaudioBackend().open(None, RATE_HZ)
    sound_server.start()
    sound_server.add_sink("run", "Run")
    MiniaudioBackend().open(None, RATE_HZ).close()


def test_a_server_that_hangs_is_abandoned(sound_server: SoundServer, playing: LiveOutput) -> None:
    sound_server.freeze()
    until(lambda: playing.lost, "the device is lost")
    start_s = time.monotonic()
    playing.close()
    assert time.monotonic() - start_s >= CLOSE_TIMEOUT_S


def test_where_no_device_is_found_the_help_says_what_to_do_and_nothing_else_is_printed(tmp_path: Path) -> None:
    program = (
        "from coach.errors import ExternalError\n"
        "from coach.devices.miniaudio_device import MiniaudioBackend\n"
        "backend = MiniaudioBackend()\n"
        "for use in (backend.list_devices, lambda: backend.open(None, 48_000), lambda: backend.open('Run', 48_000)):\n"
        "    try:\n"
        "        print(use())\n"
        "    except ExternalError as error:\n"
        "        print(error.message + '|' + error.help)\n"
    )
    without_sound = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": "/dev/null", "PATH": "/usr/bin:/bin"}
    result = subprocess.run(
        [sys.executable, "-c", program], env=without_sound, capture_output=True, text=True, check=True, timeout=60
    )
    line = (
        "no speakers or headphones found|"
        "connect a device (on Linux, PipeWire or PulseAudio must be installed and running), "
        "or play without sound with --output silent\n"
    )
    assert (result.stdout, result.stderr) == (3 * line, "")


@pytest.mark.parametrize(
    ("code", "message", "help_start"),
    [
        (miniaudio.lib.MA_BUSY, '"Run" is busy: another program has exclusive use of it', "close that program, or "),
        (-1, '"Run" cannot be opened: failed to init device (-1)', ""),
    ],
)
def test_a_device_that_cannot_be_opened_is_reported(
    code: int, message: str, help_start: str, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sound_server.environment

    def refuse(*_: object, **__: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", code)

    monkeypatch.setattr(miniaudio_device, "open_stream", refuse)
    with pytest.raises(ExternalError) as refused:
        MiniaudioBackend().open("run", RATE_HZ)
    other = "choose another device ('coach devices' lists them), or play without sound with --output silent"
    assert (refused.value.message, refused.value.help) == (message, help_start + other)


PITCH_HZ = 1_000.0


def start_playing(samples: np.ndarray) -> threading.Thread:
    """Play a mono sound on the server's sink while the test goes on."""
    command = ["pacat", "-d", "run", "--format=float32le", "--channels=1", f"--rate={RATE_HZ}"]

    def play() -> None:
        subprocess.run(command, input=samples.astype("<f4").tobytes(), check=True)

    thread = threading.Thread(target=play)
    thread.start()
    return thread


@pytest.fixture
def microphone(sound_server: SoundServer) -> MiniaudioMicrophone:
    sound_server.pactl("set-default-source", "run.monitor")
    return MiniaudioMicrophone()


def test_a_played_sound_is_recorded(microphone: MiniaudioMicrophone) -> None:
    tone = 0.25 * np.sin(2 * np.pi * PITCH_HZ * np.arange(RATE_HZ) / RATE_HZ)
    pieces: list[np.ndarray] = []

    def count_loud() -> int:
        return sum(int((np.abs(piece) > 0.1).sum()) for piece in pieces)

    with closing(microphone.open(None, RATE_HZ)) as stream:
        playing = start_playing(tone)

        def recorded_enough() -> bool:
            pieces.append(stream.read())
            return count_loud() > 0.7 * RATE_HZ

        until(recorded_enough, "the tone is heard")
        assert not stream.lost
        playing.join()
    samples = np.concatenate(pieces)[:, 0]
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.fft.rfftfreq(len(samples), 1 / RATE_HZ)[spectrum.argmax()] == pytest.approx(PITCH_HZ, abs=2.0)
    assert float(np.abs(samples).max()) == pytest.approx(0.25, abs=0.03)


def test_microphones_are_listed_default_first(sound_server: SoundServer, microphone: MiniaudioMicrophone) -> None:
    sound_server.add_sink("other", "Other")
    sound_server.pactl("set-default-source", "other.monitor")
    assert microphone.list_names() == ("Monitor of Other", "Monitor of Run")
    microphone.open("of run", RATE_HZ).close()
    with pytest.raises(
        UsageError, match='there is no device "Kitchen"; there are: "Monitor of Other", "Monitor of Run"'
    ):
        microphone.open("Kitchen", RATE_HZ)


def test_an_unplugged_microphone_is_lost(sound_server: SoundServer, microphone: MiniaudioMicrophone) -> None:
    with closing(microphone.open(None, RATE_HZ)) as stream:
        until(lambda: len(stream.read()) > 0, "something is recorded")
        sound_server.kill()
        until(lambda: stream.lost, "the microphone is lost")
    with pytest.raises(ExternalError, match="no microphone found"):
        microphone.open(None, RATE_HZ)
