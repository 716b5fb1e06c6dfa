"""Worker pool for speech: processes, their pipe protocol, timeouts, and a restart after a crash or a hang."""

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
from typing import IO, TYPE_CHECKING, TypedDict, final

from coach.errors import ExternalError
from coach.storage.file_input import parse_json
from coach.translation import LANGUAGE_VARIABLE, _, get_language
from coach.utterance import Utterance
from coach.voices.voice import VoiceSpec

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

_LOG = logging.getLogger(__name__)
_LENGTHS = struct.Struct(">II")


class RequestHeader(TypedDict):
    """JSON header of a request: an utterance."""

    text: str
    language: str
    counted: bool
    phonemes: list[list[str]]
    recording: str | None


@final
class ReadyReply(TypedDict):
    """JSON header of a worker's first frame: its voice is loaded."""

    ready: str


@final
class ClipReply(TypedDict):
    """JSON header of a clip; its 16-bit samples follow as the frame's body."""

    rate_hz: int
    onset_s: float


@final
class RefusalReply(TypedDict):
    """JSON header of an error that a retry would not change."""

    refused: str
    help: str


@final
class FailureReply(TypedDict):
    """JSON header of an engine's unexpected exception."""

    failed: str


Reply = ReadyReply | ClipReply | RefusalReply | FailureReply


def send_request(pipe: IO[bytes], utterance: Utterance) -> None:
    """Send an utterance to a worker.

    Raises:
        OSError: The other side is gone.
    """
    recording = None if utterance.recording is None else str(utterance.recording.absolute())
    header: RequestHeader = {
        "text": utterance.text,
        "language": utterance.language,
        "counted": utterance.counted,
        "phonemes": [list(each) for each in utterance.phonemes],
        "recording": recording,
    }
    _send_frame(pipe, header)


def receive_request(pipe: IO[bytes]) -> Utterance:
    """Read the next utterance to speak.

    Raises:
        EOFError: The other side is gone.
    """
    encoded, _ = _receive_frame(pipe)
    header: RequestHeader = parse_json(encoded)
    recording = header["recording"]
    return Utterance(
        text=header["text"],
        language=header["language"],
        counted=header["counted"],
        phonemes=tuple((word, ipa) for word, ipa in header["phonemes"]),
        recording=None if recording is None else Path(recording),
    )


def send_reply(pipe: IO[bytes], reply: Reply, pcm: bytes = b"") -> None:
    """Send a reply, with the samples of a clip.

    Raises:
        OSError: The other side is gone.
    """
    _send_frame(pipe, reply, pcm)


def receive_reply(pipe: IO[bytes]) -> tuple[Reply, bytes]:
    """Read the next reply, with the samples of a clip.

    Raises:
        EOFError: The other side is gone, or closed in the middle of a frame.
    """
    encoded, pcm = _receive_frame(pipe)
    reply: Reply = parse_json(encoded)
    return reply, pcm


def _send_frame(pipe: IO[bytes], header: RequestHeader | Reply, body: bytes = b"") -> None:
    encoded = json.dumps(header).encode()
    pipe.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    pipe.flush()


def _receive_frame(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    header_length, body_length = _LENGTHS.unpack(_read_exactly(pipe, _LENGTHS.size))
    return _read_exactly(pipe, header_length), _read_exactly(pipe, body_length)


def _read_exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data


TimeoutPolicy = Callable[[Utterance], float]

_START_TIMEOUT_S = 120.0
_LEAST_TIMEOUT_S = 60.0
_TIMEOUT_PER_LETTER_S = 0.3  # a neural voice takes a tenth of that where nothing else runs
_RECORDING_TIMEOUT_S = 120.0
_TRIES = 2
_SHOWN_LETTERS = 60

# Several workers share the processors already, and sums must not depend on the number of threads.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")


def choose_timeout_s(utterance: Utterance) -> float:
    """Choose how long a voice may take before it counts as hanging, even on a slow and busy machine."""
    if utterance.recording is not None:
        return _RECORDING_TIMEOUT_S
    return _LEAST_TIMEOUT_S + _TIMEOUT_PER_LETTER_S * len(utterance.text)


class _WorkerLostError(Exception):
    """The worker crashed, hung, or failed."""


class WorkerHandle:
    """Runs a voice in a process of its own, so that a crash or a hang costs one utterance a retry.

    The first utterance starts the process. It ends with ``close``, and by itself when this process ends in any way, as
    its standard input then closes. It does not receive Ctrl-C. Not for use by two threads at once.
    """

    def __init__(self, spec: VoiceSpec, *, timeout_for: TimeoutPolicy = choose_timeout_s) -> None:
        self._spec = spec
        self._timeout_for = timeout_for
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak an utterance and return its normalized clip.

        Raises:
            ExternalError: The voice reported an error, or failed twice.
        """
        reason = ""
        for _try in range(_TRIES):
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
            _(
                'the voice {voice} failed {tries} times on "{text}": {reason}',
                voice=self._spec.engine_name,
                tries=_TRIES,
                text=text,
                reason=reason,
            ),
            help=_("rephrase it, or choose another voice"),
        )

    def close(self) -> None:
        """Stop the worker. May be called from another thread, to interrupt an utterance."""
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
            reply, pcm = _exchange(process, utterance)
        if "refused" in reply:
            raise ExternalError(reply["refused"], help=reply["help"])
        if "failed" in reply:
            raise _WorkerLostError(reply["failed"])
        if "ready" in reply:
            raise _WorkerLostError(_("it sent no clip"))
        from coach.sounds.clip import pcm_to_clip  # noqa: PLC0415 - numpy, only where there is speech

        return pcm_to_clip(pcm, rate_hz=reply["rate_hz"], onset_s=reply["onset_s"])

    def _ensure_started(self) -> "subprocess.Popen[bytes]":
        process = self._process
        if process is None:
            process = self._process = _start_process(self._spec)
            with _kill_after(process, _START_TIMEOUT_S):
                _receive(process)
        if self._closed:
            raise _WorkerLostError(_("it was closed"))
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
            env={**os.environ, **_ONE_THREAD, LANGUAGE_VARIABLE: get_language()},
            start_new_session=True,
        )
    except OSError as error:
        raise ExternalError(
            _("could not start a speech process: {reason}", reason=error.strerror), help=_("close other programs")
        ) from error


def _exchange(process: "subprocess.Popen[bytes]", utterance: Utterance) -> tuple[Reply, bytes]:
    try:
        send_request(_require_pipe(process.stdin), utterance)
    except (OSError, ValueError) as error:
        raise _WorkerLostError(_("its process ended")) from error
    return _receive(process)


def _receive(process: "subprocess.Popen[bytes]") -> tuple[Reply, bytes]:
    try:
        return receive_reply(_require_pipe(process.stdout))
    except (EOFError, OSError, ValueError) as error:
        raise _WorkerLostError(_("its process ended")) from error


@contextmanager
def _kill_after(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    """Kill a process that takes too long; a read from it then meets its end."""
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
        raise _WorkerLostError(_("no answer in {seconds:g} s", seconds=seconds)) if late.is_set() else lost from lost
    finally:
        timer.cancel()


def _require_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """Narrow the type of a pipe that `Popen` was asked for."""
    if pipe is None:
        raise ValueError("the worker was started without its pipes")
    return pipe


class WorkerPool:
    """Speaks for several threads at once, with no more workers than were ever needed at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[VoiceSpec, list[WorkerHandle]] = defaultdict(list)
        self._busy: set[WorkerHandle] = set()
        self._closed = False

    def speak(self, spec: VoiceSpec, utterance: Utterance) -> "Clip":
        """Speak with an idle worker of a voice, or a new one.

        Raises:
            ExternalError: The voice failed twice, or the pool was stopped.
        """
        worker = self._acquire(spec)
        try:
            return worker.speak(utterance)
        finally:
            self._release(spec, worker)

    def stop_all(self) -> None:
        """Stop all workers, also those that are speaking. New ones may be started."""
        with self._lock:
            workers = [*self._busy, *(worker for idle in self._idle.values() for worker in idle)]
            self._idle.clear()
            self._busy.clear()
        for worker in workers:
            worker.close()

    def close(self) -> None:
        """Stop all workers for good."""
        self._closed = True
        self.stop_all()

    def _acquire(self, spec: VoiceSpec) -> WorkerHandle:
        with self._lock:
            if self._closed:
                raise ExternalError(_("the speech service is closed"))
            idle = self._idle[spec]
            worker = idle.pop() if idle else WorkerHandle(spec)
            self._busy.add(worker)
            return worker

    def _release(self, spec: VoiceSpec, worker: WorkerHandle) -> None:
        with self._lock:
            if worker in self._busy:  # else it was stopped meanwhile
                self._busy.remove(worker)
                self._idle[spec].append(worker)
