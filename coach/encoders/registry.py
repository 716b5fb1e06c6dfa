"""Encoders by file extension. A new encoder is a module beside these and a line here."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from coach.encoders import ffmpeg_formats, mp3, wav
from coach.encoders.encoder import Encoder, EncoderSettings
from coach.encoders.tags import Tags
from coach.errors import UsageError
from coach.sounds.clip import Samples
from coach.storage.atomic_write import write_atomically

ENCODERS: Mapping[str, Encoder] = {
    ".mp3": mp3.write_mp3,
    ".m4a": ffmpeg_formats.write_m4a,
    ".opus": ffmpeg_formats.write_opus,
    ".flac": ffmpeg_formats.write_flac,
    ".wav": wav.write_wav,
}


def find_encoder(target: Path) -> Encoder:
    """Find the encoder of a file by its extension.

    Raises:
        UsageError: No encoder writes such files.
    """
    encoder = ENCODERS.get(target.suffix.lower())
    if encoder is None:
        files = f"{target.suffix} files" if target.suffix else "a file without an extension"
        raise UsageError(f"cannot write {files}: {target.name}; choose one of {' '.join(ENCODERS)}")
    return encoder


def write_file(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings | None = None) -> None:
    """Write a whole session to a file, which appears under its name only when it is complete.

    Args:
        target: Its extension chooses the format. A file already there is replaced.
        blocks: Float32 of shape (frames, 2), full scale at 1.0, taken one by one.
        tags: Its metadata.
        settings: Rate and bit rate.

    Raises:
        UsageError: The extension is unknown.
        ExternalError: The disk, the folder or ffmpeg failed; what was there before is untouched.
    """
    encode = find_encoder(target)
    with write_atomically(target) as unfinished:
        encode(unfinished, blocks, tags, settings or EncoderSettings())
