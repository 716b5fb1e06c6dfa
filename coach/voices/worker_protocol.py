"""What a worker and its employer say to each other over a pipe: frames of a JSON head and a body of raw samples."""

import json
import struct
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


Head = dict[str, Any]

_LENGTHS = struct.Struct(">II")


def send(pipe: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Write one frame.

    Raises:
        OSError: The other side is gone.
    """
    encoded = json.dumps(head).encode()
    pipe.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Head, bytes]:
    """Read one frame.

    Raises:
        EOFError: The other side is gone, or went in the middle of it.
    """
    head_length, body_length = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
    head: Head = json.loads(_exactly(pipe, head_length))
    return head, _exactly(pipe, body_length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data


def utterance_to_head(utterance: Utterance) -> Head:
    """An utterance as JSON."""
    return {
        "text": utterance.text,
        "language": utterance.language,
        "counted": utterance.counted,
        "recording": None if utterance.recording is None else str(utterance.recording.absolute()),
    }


def head_to_utterance(head: Head) -> Utterance:
    """The utterance a JSON object stands for."""
    recording = head["recording"]
    return Utterance(
        text=head["text"],
        language=head["language"],
        counted=head["counted"],
        recording=None if recording is None else Path(recording),
    )


def clip_to_frame(clip: "Clip") -> tuple[Head, bytes]:
    """A mono clip of 16-bit steps, as the door leaves it, as a frame."""
    from coach.sounds.pcm import clip_to_pcm  # noqa: PLC0415 - numpy, only where there is speech

    return {"rate_hz": clip.rate_hz, "onset_s": clip.onset_s}, clip_to_pcm(clip)


def frame_to_clip(head: Head, body: bytes) -> "Clip":
    """The clip a frame stands for."""
    from coach.sounds.pcm import pcm_to_clip  # noqa: PLC0415 - numpy, only where there is speech

    return pcm_to_clip(body, rate_hz=head["rate_hz"], onset_s=head["onset_s"])
