"""Tags: the metadata of a finished file, its words as ``.lrc``, ``.vtt`` and ``.srt``, and the ID3 tag of an MP3."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from coach.languages import LANGUAGES, find_language
from coach.storage.file_input import open_regular
from coach.text.sanitize import to_one_line
from coach.units import seconds_to_ms

_UNDETERMINED = "und"
PROGRAM = "Coach"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A block of the session, as players list it, perhaps with a picture."""

    title: str
    start_s: float
    end_s: float
    picture_jpeg: bytes = b""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", to_one_line(self.title))


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenLine:
    """Something said, as players show it while it is heard."""

    text: str
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", to_one_line(self.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """The metadata of a file. All texts are made `to_one_line`.

    ``language`` is a two-letter code, ``track`` the number in the album. ``chapters`` and ``lines`` are in order of
    time. ``fingerprint`` tells two otherwise equal renderings apart.
    """

    title: str
    language: str
    artist: str = ""
    album: str = ""
    track: int | None = None
    year: int | None = None
    comment: str = ""
    cover_jpeg: bytes | None = None
    chapters: tuple[Chapter, ...] = ()
    lines: tuple[SpokenLine, ...] = ()
    fingerprint: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "artist", "album", "comment", "fingerprint"):
            object.__setattr__(self, name, to_one_line(getattr(self, name)))

    @property
    def language_iso_639_2(self) -> str:
        """The language in the three letters of ISO 639-2, as ID3 and MP4 want it; ``und`` is undetermined there."""
        return find_language(self.language).iso_639_2[0] if self.language in LANGUAGES else _UNDETERMINED


_MS_PER_SECOND = 1000
_MS_PER_MINUTE = 60 * _MS_PER_SECOND
_MS_PER_HOUR = 60 * _MS_PER_MINUTE
_LINGER_S = 4.0
_LRC_BRACKETS = str.maketrans("[]", "()")
_VTT_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def iter_timed_lines(tags: Tags) -> Iterator[tuple[float, str]]:
    """Iterate over the lines with the second at which each is first shown.

    Formats without ends show a line until the next: an empty one clears words some seconds after they were said.
    """
    for number, line in enumerate(tags.lines, start=1):
        next_start_s = tags.lines[number].start_s if number < len(tags.lines) else math.inf
        yield line.start_s, line.text
        if next_start_s - line.end_s > _LINGER_S:
            yield line.end_s, ""


def tags_to_lrc(tags: Tags) -> str:
    """Write the lines as an ``.lrc`` file. Its square brackets are markup, so those in a text become round."""
    head = (("ti", tags.title), ("ar", tags.artist), ("al", tags.album), ("la", tags.language))
    lines = [f"[{key}:{text.translate(_LRC_BRACKETS)}]" for key, text in head if text]
    lines += [f"[{_format_lrc_time(at_s)}]{text.translate(_LRC_BRACKETS)}" for at_s, text in iter_timed_lines(tags)]
    return "".join(f"{line}\n" for line in lines)


def tags_to_vtt(tags: Tags) -> str:
    """Write the lines as WebVTT, its markup escaped."""
    cues = (
        f"{format_vtt_time(line.start_s)} --> {format_vtt_time(line.end_s)}\n{line.text.translate(_VTT_MARKUP)}\n"
        for line in tags.lines
    )
    return "\n".join(["WEBVTT\n", *cues])


def tags_to_srt(tags: Tags) -> str:
    """Write the lines as SubRip, which knows no markup that players agree on."""
    cues = (
        f"{number}\n{_format_srt_time(line.start_s)} --> {_format_srt_time(line.end_s)}\n{line.text}\n"
        for number, line in enumerate(tags.lines, start=1)
    )
    return "\n".join(cues)


def _format_srt_time(seconds: float) -> str:
    return format_vtt_time(seconds).replace(".", ",")


def _format_lrc_time(seconds: float) -> str:
    minutes, ms = divmod(seconds_to_ms(seconds), _MS_PER_MINUTE)
    return f"{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND // 10:02}"


def format_vtt_time(seconds: float) -> str:
    """Format a time as ``hh:mm:ss.mmm``."""
    hours, ms = divmod(seconds_to_ms(seconds), _MS_PER_HOUR)
    minutes, ms = divmod(ms, _MS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND:03}"


if TYPE_CHECKING:
    from mutagen.id3 import Frame


def has_our_tags(file: Path) -> bool:
    """Return whether a sound file has the fingerprint that we write, or, in MP4, which cannot hold it, our name.

    That is the name of the program; before it was written, the artist was always ours.
    """
    import mutagen  # noqa: PLC0415 - loaded only where a file is to be replaced

    try:
        found = mutagen.File(file)
    except (mutagen.MutagenError, OSError):
        return False
    tags = getattr(found, "tags", None) or {}
    named = (tags.get(name) == [PROGRAM] for name in ("\xa9too", "\xa9ART"))
    return any(tags.get(name) for name in ("TXXX:Fingerprint", "fingerprint")) or any(named)


def read_place_in_album(file: Path) -> tuple[str, int] | None:
    """Read the album and the number in it of an MP3 of ours; None of any other file, or without a number."""
    import mutagen  # noqa: PLC0415 - loaded only where a file is to be numbered

    try:
        with open_regular(file) as opened:
            if "Fingerprint".encode("utf-16-le") not in opened.read(_BEGINNING_BYTES):
                return None
        tags = mutagen.File(file).tags
        return str(tags["TALB"]), int(str(tags["TRCK"]))
    except (mutagen.MutagenError, OSError, LookupError, ValueError, AttributeError, TypeError):
        return None


_BEGINNING_BYTES = 4096
_HEADER_BYTES = 10
_SPARE_BYTES = 1024  # lets an editor change a title without moving the audio
_MOST_CHAPTERS_IN_CONTENTS = 255
_LATIN_1 = 0
_UTF_16 = 1
_NOT_GIVEN = 0xFFFFFFFF
_TOP_LEVEL_AND_ORDERED = 0b11
_OTHER_PICTURE = 0
_FRONT_COVER = 3
_PICTURE_TYPE = "image/jpeg"
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
    if tags.track is not None:
        yield id3.TRCK(encoding=_UTF_16, text=str(tags.track))
    if tags.year is not None:
        yield id3.TYER(encoding=_UTF_16, text=str(tags.year))
    yield id3.TCON(encoding=_UTF_16, text="Speech")
    yield id3.TLAN(encoding=_UTF_16, text=language)
    yield id3.COMM(encoding=_UTF_16, lang=language, desc="", text=tags.comment)
    yield id3.TXXX(encoding=_UTF_16, desc="Fingerprint", text=tags.fingerprint)
    yield from _make_chapter_frames(tags)
    yield from _make_lyrics_frames(tags)
    if tags.cover_jpeg is not None:
        yield _make_picture_frame("Cover", _FRONT_COVER, tags.cover_jpeg)


def _make_picture_frame(name: str, kind: int, jpeg: bytes) -> "Frame":
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    return id3.APIC(encoding=_LATIN_1, mime=_PICTURE_TYPE, type=kind, desc=name, data=jpeg)


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

    named = id3.TIT2(encoding=_UTF_16, text=chapter.title)
    shown = [_make_picture_frame("", _OTHER_PICTURE, chapter.picture_jpeg)] if chapter.picture_jpeg else []
    return id3.CHAP(
        element_id=name,
        start_time=seconds_to_ms(chapter.start_s),
        end_time=seconds_to_ms(chapter.end_s),
        start_offset=_NOT_GIVEN,
        end_offset=_NOT_GIVEN,
        sub_frames=[named, *shown],
    )


def _make_lyrics_frames(tags: Tags) -> Iterator["Frame"]:
    """Make the lyrics twice, with times and without: players read only one of the two."""
    from mutagen import id3  # noqa: PLC0415 - loaded only where a tag is written

    if not tags.lines:
        return
    language = tags.language_iso_639_2
    words = "\n".join(line.text for line in tags.lines)
    yield id3.USLT(encoding=_UTF_16, lang=language, desc="", text=words)
    timed = [(text, seconds_to_ms(at_s)) for at_s, text in iter_timed_lines(tags)]
    yield id3.SYLT(encoding=_UTF_16, lang=language, format=_MILLISECONDS, type=_LYRICS, desc="", text=timed)


def _serialize(frame: "Frame") -> bytes:
    from mutagen.id3 import ID3  # noqa: PLC0415 - loaded only where a tag is written

    tag, file = ID3(), BytesIO()
    tag.add(frame)
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[_HEADER_BYTES:]
