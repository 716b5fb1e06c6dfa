"""Microphones, heard on a real sound server: the monitor of a sink is the microphone."""

import subprocess
import threading
from contextlib import closing

import numpy as np
import pytest
from pulse_server import SoundServer, until

from coach.devices.miniaudio_microphone import MiniaudioMicrophone
from coach.errors import ExternalError, UsageError

RATE_HZ = 48_000
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
