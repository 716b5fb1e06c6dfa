"""A process that speaks with one voice until its employer goes away: ``python -m coach.voices.worker MODULE:CLASS``.

Requests come in on standard input and finished clips go out on standard output, as frames of ``wire``.
"""

import os
import queue
import sys
import threading
from dataclasses import replace
from typing import IO

from coach.errors import CoachError, ExternalError
from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices import registry, worker_protocol
from coach.voices.clip_normalizer import normalize, silence
from coach.voices.text_normalizer import speakable
from coach.voices.voice import Voice


def speak_utterance(voice: Voice, utterance: Utterance) -> Clip:
    """What a voice says, through the door; a short silence where there is nothing to say."""
    plain = replace(utterance, text=speakable(utterance.text, utterance.language))
    if not plain.text and plain.recording is None:
        return silence()
    return normalize(voice.speak(plain), counted=plain.counted)


def serve(voice: Voice, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer every request, in order. A thread of its own reads them, to leave at once when the employer is gone."""
    waiting: queue.SimpleQueue[worker_protocol.Head] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, waiting), daemon=True).start()
    worker_protocol.send(replies, {"ready": voice.name})
    while True:
        worker_protocol.send(replies, *_answer(voice, worker_protocol.head_to_utterance(waiting.get())))


def _read(requests: IO[bytes], waiting: "queue.SimpleQueue[worker_protocol.Head]") -> None:
    try:
        while True:
            waiting.put(worker_protocol.receive(requests)[0])
    except EOFError:
        os._exit(0)  # the main thread may be deep inside an engine


def _answer(voice: Voice, utterance: Utterance) -> tuple[worker_protocol.Head, bytes]:
    try:
        return worker_protocol.clip_to_frame(speak_utterance(voice, utterance))
    except ExternalError as error:
        return {"refused": error.message, "help": error.help}, b""
    except CoachError as error:
        return {"refused": str(error), "help": ""}, b""
    except Exception as error:  # noqa: BLE001 - an engine may raise anything, and the employer retries
        return {"failed": f"{type(error).__name__}: {error}"}, b""


def main() -> None:
    """Serve on the standard streams. What an engine prints goes to standard error instead."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(registry.load(sys.argv[1]), sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
