"""ID3 tags of an MP3: title, cover, chapters, and lyrics with their times.

Version 2.3, not 2.4: the one that Windows shows covers from, that older players and cars know, and in which Apple's
and other podcast players are known to show chapters. Texts are UTF-16, as 2.3 has no UTF-8.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from coach.encoders.tags import Chapter, Tags, iterate_timed_lines
from coach.units import seconds_to_ms

if TYPE_CHECKING:
    from mutagen.id3 import Frame

_HEADER_BYTES = 10
_SPARE_BYTES = 1024  # lets an editor change a title without moving the audio
_MOST_CHAPTERS_IN_CONTENTS = 255
_UTF_16 = 1
_NOT_GIVEN = 0xFFFFFFFF
_TOP_LEVEL_AND_ORDERED = 0b11
_FRONT_COVER = 3
_MILLISECONDS = 2
_LYRICS = 1


def make_id3_tag(tags: Tags) -> bytes:
    """Make the whole tag, ready to precede the audio.

    We put the frames in order ourselves, contents first and chapters by time, because mutagen sorts them by size, and
    readers list chapters in the order in which they find them.
    """
    body = b"".join(map(_serialize, _make_frames(tags))) + bytes(_SPARE_BYTES)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _make_frames(tags: Tags) -> Iterator["Frame"]:
    """Make the frames of the tag, in order."""
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    language = tags.language_iso_639_2
    yield id3.TIT2(encoding=_UTF_16, text=tags.title)
    yield id3.TPE1(encoding=_UTF_16, text=tags.artist)
    yield id3.TALB(encoding=_UTF_16, text=tags.album)
    yield id3.TCON(encoding=_UTF_16, text="Speech")
    yield id3.TLAN(encoding=_UTF_16, text=language)
    yield id3.COMM(encoding=_UTF_16, lang=language, desc="", text=tags.comment)
    yield id3.TXXX(encoding=_UTF_16, desc="Fingerprint", text=tags.fingerprint)
    yield from _make_chapter_frames(tags)
    yield from _make_lyrics_frames(tags)
    if tags.cover_png is not None:
        yield id3.APIC(encoding=_UTF_16, mime="image/png", type=_FRONT_COVER, desc="Cover", data=tags.cover_png)


def _make_chapter_frames(tags: Tags) -> Iterator["Frame"]:
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    if not tags.chapters:
        return
    names = [f"chapter{number}" for number, _ in enumerate(tags.chapters, start=1)]
    yield id3.CTOC(
        element_id="contents",
        flags=_TOP_LEVEL_AND_ORDERED,
        child_element_ids=names[:_MOST_CHAPTERS_IN_CONTENTS],
        sub_frames=[id3.TIT2(encoding=_UTF_16, text=tags.title)],
    )
    for name, chapter in zip(names, tags.chapters, strict=True):
        yield _make_chapter_frame(name, chapter)


def _make_chapter_frame(name: str, chapter: Chapter) -> "Frame":
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    return id3.CHAP(
        element_id=name,
        start_time=seconds_to_ms(chapter.start_s),
        end_time=seconds_to_ms(chapter.end_s),
        start_offset=_NOT_GIVEN,
        end_offset=_NOT_GIVEN,
        sub_frames=[id3.TIT2(encoding=_UTF_16, text=chapter.title)],
    )


def _make_lyrics_frames(tags: Tags) -> Iterator["Frame"]:
    """Make the lyrics twice, with times and without: players read only one of the two."""
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    if not tags.lines:
        return
    language = tags.language_iso_639_2
    words = "\n".join(line.text for line in tags.lines)
    yield id3.USLT(encoding=_UTF_16, lang=language, desc="", text=words)
    timed = [(text, seconds_to_ms(at_s)) for at_s, text in iterate_timed_lines(tags)]
    yield id3.SYLT(encoding=_UTF_16, lang=language, format=_MILLISECONDS, type=_LYRICS, desc="", text=timed)


def _serialize(frame: "Frame") -> bytes:
    from mutagen.id3 import ID3  # noqa: PLC0415 - loaded only where a tag is written

    tag, file = ID3(), BytesIO()
    tag.add(frame)
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[_HEADER_BYTES:]
