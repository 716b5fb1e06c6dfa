"""Which module writes which kind of file. A new kind is a module beside these and a line here."""

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
    """The output for a file, by its ending.

    Raises:
        UsageError: No output writes such files.
    """
    output = ENCODERS.get(target.suffix.lower())
    if output is None:
        ending = f"{target.suffix} files" if target.suffix else "a file without an ending"
        raise UsageError(f"cannot write {ending}: {target.name}; choose one of {' '.join(ENCODERS)}")
    return output


def write_file(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings | None = None) -> None:
    """Write a whole session to a file, which appears under its name only when it is complete.

    Args:
        target: Its ending chooses the format. A file already there is replaced.
        blocks: Float32 of shape (frames, 2), full scale at 1.0, taken one by one.
        tags: What the file says about itself.
        settings: Rate and bit rate.

    Raises:
        UsageError: The ending is unknown.
        ExternalError: The disk, the folder or ffmpeg failed; what was there before is untouched.
    """
    output = find_encoder(target)
    with write_atomically(target) as unfinished:
        output(unfinished, blocks, tags, settings or EncoderSettings())
