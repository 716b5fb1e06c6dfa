"""Which module writes which kind of file. A new kind is a module beside these and a line here."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from coach.errors import UsageError
from coach.outputs import flac, m4a, mp3, opus, wav
from coach.outputs.atomic import atomic
from coach.outputs.output import Output, Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples

OUTPUTS: Mapping[str, Output] = {
    ".mp3": mp3.write,
    ".m4a": m4a.write,
    ".opus": opus.write,
    ".flac": flac.write,
    ".wav": wav.write,
}


def output_for(target: Path) -> Output:
    """The output for a file, by its ending.

    Raises:
        UsageError: No output writes such files.
    """
    output = OUTPUTS.get(target.suffix.lower())
    if output is None:
        ending = f"{target.suffix} files" if target.suffix else "a file without an ending"
        raise UsageError(f"cannot write {ending}: {target.name}; choose one of {' '.join(OUTPUTS)}")
    return output


def write_file(target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings | None = None) -> None:
    """Write a whole session to a file, which appears under its name only when it is complete.

    Args:
        target: Its ending chooses the format. A file already there is replaced.
        blocks: Float32 of shape (frames, 2), full scale at 1.0, taken one by one.
        tags: What the file says about itself.
        settings: Rate and bit rate.

    Raises:
        UsageError: The ending is unknown.
        OutsideError: The disk, the folder or ffmpeg failed; what was there before is untouched.
    """
    output = output_for(target)
    with atomic(target) as unfinished:
        output(unfinished, blocks, tags, settings or Settings())
