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
from coach.voices import registry, worker_pool
from coach.voices.clip_normalizer import make_silence, normalize
from coach.voices.text_normalizer import normalize_text
from coach.voices.voice import Voice, VoiceSpec


def speak_utterance(voice: Voice, utterance: Utterance) -> Clip:
    """What a voice says, through the door; a short silence where there is nothing to say."""
    plain = replace(utterance, text=normalize_text(utterance.text, utterance.language))
    if not plain.text and plain.recording is None:
        return make_silence()
    return normalize(voice.speak(plain), counted=plain.counted)


def serve(voice: Voice, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer every request, in order. A thread of its own reads them, to leave at once when the employer is gone."""
    waiting: queue.SimpleQueue[worker_pool.FrameHeader] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests, waiting), daemon=True).start()
    worker_pool.send_frame(replies, {"ready": voice.name})
    while True:
        worker_pool.send_frame(replies, *_reply_to(voice, worker_pool.header_to_utterance(waiting.get())))


def _read_requests(requests: IO[bytes], waiting: "queue.SimpleQueue[worker_pool.FrameHeader]") -> None:
    try:
        while True:
            waiting.put(worker_pool.receive_frame(requests)[0])
    except EOFError:
        os._exit(0)  # the main thread may be deep inside an engine


def _reply_to(voice: Voice, utterance: Utterance) -> tuple[worker_pool.FrameHeader, bytes]:
    try:
        return worker_pool.clip_to_frame(speak_utterance(voice, utterance))
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
    serve(registry.load_voice(VoiceSpec.parse(sys.argv[1])), sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
