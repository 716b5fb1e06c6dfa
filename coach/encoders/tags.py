"""Tags: the metadata of a finished file, and its words as ``.lrc`` and ``.vtt`` lyrics."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from coach.languages.registry import LANGUAGES, find_language
from coach.text.sanitize import to_one_line
from coach.units import seconds_to_ms

_UNDETERMINED = "und"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A block of the session, as players list it."""

    title: str
    start_s: float
    end_s: float

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

    ``language`` is a two-letter code. ``chapters`` and ``lines`` are in order of time. ``fingerprint`` tells two
    otherwise equal renderings apart.
    """

    title: str
    language: str
    artist: str = ""
    album: str = ""
    comment: str = ""
    cover_png: bytes | None = None
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


def iterate_timed_lines(tags: Tags) -> Iterator[tuple[float, str]]:
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
    lines += [f"[{_format_lrc_time(at_s)}]{text.translate(_LRC_BRACKETS)}" for at_s, text in iterate_timed_lines(tags)]
    return "".join(f"{line}\n" for line in lines)


def tags_to_vtt(tags: Tags) -> str:
    """Write the lines as WebVTT, its markup escaped."""
    cues = (
        f"{format_vtt_time(line.start_s)} --> {format_vtt_time(line.end_s)}\n{line.text.translate(_VTT_MARKUP)}\n"
        for line in tags.lines
    )
    return "\n".join(["WEBVTT\n", *cues])


def _format_lrc_time(seconds: float) -> str:
    minutes, ms = divmod(seconds_to_ms(seconds), _MS_PER_MINUTE)
    return f"{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND // 10:02}"


def format_vtt_time(seconds: float) -> str:
    """Format a time as ``hh:mm:ss.mmm``."""
    hours, ms = divmod(seconds_to_ms(seconds), _MS_PER_HOUR)
    minutes, ms = divmod(ms, _MS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND:03}"
