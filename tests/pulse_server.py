"""A real sound server of a test's own: PulseAudio without a screen or a device, whose sinks can be listened to."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

PATIENCE_S = 20.0
BYTES_PER_FRAME = 8
_SERVER_PRIORITY = 5
PROGRAMS = ("pulseaudio", "pactl", "parec")


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait for something that happens soon, on any machine."""
    given_up_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < given_up_s, f"{what}: waited for {PATIENCE_S:.0f} s"
        time.sleep(0.01)


class Recording:
    """What a sink is heard to play, from one moment on."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def frames(self) -> int:
        """How many have come so far."""
        return self._file.stat().st_size // BYTES_PER_FRAME

    @property
    def samples(self) -> NDArray[np.float32]:
        """Float32 of shape (frames, 2), as far as it has come."""
        values = np.fromfile(self._file, "<f4")
        return values[: len(values) // 2 * 2].reshape(-1, 2)


class SoundServer:
    """PulseAudio with a socket in a folder of its own. Its sinks drop what they play, in time with the clock."""

    def __init__(self, folder: Path, rate_hz: int = 48_000) -> None:
        self.environment = {
            "PULSE_SERVER": f"unix:{folder}/pulse.sock",
            "PULSE_COOKIE": f"{folder}/cookie",
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._folder = folder
        self._rate_hz = rate_hz
        self._sinks: dict[str, tuple[str, int]] = {}
        self._recordings = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it without a sink."""
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=yes"]
        socket = f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/pulse.sock"
        with (self._folder / "pulseaudio.log").open("wb") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", *options, "--high-priority=yes", "-L", socket],
                env=os.environ | self.environment | {"HOME": str(self._folder)},
                stdout=log,
                stderr=log,
            )
        until(lambda: self._pactl("info").returncode == 0, "PulseAudio answers")
        _hurry(self._process)  # only now: as it starts, it takes its place among others

    def pactl(self, *arguments: str) -> str:
        """Tell it something, and what it says."""
        done = self._pactl(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_sink(self, name: str, description: str, rate_hz: int | None = None) -> None:
        """Connect a device, at the server's own rate or at another; the description is the name that people see."""
        rate_hz = rate_hz or self._rate_hz
        quoted = f'device.description="{description}"'.replace("'", r"\'")
        form = f"rate={rate_hz} channels=2 format=float32le norewinds=1"  # without rewinds, blocks are short
        sink = f"sink_name={name} {form} sink_properties='{quoted}'"
        self._sinks[name] = self.pactl("load-module", "module-null-sink", sink).strip(), rate_hz

    def remove_sink(self, name: str) -> None:
        """Pull a device out."""
        self.pactl("unload-module", self._sinks.pop(name)[0])

    @contextmanager
    def recorded(self, sink: str) -> Iterator[Recording]:
        """Listen to a sink, at its own rate. It is heard already when this begins."""
        self._recordings += 1
        file = self._folder / f"{sink}-{self._recordings}.raw"
        form = ["--format=float32le", f"--rate={self._sinks[sink][1]}", "--channels=2", "--latency-msec=20"]
        with file.open("wb") as raw:
            listening = subprocess.Popen(
                ["parec", "-d", f"{sink}.monitor", *form], env=os.environ | self.environment, stdout=raw
            )
        _hurry(listening)
        try:
            until(lambda: file.stat().st_size > 0, "the sink is heard")
            yield Recording(file)
        finally:
            listening.terminate()
            listening.wait()

    def kill(self) -> None:
        """Let it vanish at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Let it live and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def _pactl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pactl", *arguments], env=os.environ | self.environment, capture_output=True, text=True, check=False
        )


def _hurry(process: "subprocess.Popen[bytes]") -> None:
    """Let a process of the server come before all others, if that is allowed.

    What is measured is the player, so the server must never wait. PulseAudio lets only some of its threads come first,
    and orders the others by niceness, which on Linux counts only among the programs of one terminal.
    """
    with suppress(PermissionError):
        os.sched_setscheduler(process.pid, os.SCHED_RR, os.sched_param(_SERVER_PRIORITY))


@contextmanager
def served(folder: Path) -> Iterator[SoundServer]:
    """A server with one device, called Run, that this process and all it starts play on."""
    server = SoundServer(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        try:
            server.start()
            server.add_sink("run", "Run")
            yield server
        finally:
            server.kill()
