"""The few words that stand in a picture besides the session's own."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Captions in one language."""

    steps_per_minute: str
    voice: str
    ticks: str
    breath: str
    bell: str
    bed: str


ENGLISH = Words(
    steps_per_minute="steps per minute", voice="voice", ticks="ticks", breath="breath", bell="bell", bed="background"
)

WORDS: Mapping[str, Words] = {
    "en": ENGLISH,
    "nl": Words(
        steps_per_minute="stappen per minuut",
        voice="stem",
        ticks="tikken",
        breath="adem",
        bell="bel",
        bed="achtergrond",
    ),
}


def words_in(language: str) -> Words:
    """The captions in a language; in English where nobody has written them yet."""
    return WORDS.get(language, ENGLISH)
