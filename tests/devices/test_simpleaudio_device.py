"""simpleaudio is seldom installed: without it these tests are skipped, except for the error then."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from pulse_server import SoundServer, until

from coach.devices.simpleaudio_device import CRASHES_FROM, play_finished
from coach.errors import ExternalError
from coach.sounds.clip import Samples, blocks_to_pcm16

RATE_HZ = 48_000
ALSA_OVER_PULSEAUDIO = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
PROGRAM = """
import sys
import numpy as np
from coach.errors import ExternalError
from coach.devices.simpleaudio_device import play_finished
try:
    play_finished(np.load(sys.argv[1]), 48_000)
except ExternalError as error:
    print(error.message, error.help, sep="|")
except KeyboardInterrupt:
    print("interrupted")
else:
    print("played")
"""

Start = Callable[[Samples], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts to play in a process of its own, which simpleaudio may crash."""
    pytest.importorskip("simpleaudio", exc_type=ImportError)
    (tmp_path / "asound.conf").write_text(ALSA_OVER_PULSEAUDIO)
    started = []

    def play(samples: Samples) -> "subprocess.Popen[str]":
        np.save(tmp_path / "sound.npy", samples)
        environment: Mapping[str, str] = os.environ | {"ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")}
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "sound.npy")]
        started.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        return started[-1]

    yield play
    for process in started:
        process.kill()
        process.communicate()


def noise(length_s: float) -> Samples:
    """Noise without a silent frame."""
    samples = np.random.default_rng(5).uniform(0.1, 0.5, (round(length_s * RATE_HZ), 2)).astype(np.float32)
    samples[:, 1] *= -1
    return samples


def test_a_sound_is_played_to_its_end_bit_for_bit(start: Start, sound_server: SoundServer) -> None:
    samples = noise(1.0)
    with sound_server.recorded("run") as recording:
        process = start(samples)
        assert process.communicate(timeout=30) == ("played\n", "")
        until(lambda: bool(np.count_nonzero(recording.samples[:, 0]) >= len(samples)), "it is heard to the end")
        heard = recording.samples
    heard = heard[heard.any(axis=1)]
    assert (np.rint(heard * 32_768).astype("<i2").tobytes()) == b"".join(blocks_to_pcm16([samples]))


def test_ctrl_c_stops_the_sound(start: Start, sound_server: SoundServer) -> None:
    with sound_server.recorded("run") as recording:
        process = start(noise(60.0))
        until(lambda: bool(recording.samples.any()), "it is heard")
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == ("interrupted\n", "")
        assert np.count_nonzero(recording.samples[:, 0]) < 10 * RATE_HZ


def test_without_a_device_the_help_says_why(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    output, errors = start(noise(0.1)).communicate(timeout=30)
    assert output == (
        "simpleaudio found no device to play on|check that the speakers are on and free, "
        "or leave out --output simpleaudio to play it as usual\n"
    )
    assert errors == ""


def test_an_empty_sound_plays_nothing(start: Start) -> None:
    assert start(noise(0.0)).communicate(timeout=30) == ("played\n", "")


@pytest.mark.skipif(sys.version_info >= CRASHES_FROM, reason="simpleaudio is refused here before it is looked for")
def test_where_it_is_not_installed_the_help_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    monkeypatch.setattr(sys, "executable", "/my runs/python")
    with pytest.raises(ExternalError) as refused:
        play_finished(noise(0.1), RATE_HZ)
    assert refused.value.message == "simpleaudio is not installed"
    assert refused.value.help == (
        "pip --python '/my runs/python' install simpleaudio (it is built from source: that takes gcc, and on Debian or "
        "Ubuntu libasound2-dev and python3-dev), or leave out --output simpleaudio to play it as usual"
    )


@pytest.mark.parametrize(("version", "name"), [((3, 12, 0), "3.12"), ((3, 13, 7), "3.13"), ((4, 0, 0), "4.0")])
def test_where_it_would_crash_it_is_refused(
    version: tuple[int, ...], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(ExternalError) as refused:
        play_finished(noise(0.1), RATE_HZ)
    assert (refused.value.message, refused.value.help) == (
        f"simpleaudio crashes on Python 3.12 and later, and this is {name}",
        "use Python 3.11, or leave out --output simpleaudio to play it as usual",
    )
