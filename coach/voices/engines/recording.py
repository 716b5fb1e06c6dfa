"""Recordings by the author, in place of synthesized speech."""

from typing import TYPE_CHECKING

from coach.errors import ExternalError
from coach.storage.file_input import hash_file
from coach.translation import _
from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from pathlib import Path

    from coach.sounds.clip import Clip

SHORTEST_S = 0.05
LONGEST_S = 600.0
_RATE_HZ = 48_000


class Recording:
    """Decodes the file an utterance names, in a worker like any voice, as a decoder can crash or hang too."""

    name = "recording"
    languages = ()
    good = True
    repertoire = None
    reads_phonemes = False
    identity = f"recording, {_RATE_HZ}"

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        return _("The author's own recordings.")

    def speak(self, utterance: Utterance) -> "Clip":
        """Decode the recording unchanged.

        Raises:
            ExternalError: It cannot be read, is not whole, is silent, or is longer than ten minutes.
        """
        from coach.sounds.decode import decode  # noqa: PLC0415 - numpy, only where there is speech
        from coach.voices.clip_normalizer import find_speech  # noqa: PLC0415 - the same

        if utterance.recording is None:
            raise ValueError("the utterance has no recording")
        path = utterance.recording
        clip = decode(path, _RATE_HZ, longest_s=LONGEST_S)
        again = _("record or export it again")
        if clip.length_s < SHORTEST_S:
            raise ExternalError(_("{path}: the recording is too short to be heard", path=path), help=again)
        if find_speech(clip.samples.mean(axis=1, keepdims=True), clip.rate_hz) is None:
            raise ExternalError(_("{path}: the recording is silent", path=path), help=again)
        return clip


def hash_recording(path: "Path") -> str:
    """Hash a recording, for its cache key.

    Raises:
        ExternalError: The file cannot be read.
    """
    try:
        return hash_file(path)
    except OSError as error:
        reason = error.strerror or _("it cannot be read")
        raise ExternalError(
            _("could not read the recording {path}: {reason}", path=path, reason=reason),
            help=_("check the file named after clip:"),
        ) from error
