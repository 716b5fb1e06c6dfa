"""Parts of a feed that lie beside an MP3: its chapters as JSON, its words as VTT and SRT, and all pictures."""

import json
from collections.abc import Iterator

from coach.encoders.tags import Tags, tags_to_srt, tags_to_vtt
from coach.export.podcast_feed import GENERATOR, PART_CHAPTERS, PART_COVER, FeedAddress, name_parts_folder
from coach.units import seconds_to_ms

CHAPTERS_VERSION = "1.2.0"


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
