"""The formats that ffmpeg writes for us.

By pipe and not by pydub, which holds a whole session in memory before it begins: 2 GB for three hours. The pipe
holds a few blocks.
"""

import contextlib
import errno
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from coach.errors import OutsideError
from coach.outputs.ffmetadata import ffmetadata
from coach.outputs.output import Settings
from coach.outputs.pcm import pcm16
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples
from coach.sounds.ffmpeg import ffmpeg_path

_ADDRESS = re.compile(r"\[[^]]* @ 0x[0-9a-f]+\] ")


def encode(
    target: Path,
    blocks: Iterable[Samples],
    tags: Tags,
    settings: Settings,
    *,
    codec: Sequence[str],
    chapters_as_text: bool = False,
    cover_as_text: bool = False,
) -> None:
    """Pipe blocks through ffmpeg into a file.

    Args:
        target: The file; it may exist.
        blocks: Float32 of shape (frames, 2).
        tags: Reach ffmpeg as files, never as options.
        settings: The rate of the blocks.
        codec: The options that choose codec and container.
        chapters_as_text: See `ffmetadata`.
        cover_as_text: See `ffmetadata`.

    Raises:
        OutsideError: ffmpeg failed.
        OSError: The disk is full.
    """
    metadata = ffmetadata(tags, chapters_as_text=chapters_as_text, cover_as_text=cover_as_text)
    with TemporaryDirectory(prefix="coach-") as folder:
        inputs = _inputs(Path(folder), metadata, None if cover_as_text else tags.cover_png)
        language = ["-metadata:s:a:0", f"language={tags.language_iso_639_2}"]
        source = ["-f", "s16le", "-ar", str(settings.rate_hz), "-ac", "2", "-i", "pipe:0"]
        keep = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", *language, "-fflags", "+bitexact"]
        _run([*source, *inputs, *keep, *codec, f"file:{target.absolute()}"], pcm16(blocks))


def _inputs(folder: Path, metadata: str, cover_png: bytes | None) -> list[str]:
    text, cover = folder / "tags.txt", folder / "cover.png"
    text.write_text(metadata, encoding="utf-8", newline="\n")
    inputs = ["-f", "ffmetadata", "-i", f"file:{text}"]
    if cover_png is None:
        return inputs
    cover.write_bytes(cover_png)
    picture = ["-map", "2:v", "-c:v", "copy", "-disposition:v:0", "attached_pic"]
    return [*inputs, "-f", "png_pipe", "-i", f"file:{cover}", *picture]


def _run(arguments: list[str], pieces: Iterator[bytes]) -> None:
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *arguments]
    with TemporaryFile() as complaints:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints)  # noqa: S603 - no option holds an author's text
        try:
            _feed(process, pieces)
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        if status:
            complaints.seek(0)
            raise _failure(complaints.read().decode("utf-8", "replace"), status)


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterator[bytes]) -> None:
    """Hand over everything, unless ffmpeg gives up first; its status then says so."""
    pipe = process.stdin
    assert pipe is not None  # noqa: S101 - asked for above
    try:
        for piece in pieces:
            if not _taken(pipe, piece):
                break
    finally:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def _taken(pipe: IO[bytes], piece: bytes) -> bool:
    """Only the pipe's own break is a sign from ffmpeg: whatever makes the pieces may fail with the same error."""
    try:
        pipe.write(piece)
    except BrokenPipeError:
        return False
    return True


def _failure(complaints: str, status: int) -> Exception:
    if os.strerror(errno.ENOSPC) in complaints:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    lines = _ADDRESS.sub("", complaints).split("\n")
    reason = next(filter(None, reversed(lines)), f"it ended with status {status} and without a word")
    return OutsideError(f"ffmpeg could not write the file: {reason}", help="write an .mp3 or .wav file instead")
