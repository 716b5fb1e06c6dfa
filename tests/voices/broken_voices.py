"""Voices that fail as real engines do, for the worker process to load."""

import os
import signal
import sys
import threading
from pathlib import Path

from coach.errors import ExternalError
from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices.engines.fake import Fake


class Crashing(Fake):
    """Dies of a segmentation fault at the word "crash"."""

    def speak(self, utterance: Utterance) -> Clip:
        if "crash" in utterance.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().speak(utterance)


class CrashingOnce(Fake):
    """Dies the first time it speaks, if the file the text names is there, which it then removes."""

    def speak(self, utterance: Utterance) -> Clip:
        mark = Path(os.environ["COACH_TEST_MARK"])
        if mark.exists():
            mark.unlink()
            os._exit(1)
        return super().speak(utterance)


class Hanging(Fake):
    """Never answers."""

    def speak(self, utterance: Utterance) -> Clip:
        threading.Event().wait()
        return super().speak(utterance)


class Raising(Fake):
    def speak(self, utterance: Utterance) -> Clip:
        raise KeyError(utterance.text)


class Refusing(Fake):
    def speak(self, utterance: Utterance) -> Clip:
        raise ExternalError(f"no, not {utterance.text}", help="ask nicely")


class Chattering(Fake):
    """Prints where the protocol lives, as libraries in C do."""

    def speak(self, utterance: Utterance) -> Clip:
        os.write(sys.stdout.fileno(), b"loading model...\n")
        return super().speak(utterance)
