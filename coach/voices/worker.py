"""Worker process for one voice, which ends with its parent: ``python -m coach.voices.worker MODULE:CLASS``.

It reads requests from standard input and writes normalized clips to standard output, as frames of `worker_pool`.
"""

import os
import queue
import sys
import threading
from dataclasses import replace
from typing import IO

from coach.errors import CoachError, ExternalError
from coach.sounds.clip import Clip, clip_to_pcm
from coach.translation import LANGUAGE_VARIABLE, set_language
from coach.utterance import Utterance
from coach.voices import registry, worker_pool
from coach.voices.clip_normalizer import make_silence, normalize
from coach.voices.voice import Voice, VoiceSpec, write_text


def speak_utterance(voice: Voice, utterance: Utterance) -> Clip:
    """Speak an utterance and normalize the clip; a short silence where there is nothing to say."""
    plain = replace(utterance, text=write_text(voice, utterance))
    if not plain.text and plain.recording is None:
        return make_silence()
    return normalize(voice.speak(plain), counted=plain.counted)


def serve(voice: Voice, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer every request, in order. A thread reads them, to exit at once when the parent process is gone."""
    waiting: queue.SimpleQueue[Utterance] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests, waiting), daemon=True).start()
    worker_pool.send_reply(replies, {"ready": voice.name})
    while True:
        worker_pool.send_reply(replies, *_reply_to(voice, waiting.get()))


def _read_requests(requests: IO[bytes], waiting: "queue.SimpleQueue[Utterance]") -> None:
    try:
        while True:
            waiting.put(worker_pool.receive_request(requests))
    except EOFError:
        os._exit(0)  # the main thread may be deep inside an engine


def _reply_to(voice: Voice, utterance: Utterance) -> tuple[worker_pool.Reply, bytes]:
    try:
        clip = speak_utterance(voice, utterance)
    except ExternalError as error:
        return {"refused": error.message, "help": error.help}, b""
    except CoachError as error:
        return {"refused": str(error), "help": ""}, b""
    except Exception as error:  # noqa: BLE001 - an engine may raise anything, and the parent retries
        return {"failed": f"{type(error).__name__}: {error}"}, b""
    return {"rate_hz": clip.rate_hz, "onset_s": clip.onset_s}, clip_to_pcm(clip)


def main() -> None:
    """Serve on the standard streams. Output that an engine prints is redirected to standard error."""
    set_language(os.environ.get(LANGUAGE_VARIABLE, "en"))
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(registry.load_voice(VoiceSpec.parse(sys.argv[1])), sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
