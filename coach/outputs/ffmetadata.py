"""Tags in the text format that ffmpeg reads them from."""

import base64
from collections.abc import Iterator

from coach.outputs.lyrics import vtt_time
from coach.outputs.tags import Tags
from coach.units import seconds_to_ms

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "=;#\\\n"})
_FRONT_COVER = 3


def ffmetadata(tags: Tags, *, chapters_as_text: bool, cover_as_text: bool) -> str:
    """All that ``tags`` say, one key or chapter time per line.

    Args:
        tags: What to say. Their texts are escaped, so that none can add a key of its own.
        chapters_as_text: Write chapters as comments: in FLAC ffmpeg writes none, in Ogg some a second late.
        cover_as_text: Write the cover as a comment, for Ogg, which has no place of its own for it.
    """
    values = _values(tags)
    if chapters_as_text:
        values |= _chapter_comments(tags)
    if cover_as_text and tags.cover_png:
        values["METADATA_BLOCK_PICTURE"] = _picture_block(tags.cover_png)
    pairs = (f"{key}={value.translate(_ESCAPES)}" for key, value in values.items() if value)
    chapters = () if chapters_as_text else _chapter_sections(tags)
    return "\n".join([";FFMETADATA1", *pairs, *chapters, ""])


def _values(tags: Tags) -> dict[str, str]:
    return {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "genre": "Speech",
        "comment": tags.comment,
        "language": tags.language_iso_639_2,
        "fingerprint": tags.fingerprint,
        "lyrics": "\n".join(line.text for line in tags.lines),
    }


def _picture_block(png: bytes) -> str:
    from mutagen.flac import Picture  # noqa: PLC0415 - loaded only where a tag is written

    picture = Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/png", png
    return base64.b64encode(picture.write()).decode()


def _chapter_comments(tags: Tags) -> dict[str, str]:
    """The two comments per chapter that Vorbis comments have for them: wiki.xiph.org/Chapter_Extension."""
    comments = {}
    for number, chapter in enumerate(tags.chapters):
        comments[f"CHAPTER{number:03}"] = vtt_time(chapter.start_s)
        comments[f"CHAPTER{number:03}NAME"] = chapter.title
    return comments


def _chapter_sections(tags: Tags) -> Iterator[str]:
    for chapter in tags.chapters:
        yield "[CHAPTER]"
        yield "TIMEBASE=1/1000"
        yield f"START={seconds_to_ms(chapter.start_s)}"
        yield f"END={seconds_to_ms(chapter.end_s)}"
        yield f"title={chapter.title.translate(_ESCAPES)}"
