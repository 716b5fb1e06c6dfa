"""Speech packs: what a voice has said beforehand, so that the coach's own sentences take no model and no waiting.

A pack is a zip file for one voice, made by ``scripts/build_speech_pack.py``: a sentence each in Ogg Opus, under a hash
of the sounds that the voice was given. A word that is to sound otherwise is another sentence, which the pack lacks. Its
comment names the voice's settings, and the contents.
"""

import hashlib
import io
import os
import zipfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Samples

FOLDER_VARIABLE = "COACH_SPEECH_PACK_DIR"
HASH_LETTERS = 16
_FOLDER = Path(__file__).parent.parent / "speech_packs"
_COMMENT_BYTES = 2 * HASH_LETTERS + 1


def find_pack_file(voice: str) -> Path:
    """Find where the pack of a voice is, or would be: ``COACH_SPEECH_PACK_DIR``, else the coach's own folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or _FOLDER) / f"{voice}.zip"


def write_comment(settings: str, contents: str) -> bytes:
    """Write a pack's comment, from two hashes."""
    return f"{settings[:HASH_LETTERS]} {contents[:HASH_LETTERS]}".encode()


def read_version(file: Path) -> str:
    """Read the comment of a pack, without the rest of it: it differs where anything in it does. Empty without one."""
    try:
        with file.open("rb") as pack:
            pack.seek(-_COMMENT_BYTES, os.SEEK_END)
            return pack.read().decode("ascii")
    except (OSError, ValueError):
        return ""


class SpeechPiece(NamedTuple):
    """What is spoken by itself, mostly a sentence: in the voice's own alphabet, and whether it is a counted word."""

    sounds: str
    counted: bool = False

    @property
    def entry(self) -> str:
        """The name of what holds it in a pack."""
        return f"{hashlib.sha256(f'{self.counted:d} {self.sounds}'.encode()).hexdigest()[:HASH_LETTERS]}.opus"


class SpeechPack:
    """The pack of a voice, if it has one that was made with these settings; else, or where it is damaged, an empty one.

    Args:
        file: The pack.
        settings: The hash of all but the sounds that shapes a sentence.
    """

    def __init__(self, file: Path, settings: str) -> None:
        self._file = file
        self._settings = settings

    @cached_property
    def _zip(self) -> zipfile.ZipFile | None:
        if not read_version(self._file).startswith(self._settings[:HASH_LETTERS]):
            return None
        try:
            return zipfile.ZipFile(self._file)
        except (OSError, zipfile.BadZipFile):
            return None

    def has(self, piece: SpeechPiece) -> bool:
        """Return whether a piece is in the pack."""
        return self._zip is not None and piece.entry in self._zip.NameToInfo

    def find(self, piece: SpeechPiece) -> "Samples | None":
        """Find a piece: mono samples at the voice's rate; None if it is not in the pack, or cannot be decoded."""
        if self._zip is None or not self.has(piece):
            return None
        import soundfile  # noqa: PLC0415 - only where there is speech

        try:
            samples: Samples = soundfile.read(io.BytesIO(self._zip.read(piece.entry)), dtype="float32")[0]
        except (OSError, zipfile.BadZipFile, soundfile.LibsndfileError):
            return None
        return samples
