"""pyttsx3 drivers that fail as real ones do, and the system's voices on top of them, for the worker process to load."""

import os
import signal
import struct
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices import clip_normalizer
from coach.voices.engines import pyttsx3_driver
from coach.voices.engines.system import System, SystemVoice

RATE_HZ = 22_050
SAMPLES = b"".join(struct.pack(">h", 6_000 if i // 50 % 2 else -6_000) for i in range(RATE_HZ * 2))


def wav(samples: bytes, *, says: int) -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + says, b"WAVE") + form + struct.pack("<4sI", b"data", says) + samples


def aiff(samples: bytes) -> bytes:
    rate = struct.pack(">HQ", 16_383 + 14, RATE_HZ << 49)
    common = struct.pack(">4sIhIh", b"COMM", 18, 1, len(samples) // 2, 16) + rate
    sound = struct.pack(">4sIII", b"SSND", 8 + len(samples), 0, 0) + samples
    return struct.pack(">4sI4s", b"FORM", 4 + len(common) + len(sound), b"AIFF") + common + sound


class Driver:
    """As pyttsx3's own dummy: what is queued is done in its loop. Subclasses say what becomes of the file."""

    def __init__(self, proxy: "SimpleNamespace") -> None:
        self.proxy, self.looping = proxy, False

    def write(self, path: Path) -> None:
        raise NotImplementedError

    def destroy(self) -> None:
        pass

    def save_to_file(self, text: str, filename: str) -> None:
        assert text
        self.write(Path(filename))

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 - as pyttsx3 has it
        if value == "gone":
            raise ValueError(f"there is no {name} of that kind")

    def startLoop(self) -> None:  # noqa: N802 - the same
        self.looping = True
        while self.looping:
            self.proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - the same
        self.looping = False

    def stop(self) -> None:
        pass


class AsAiff(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(aiff(SAMPLES))


class Crash(Driver):
    def write(self, path: Path) -> None:  # noqa: ARG002 - it never comes to that
        os.kill(os.getpid(), signal.SIGSEGV)


class CrashOnce(AsAiff):
    def write(self, path: Path) -> None:
        mark = Path(os.environ["COACH_TEST_MARK"])
        if mark.exists():
            mark.unlink()
            os.kill(os.getpid(), signal.SIGSEGV)
        super().write(path)


class HangOnce(AsAiff):
    def write(self, path: Path) -> None:
        mark = Path(os.environ["COACH_TEST_MARK"])
        if mark.exists():
            mark.unlink()
            threading.Event().wait()
        super().write(path)


class Nothing(Driver):
    def write(self, path: Path) -> None:
        pass


class Empty(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(wav(b"", says=0))


class Half(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(wav(SAMPLES[:1_000], says=len(SAMPLES)))


class Short(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(wav(SAMPLES[:1_000], says=1_000))


class Silent(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(wav(bytes(len(SAMPLES)), says=len(SAMPLES)))


class Page(Driver):
    def write(self, path: Path) -> None:
        path.write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")


class Broken(System):
    """The system's voices, if its driver were another: ``Broken("Crash")``."""

    def __init__(self, which: str) -> None:
        super().__init__("Dutch")
        if which == "Gone":
            self._voice = SystemVoice(id="gone", name="Gone", language="nl")
        self._driver = AsAiff if which == "Gone" else globals()[which]

    def speak(self, utterance: Utterance) -> Clip:
        module = ModuleType("pyttsx3.drivers.broken")
        setattr(module, "buildDriver", self._driver)  # noqa: B010 - mypy knows no such attribute of a module
        sys.modules[module.__name__] = module
        pyttsx3_driver.get_driver_name = lambda: "broken"
        clip_normalizer._TIMEOUT_S = 0.1
        return super().speak(utterance)
