"""What a finished file says about itself, whatever its format."""

from dataclasses import dataclass

from coach.languages.registry import LANGUAGES, find_language

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")

_UNDETERMINED = "und"


def one_line(text: str) -> str:
    """Text that fits any tag: control characters and line ends become spaces, broken ones ``?``."""
    return " ".join(text.encode("utf-8", "replace").decode().translate(_CONTROLS).split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A block of the session, as players list it."""

    title: str
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", one_line(self.title))


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenLine:
    """Something said, as players show it while it is heard."""

    text: str
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """Everything a file says about itself. All texts are made `one_line`.

    ``language`` is a two-letter code. ``chapters`` and ``lines`` are in order of time. ``fingerprint`` tells two
    renderings apart that would otherwise look alike.
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
            object.__setattr__(self, name, one_line(getattr(self, name)))

    @property
    def language_iso_639_2(self) -> str:
        """The language in the three letters of ISO 639-2, as ID3 and MP4 want it; ``und`` is undetermined there."""
        return find_language(self.language).iso_639_2[0] if self.language in LANGUAGES else _UNDETERMINED
