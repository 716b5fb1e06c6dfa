"""Parts of a feed that lie beside an MP3: its chapters as JSON, its words as VTT and SRT, and all pictures."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from coach.encoders.tags import Tags, tags_to_srt, tags_to_vtt
from coach.errors import ExternalError
from coach.export.podcast_feed import (
    GENERATOR,
    PART_CHAPTERS,
    PART_COVER,
    PART_TRANSCRIPTS,
    PARTS_FOLDER,
    FeedAddress,
    name_parts_folder,
)
from coach.storage.atomic_write import explain_errno
from coach.storage.file_input import read_json
from coach.translation import _
from coach.units import seconds_to_ms

CHAPTERS_VERSION = "1.2.0"
_PART_PICTURE = re.compile(r"[1-9][0-9]{0,5}\.jpg")


def list_feed_parts(address: FeedAddress, name: str, tags: Tags) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a feed offers beside an MP3, each with its path in the folder."""
    folder = name_parts_folder(name)
    if tags.cover_jpeg:
        yield f"{folder}/{PART_COVER}", tags.cover_jpeg
    pictures = [f"{folder}/{number}.jpg" if each.picture_jpeg else "" for number, each in enumerate(tags.chapters, 1)]
    for picture, chapter in zip(pictures, tags.chapters, strict=True):
        if picture:
            yield picture, chapter.picture_jpeg
    urls = [address.make_url(picture) if picture else "" for picture in pictures]
    yield f"{folder}/{PART_CHAPTERS}", make_chapters_json(tags, urls)
    if tags.lines:
        yield f"{folder}/words.vtt", tags_to_vtt(tags).encode()
        yield f"{folder}/words.srt", tags_to_srt(tags).encode()


def make_chapters_json(tags: Tags, picture_urls: list[str]) -> bytes:
    """Make the chapters of a file as the JSON of Podcasting 2.0: github.com/Podcastindex-org/podcast-namespace."""
    chapters = [
        {
            "startTime": seconds_to_ms(chapter.start_s) / 1000,
            "endTime": seconds_to_ms(chapter.end_s) / 1000,
            "title": chapter.title,
            **({"img": url} if url else {}),
        }
        for chapter, url in zip(tags.chapters, picture_urls, strict=True)
    ]
    whole = {"version": CHAPTERS_VERSION, "generator": GENERATOR, "title": tags.title, "chapters": chapters}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def remove_feed_parts(folder: Path, is_dropped: Callable[[str], bool]) -> None:
    """Remove what `list_feed_parts` wrote for the MP3s that are dropped, which are named by their paths in the folder.

    Only a folder whose chapters say that we made them is ours. They go last, so that what was interrupted is finished
    the next time. No symbolic link is followed, and what has another name stays.

    Raises:
        ExternalError: the disk refused.
    """
    top = folder / PARTS_FOLDER
    if top.is_symlink():
        return
    for path, _folders, names in os.walk(top, topdown=False):
        parts = Path(path)
        if (
            PART_CHAPTERS in names
            and is_dropped(f"{parts.relative_to(top).as_posix()}.mp3")
            and _has_own_chapters(parts)
        ):
            own = [name for name in names if _is_part(name) and not (parts / name).is_symlink()]
            for name in sorted(own, key=lambda each: each == PART_CHAPTERS):
                _remove(parts / name)
            _remove_empty_folders(parts, top)


def _is_part(name: str) -> bool:
    return name in {PART_COVER, PART_CHAPTERS, *PART_TRANSCRIPTS} or _PART_PICTURE.fullmatch(name) is not None


def _has_own_chapters(parts: Path) -> bool:
    chapters = parts / PART_CHAPTERS
    try:
        return not chapters.is_symlink() and read_json(chapters)["generator"] == GENERATOR
    except (OSError, ValueError, TypeError, LookupError, ExternalError):
        return False


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise ExternalError(_("cannot remove {file}: {reason}", file=file, reason=explain_errno(error))) from error


def _remove_empty_folders(parts: Path, top: Path) -> None:
    with suppress(OSError):  # it holds something else
        while parts != top:
            parts.rmdir()
            parts = parts.parent
