"""Worker processes that speak: the pipe protocol, timeouts, and a restart after a crash or a hang."""

import json
import logging
import os
import struct
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coach.errors import ExternalError
from coach.utterance import Utterance
from coach.voices.voice import VoiceSpec

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


_LOG = logging.getLogger(__name__)

FrameHeader = dict[str, Any]

_LENGTHS = struct.Struct(">II")


def send_frame(pipe: IO[bytes], head: FrameHeader, body: bytes = b"") -> None:
    """Write one frame.

    Raises:
        OSError: The other side is gone.
    """
    encoded = json.dumps(head).encode()
    pipe.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    pipe.flush()


def receive_frame(pipe: IO[bytes]) -> tuple[FrameHeader, bytes]:
    """Read one frame.

    Raises:
        EOFError: The other side is gone, or went in the middle of it.
    """
    head_length, body_length = _LENGTHS.unpack(_read_exactly(pipe, _LENGTHS.size))
    head: FrameHeader = json.loads(_read_exactly(pipe, head_length))
    return head, _read_exactly(pipe, body_length)


def _read_exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data


def utterance_to_header(utterance: Utterance) -> FrameHeader:
    """An utterance as JSON."""
    return {
        "text": utterance.text,
        "language": utterance.language,
        "counted": utterance.counted,
        "recording": None if utterance.recording is None else str(utterance.recording.absolute()),
    }


def header_to_utterance(head: FrameHeader) -> Utterance:
    """The utterance a JSON object stands for."""
    recording = head["recording"]
    return Utterance(
        text=head["text"],
        language=head["language"],
        counted=head["counted"],
        recording=None if recording is None else Path(recording),
    )


def clip_to_frame(clip: "Clip") -> tuple[FrameHeader, bytes]:
    """A mono clip of 16-bit steps, as the door leaves it, as a frame."""
    from coach.sounds.clip import clip_to_pcm  # noqa: PLC0415 - numpy, only where there is speech

    return {"rate_hz": clip.rate_hz, "onset_s": clip.onset_s}, clip_to_pcm(clip)


def frame_to_clip(head: FrameHeader, body: bytes) -> "Clip":
    """The clip a frame stands for."""
    from coach.sounds.clip import pcm_to_clip  # noqa: PLC0415 - numpy, only where there is speech

    return pcm_to_clip(body, rate_hz=head["rate_hz"], onset_s=head["onset_s"])


TimeoutPolicy = Callable[[Utterance], float]

_START_TIMEOUT_S = 120.0

_LEAST_TIMEOUT_S = 30.0

_TIMEOUT_PER_LETTER_S = 0.05

_RECORDING_TIMEOUT_S = 120.0

_TRIES = 2

_SHOWN_LETTERS = 60

# Several workers share the processors already, and sums must not depend on how many there are.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")


def choose_timeout_s(utterance: Utterance) -> float:
    """How long a voice may take before it counts as hanging, also on a slow and busy machine."""
    if utterance.recording is not None:
        return _RECORDING_TIMEOUT_S
    return _LEAST_TIMEOUT_S + _TIMEOUT_PER_LETTER_S * len(utterance.text)


class _WorkerLostError(Exception):
    """The worker crashed, hung, or could not do it."""


class WorkerHandle:
    """Has a voice speak in a process of its own, so that a crash or a hang costs one utterance a second try.

    The process is started by the first utterance. It ends with ``close``, and by itself when this process ends in
    any way, as its standard input then closes; Ctrl-C reaches it only through us. Not for use by two threads at once.
    """

    def __init__(self, spec: VoiceSpec, *, timeout_for: TimeoutPolicy = choose_timeout_s) -> None:
        self._spec = spec
        self._timeout_for = timeout_for
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def speak(self, utterance: Utterance) -> "Clip":
        """An utterance as a finished clip, through the door.

        Raises:
            ExternalError: The voice refused, or failed twice.
        """
        reason = ""
        for _ in range(_TRIES):
            try:
                return self._request_clip(utterance)
            except _WorkerLostError as lost:
                self._log_loss()
                self._stop_process()
                reason = str(lost)
                if self._closed:
                    break
        text = utterance.text if len(utterance.text) <= _SHOWN_LETTERS else utterance.text[:_SHOWN_LETTERS] + "…"
        raise ExternalError(
            f'the voice {self._spec.engine_name} failed {_TRIES} times on "{text}": {reason}',
            help="say it in other words, or choose another voice",
        )

    def close(self) -> None:
        """Let the worker go. May be called from another thread, to end an utterance that is being spoken."""
        self._closed = True
        self._stop_process()

    def _log_loss(self) -> None:
        """Log how the worker ended, not why: the reason may quote the words."""
        if not self._closed:
            code = None if self._process is None else self._process.poll()
            state = "still runs" if code is None else f"ended with {code}"
            _LOG.warning("a worker of %s was lost; its process %s", self._spec, state)

    def _request_clip(self, utterance: Utterance) -> "Clip":
        process = self._ensure_started()
        with _kill_after(process, self._timeout_for(utterance)):
            head, body = _exchange(process, utterance)
        if "refused" in head:
            raise ExternalError(head["refused"], help=head["help"])
        if "failed" in head:
            raise _WorkerLostError(head["failed"])
        return frame_to_clip(head, body)

    def _ensure_started(self) -> "subprocess.Popen[bytes]":
        process = self._process
        if process is None:
            process = self._process = _start_process(self._spec)
            with _kill_after(process, _START_TIMEOUT_S):
                _receive(process)
        if self._closed:
            raise _WorkerLostError("it was sent home")
        return process

    def _stop_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    _require_pipe(pipe).close()


def _start_process(spec: VoiceSpec) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, named by the registry
            [sys.executable, "-P", "-m", "coach.voices.worker", str(spec)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,
        )
    except OSError as error:
        raise ExternalError(
            f"could not start a process to speak in: {error.strerror}", help="close other programs"
        ) from error


def _exchange(process: "subprocess.Popen[bytes]", utterance: Utterance) -> tuple[FrameHeader, bytes]:
    try:
        send_frame(_require_pipe(process.stdin), utterance_to_header(utterance))
    except (OSError, ValueError) as error:
        raise _WorkerLostError("it stopped") from error
    return _receive(process)


def _receive(process: "subprocess.Popen[bytes]") -> tuple[FrameHeader, bytes]:
    try:
        return receive_frame(_require_pipe(process.stdout))
    except (EOFError, OSError, ValueError) as error:
        raise _WorkerLostError("it stopped") from error


@contextmanager
def _kill_after(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
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
    except _WorkerLostError as lost:
        raise _WorkerLostError(f"no answer in {seconds:g} s") if late.is_set() else lost from lost
    finally:
        timer.cancel()


def _require_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for, and so is there."""
    if pipe is None:
        raise ValueError("the worker was started without its pipes")
    return pipe


class WorkerPool:
    """Speaks for several threads at once; no more workers than have ever been needed at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[VoiceSpec, list[WorkerHandle]] = defaultdict(list)
        self._busy: set[WorkerHandle] = set()
        self._closed = False

    def speak(self, spec: VoiceSpec, utterance: Utterance) -> "Clip":
        """Have an idle worker of a voice speak, or a new one.

        Raises:
            ExternalError: The voice failed twice, or the crew was sent home.
        """
        worker = self._acquire(spec)
        try:
            return worker.speak(utterance)
        finally:
            self._release(spec, worker)

    def stop_all(self) -> None:
        """End all workers, also those that are speaking. New ones may be hired."""
        with self._lock:
            workers = [*self._busy, *(worker for idle in self._idle.values() for worker in idle)]
            self._idle.clear()
            self._busy.clear()
        for worker in workers:
            worker.close()

    def close(self) -> None:
        """End all workers for good."""
        self._closed = True
        self.stop_all()

    def _acquire(self, spec: VoiceSpec) -> WorkerHandle:
        with self._lock:
            if self._closed:
                raise ExternalError("the booth is closed")
            idle = self._idle[spec]
            worker = idle.pop() if idle else WorkerHandle(spec)
            self._busy.add(worker)
            return worker

    def _release(self, spec: VoiceSpec, worker: WorkerHandle) -> None:
        with self._lock:
            if worker in self._busy:  # else it was dismissed meanwhile
                self._busy.remove(worker)
                self._idle[spec].append(worker)
