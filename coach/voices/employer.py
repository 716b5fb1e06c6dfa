"""Keeps a worker for a voice: starts it, waits only so long, and replaces it when it crashed or hangs."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from coach.errors import OutsideError
from coach.speech import Utterance
from coach.voices import wire

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

Patience = Callable[[Utterance], float]
_STARTING_S = 120.0
_LEAST_PATIENCE_S = 30.0
_PATIENCE_PER_LETTER_S = 0.05
_RECORDING_PATIENCE_S = 120.0
_TRIES = 2
_SHOWN_LETTERS = 60
# Several workers share the processors already, and sums must not depend on how many there are.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")


def patience_s(utterance: Utterance) -> float:
    """How long a voice may take before it counts as hanging, also on a slow and busy machine."""
    if utterance.recording is not None:
        return _RECORDING_PATIENCE_S
    return _LEAST_PATIENCE_S + _PATIENCE_PER_LETTER_S * len(utterance.text)


class _Lost(Exception):  # noqa: N818 - no error yet: there is another try
    """The worker crashed, hung, or could not do it."""


class Employer:
    """Has a voice speak in a process of its own, so that a crash or a hang costs one utterance a second try.

    The process is started by the first utterance. It ends with ``close``, and by itself when this process ends in
    any way, as its standard input then closes; Ctrl-C reaches it only through us. Not for use by two threads at once.
    """

    def __init__(self, spec: str, *, patience: Patience = patience_s) -> None:
        self._spec = spec
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def speak(self, utterance: Utterance) -> "Clip":
        """An utterance as a finished clip, through the door.

        Raises:
            OutsideError: The voice refused, or failed twice.
        """
        reason = ""
        for _ in range(_TRIES):
            try:
                return self._asked(utterance)
            except _Lost as lost:
                self._dismiss()
                reason = str(lost)
                if self._closed:
                    break
        text = utterance.text if len(utterance.text) <= _SHOWN_LETTERS else utterance.text[:_SHOWN_LETTERS] + "…"
        raise OutsideError(
            f'the voice {self._spec.partition(":")[0].rpartition(".")[2]} failed {_TRIES} times on "{text}": {reason}',
            help="say it in other words, or choose another voice",
        )

    def close(self) -> None:
        """Let the worker go. May be called from another thread, to end an utterance that is being spoken."""
        self._closed = True
        self._dismiss()

    def _asked(self, utterance: Utterance) -> "Clip":
        process = self._working()
        with _killed_after(process, self._patience(utterance)):
            head, body = _exchanged(process, utterance)
        if "refused" in head:
            raise OutsideError(head["refused"], help=head["help"])
        if "failed" in head:
            raise _Lost(head["failed"])
        return wire.frame_to_clip(head, body)

    def _working(self) -> "subprocess.Popen[bytes]":
        process = self._process
        if process is None:
            process = self._process = _hired(self._spec)
            with _killed_after(process, _STARTING_S):
                _received(process)
        if self._closed:
            raise _Lost("it was sent home")
        return process

    def _dismiss(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    _open(pipe).close()


def _hired(spec: str) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, named by the registry
            [sys.executable, "-P", "-m", "coach.voices.worker", spec],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(
            f"could not start a process to speak in: {error.strerror}", help="close other programs"
        ) from error


def _exchanged(process: "subprocess.Popen[bytes]", utterance: Utterance) -> tuple[wire.Head, bytes]:
    try:
        wire.send(_open(process.stdin), wire.utterance_to_head(utterance))
    except (OSError, ValueError) as error:
        raise _Lost("it stopped") from error
    return _received(process)


def _received(process: "subprocess.Popen[bytes]") -> tuple[wire.Head, bytes]:
    try:
        return wire.receive(_open(process.stdout))
    except (EOFError, OSError, ValueError) as error:
        raise _Lost("it stopped") from error


@contextmanager
def _killed_after(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    """Ends a process that takes too long; whoever reads from it then reads its end."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    except _Lost as lost:
        raise _Lost(f"no answer in {seconds:g} s") if late.is_set() else lost from lost
    finally:
        timer.cancel()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for, and so is there."""
    if pipe is None:
        raise ValueError("the worker was started without its pipes")
    return pipe
