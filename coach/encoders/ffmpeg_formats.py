"""ffmpeg's formats: FLAC, M4A and Opus, with the tags in a text that ffmpeg reads."""

import base64
import contextlib
import errno
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from coach.encoders.encoder import EncoderSettings
from coach.encoders.tags import PROGRAM, Tags, format_vtt_time
from coach.errors import ExternalError
from coach.sounds.clip import Samples, blocks_to_pcm16
from coach.sounds.decode import find_ffmpeg
from coach.translation import _
from coach.units import seconds_to_ms

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "=;#\\\n"})
_FRONT_COVER = 3
_FRONT = ("-metadata:s:v:0", "comment=Cover (front)")  # by which ffmpeg tells the type of a FLAC's picture


def tags_to_ffmetadata(tags: Tags, *, chapters_as_text: bool, cover_as_text: bool) -> str:
    """Convert tags to ffmpeg's metadata format, one key or chapter time per line.

    Args:
        tags: The tags. Their texts are escaped, so that none can add a key of its own.
        chapters_as_text: Write chapters as comments: in FLAC ffmpeg writes none, in Ogg some a second late.
        cover_as_text: Write the cover as a comment, for Ogg, which has no field for it.
    """
    values = _collect_values(tags)
    if chapters_as_text:
        values |= _make_chapter_comments(tags)
    if cover_as_text and tags.cover_jpeg:
        values["METADATA_BLOCK_PICTURE"] = _encode_picture(tags.cover_jpeg)
    pairs = (f"{key}={value.translate(_ESCAPES)}" for key, value in values.items() if value)
    chapters = () if chapters_as_text else _make_chapter_sections(tags)
    return "\n".join([";FFMETADATA1", *pairs, *chapters, ""])


def _collect_values(tags: Tags) -> dict[str, str]:
    return {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "track": str(tags.track or ""),
        "date": str(tags.year or ""),
        "genre": "Speech",
        "comment": tags.comment,
        "language": tags.language_iso_639_2,
        "fingerprint": tags.fingerprint,
        "lyrics": "\n".join(line.text for line in tags.lines),
    }


def _encode_picture(jpeg: bytes) -> str:
    from mutagen.flac import Picture  # noqa: PLC0415 - loaded only where a tag is written

    picture = Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", jpeg
    return base64.b64encode(picture.write()).decode()


def _make_chapter_comments(tags: Tags) -> dict[str, str]:
    """Make two Vorbis comments per chapter: wiki.xiph.org/Chapter_Extension."""
    comments = {}
    for number, chapter in enumerate(tags.chapters):
        comments[f"CHAPTER{number:03}"] = format_vtt_time(chapter.start_s)
        comments[f"CHAPTER{number:03}NAME"] = chapter.title
    return comments


def _make_chapter_sections(tags: Tags) -> Iterator[str]:
    for chapter in tags.chapters:
        yield "[CHAPTER]"
        yield "TIMEBASE=1/1000"
        yield f"START={seconds_to_ms(chapter.start_s)}"
        yield f"END={seconds_to_ms(chapter.end_s)}"
        yield f"title={chapter.title.translate(_ESCAPES)}"


_ADDRESS = re.compile(r"\[[^]]* @ 0x[0-9a-f]+\] ")


def encode_with_ffmpeg(
    target: Path,
    blocks: Iterable[Samples],
    tags: Tags,
    settings: EncoderSettings,
    *,
    codec: Sequence[str],
    chapters_as_text: bool = False,
    cover_as_text: bool = False,
) -> None:
    """Pipe blocks, float32 of shape (frames, 2), through ffmpeg into a file, which may exist.

    Tags are passed to ffmpeg as files, never as options. ``codec`` are the options that choose codec and container; for
    the others see `tags_to_ffmetadata`.

    Raises:
        ExternalError: ffmpeg failed.
        OSError: The disk is full.
    """
    metadata = tags_to_ffmetadata(tags, chapters_as_text=chapters_as_text, cover_as_text=cover_as_text)
    with TemporaryDirectory(prefix="coach-") as folder:
        inputs = _write_inputs(Path(folder), metadata, None if cover_as_text else tags.cover_jpeg)
        language = ["-metadata:s:a:0", f"language={tags.language_iso_639_2}"]
        source = ["-f", "s16le", "-ar", str(settings.rate_hz), "-ac", "2", "-i", "pipe:0"]
        keep = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", *language, "-fflags", "+bitexact"]
        _run([*source, *inputs, *keep, *codec, f"file:{target.absolute()}"], blocks_to_pcm16(blocks))


def _write_inputs(folder: Path, metadata: str, cover_jpeg: bytes | None) -> list[str]:
    text, cover = folder / "tags.txt", folder / "cover.jpg"
    text.write_text(metadata, encoding="utf-8", newline="\n")
    inputs = ["-f", "ffmetadata", "-i", f"file:{text}"]
    if cover_jpeg is None:
        return inputs
    cover.write_bytes(cover_jpeg)
    picture = ["-map", "2:v", "-c:v", "copy", "-disposition:v:0", "attached_pic", *_FRONT]
    return [*inputs, "-f", "jpeg_pipe", "-i", f"file:{cover}", *picture]


def _run(arguments: list[str], pieces: Iterator[bytes]) -> None:
    command = [find_ffmpeg(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *arguments]
    with TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)  # noqa: S603 - no option holds an author's text
        try:
            _write_pieces(process, pieces)
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        if status:
            errors.seek(0)
            raise _explain_failure(errors.read().decode("utf-8", "replace"), status)


def _write_pieces(process: "subprocess.Popen[bytes]", pieces: Iterator[bytes]) -> None:
    """Write everything, unless ffmpeg quits first; its status then says so."""
    pipe = process.stdin
    assert pipe is not None  # noqa: S101 - asked for above
    try:
        for piece in pieces:
            if not _write_piece(pipe, piece):
                break
    finally:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def _write_piece(pipe: IO[bytes], piece: bytes) -> bool:
    """Write one piece; return whether ffmpeg still reads.

    Only writing is guarded: whatever makes the pieces may fail with the same error.
    """
    try:
        pipe.write(piece)
    except BrokenPipeError:
        return False
    return True


def _explain_failure(errors: str, status: int) -> Exception:
    if os.strerror(errno.ENOSPC) in errors:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    lines = _ADDRESS.sub("", errors).split("\n")
    reason = next(filter(None, reversed(lines)), _("it exited with status {status} and no message", status=status))
    return ExternalError(
        _("ffmpeg could not write the file: {reason}", reason=reason), help=_("write an .mp3 or .wav file instead")
    )


def write_flac(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write a 16-bit FLAC with chapters, lyrics and cover."""
    codec = ["-c:a", "flac", "-f", "flac"]
    encode_with_ffmpeg(target, blocks, tags, settings, codec=codec, chapters_as_text=True)


_M4A_SHARE_OF_MP3 = 0.5  # of the rate for music: speech with much silence needs far less


def write_m4a(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write an M4A with chapters, lyrics and cover."""
    kbps = settings.kbps if settings.vbr_level is None else round(settings.kbps * _M4A_SHARE_OF_MP3)
    codec = ["-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{kbps}k", "-movflags", "+faststart", "-f", "ipod"]
    codec += ["-metadata", f"encoding_tool={PROGRAM}"]  # by which we know our own: MP4 holds no fingerprint
    encode_with_ffmpeg(target, blocks, tags, settings, codec=codec)


_OPUS_SHARE_OF_MP3 = 0.35  # of the rate for music: speech with much silence needs less, and Opus less still


def write_opus(target: Path, blocks: Iterable[Samples], tags: Tags, settings: EncoderSettings) -> None:
    """Write Opus in Ogg with chapters, lyrics and cover."""
    kbps = settings.kbps if settings.vbr_level is None else round(settings.kbps * _OPUS_SHARE_OF_MP3)
    codec = ["-c:a", "libopus", "-b:a", f"{kbps}k", "-f", "opus"]
    encode_with_ffmpeg(target, blocks, tags, settings, codec=codec, chapters_as_text=True, cover_as_text=True)
