"""What only real devices do: vanish, be alike, not be there."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import miniaudio
import numpy as np
import pytest
from pulse_server import SoundServer, until

from coach.devices import miniaudio_device
from coach.devices.device import Device, LiveOutput
from coach.devices.miniaudio_device import CLOSING_S, MiniaudioBackend, MiniaudioMicrophone, run_with_timeout
from coach.errors import ExternalError, UsageError
from coach.sounds.clip import Samples

RATE_HZ = 48_000


class Quiet:
    """A pull that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, frames: int) -> Samples:
        self.asked += 1
        return np.zeros((frames, 2), np.float32)


@pytest.fixture
def playing(sound_server: SoundServer) -> Iterator[LiveOutput]:
    """The default device, in use for a while."""
    assert sound_server.environment
    pull, output = Quiet(), MiniaudioBackend().open(None, RATE_HZ)
    output.start(pull)
    until(lambda: pull.asked > 10, "it is awake")
    yield output
    output.close()


def test_devices_are_listed_by_the_names_people_see(sound_server: SoundServer) -> None:
    sound_server.add_sink("buds", "Anna's oortjes é")
    sound_server.pactl("set-default-sink", "buds")
    assert MiniaudioBackend().devices() == (
        Device(name="Run", is_default=False),
        Device(name="Anna's oortjes é", is_default=True),
    )


def test_a_part_of_a_name_that_fits_two_is_refused_with_both(sound_server: SoundServer) -> None:
    sound_server.add_sink("second", "Running headset")
    with pytest.raises(UsageError) as refused:
        MiniaudioBackend().open("rUn", RATE_HZ)
    assert str(refused.value) == '"rUn" fits several devices: "Run", "Running headset"'


def test_a_whole_name_is_meant_even_where_others_contain_it(sound_server: SoundServer) -> None:
    sound_server.add_sink("second", "Run and on")
    with sound_server.recorded("run") as run, sound_server.recorded("second") as second:
        output = MiniaudioBackend().open("Run", RATE_HZ)
        output.start(lambda frames: np.full((frames, 2), 0.25, np.float32))
        until(lambda: bool(run.samples.any()), "it is heard")
        output.close()
        assert not second.samples.any()


def test_what_is_late_is_no_later_than_it_says(sound_server: SoundServer, playing: LiveOutput) -> None:
    said = [line.split() for line in sound_server.pactl("list", "sink-inputs").splitlines() if "Latency" in line]
    buffered_s = sum(int(words[-2]) for words in said) / 1_000_000
    assert 0.0 < buffered_s <= playing.latency_s + 0.03


def test_a_device_that_is_pulled_out_is_lost_and_the_next_one_found(
    sound_server: SoundServer, playing: LiveOutput
) -> None:
    sound_server.remove_sink("run")
    until(lambda: playing.lost, "the loss is seen")
    playing.close()
    sound_server.add_sink("again", "Again")
    MiniaudioBackend().open(None, RATE_HZ).close()


def test_a_killed_server_is_a_lost_device_that_can_be_closed(sound_server: SoundServer, playing: LiveOutput) -> None:
    sound_server.kill()
    until(lambda: playing.lost, "the loss is seen")
    playing.close()
    assert playing.lost
    with pytest.raises(ExternalError):
        MiniaudioBackend().open(None, RATE_HZ)
    sound_server.start()
    sound_server.add_sink("run", "Run")
    MiniaudioBackend().open(None, RATE_HZ).close()


def test_a_server_that_hangs_is_left_to_itself(sound_server: SoundServer, playing: LiveOutput) -> None:
    sound_server.freeze()
    until(lambda: playing.lost, "the loss is seen")
    began_s = time.monotonic()
    playing.close()
    assert time.monotonic() - began_s >= CLOSING_S


def test_where_nothing_is_found_there_is_a_way_out_and_nothing_else_on_the_screen(tmp_path: Path) -> None:
    program = (
        "from coach.errors import ExternalError\n"
        "from coach.devices.miniaudio_device import MiniaudioBackend\n"
        "backend = MiniaudioBackend()\n"
        "for use in (backend.devices, lambda: backend.open(None, 48_000), lambda: backend.open('Run', 48_000)):\n"
        "    try:\n"
        "        print(use())\n"
        "    except ExternalError as error:\n"
        "        print(error.message + '|' + error.help)\n"
    )
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": "/dev/null", "PATH": "/usr/bin:/bin"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=nowhere, capture_output=True, text=True, check=True, timeout=60
    )
    line = (
        "there is nothing to play on: no speakers or headphones are found|"
        "connect some (on Linux, PipeWire or PulseAudio must be installed and running), "
        "or go without sound, by --output silent\n"
    )
    assert (told.stdout, told.stderr) == (3 * line, "")


@pytest.mark.parametrize(
    ("code", "message", "way_out"),
    [
        (miniaudio.lib.MA_BUSY, '"Run" is busy: another program has it to itself', "close that program, or "),
        (-1, '"Run" cannot be opened: failed to init device (-1)', ""),
    ],
)
def test_a_device_that_refuses_is_told(
    code: int, message: str, way_out: str, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sound_server.environment

    def refuse(*_: object, **__: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", code)

    monkeypatch.setattr(miniaudio_device, "open_stream", refuse)
    with pytest.raises(ExternalError) as refused:
        MiniaudioBackend().open("run", RATE_HZ)
    other = "choose another device ('coach devices' lists them), or go without sound, by --output silent"
    assert (refused.value.message, refused.value.help) == (message, way_out + other)


PITCH_HZ = 1_000.0


def played(samples: np.ndarray) -> threading.Thread:
    """Play a mono sound on the server's sink, while the test goes on."""
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


def test_what_is_said_is_recorded(microphone: MiniaudioMicrophone) -> None:
    tone = 0.25 * np.sin(2 * np.pi * PITCH_HZ * np.arange(RATE_HZ) / RATE_HZ)
    pieces: list[np.ndarray] = []

    def loud() -> int:
        return sum(int((np.abs(piece) > 0.1).sum()) for piece in pieces)

    with closing(microphone.open(None, RATE_HZ)) as listening:
        playing = played(tone)

        def heard_enough() -> bool:
            pieces.append(listening.heard())
            return loud() > 0.7 * RATE_HZ

        until(heard_enough, "the tone is heard")
        assert not listening.lost
        playing.join()
    samples = np.concatenate(pieces)[:, 0]
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.fft.rfftfreq(len(samples), 1 / RATE_HZ)[spectrum.argmax()] == pytest.approx(PITCH_HZ, abs=2.0)
    assert float(np.abs(samples).max()) == pytest.approx(0.25, abs=0.03)


def test_microphones_have_names_the_default_first(sound_server: SoundServer, microphone: MiniaudioMicrophone) -> None:
    sound_server.add_sink("other", "Other")
    sound_server.pactl("set-default-source", "other.monitor")
    assert microphone.names() == ("Monitor of Other", "Monitor of Run")
    microphone.open("of run", RATE_HZ).close()
    with pytest.raises(
        UsageError, match='there is no device "Kitchen"; there are: "Monitor of Other", "Monitor of Run"'
    ):
        microphone.open("Kitchen", RATE_HZ)


def test_a_microphone_that_is_gone_is_lost(sound_server: SoundServer, microphone: MiniaudioMicrophone) -> None:
    with closing(microphone.open(None, RATE_HZ)) as listening:
        until(lambda: len(listening.heard()) > 0, "something is heard")
        sound_server.kill()
        until(lambda: listening.lost, "the microphone is lost")
    with pytest.raises(ExternalError, match="there is nothing to record with: no microphone is found"):
        microphone.open(None, RATE_HZ)


def test_work_that_is_done_in_time_gives_what_it_gives() -> None:
    assert run_with_timeout(60.0, lambda: "done") == "done"


def test_what_work_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        run_with_timeout(60.0, lambda: 1 // 0)


def test_work_that_takes_too_long_is_left_behind() -> None:
    late = Event()
    with pytest.raises(TimeoutError):
        run_with_timeout(0.0, late.wait)
    late.set()


def test_what_is_left_behind_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import contextlib, threading\n"
        "from coach.devices.miniaudio_device import run_with_timeout\n"
        "with contextlib.suppress(TimeoutError):\n"
        "    run_with_timeout(0.0, threading.Event().wait)\n"
        "print('ended')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert (told.stdout, told.stderr) == ("ended\n", "")
