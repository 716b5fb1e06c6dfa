"""The few words that stand in a picture besides the session's own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartWords:
    """Captions in one language."""

    steps_per_minute: str
    voice: str
    ticks: str
    breath: str
    bell: str
    bed: str


ENGLISH = ChartWords(
    steps_per_minute="steps per minute", voice="voice", ticks="ticks", breath="breath", bell="bell", bed="background"
)

WORDS: Mapping[str, ChartWords] = {
    "en": ENGLISH,
    "nl": ChartWords(
        steps_per_minute="stappen per minuut",
        voice="stem",
        ticks="tikken",
        breath="adem",
        bell="bel",
        bed="achtergrond",
    ),
}


def chart_words_in(language: str) -> ChartWords:
    """The captions in a language; in English where nobody has written them yet."""
    return WORDS.get(language, ENGLISH)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageWords:
    """What a page says besides the session's own words; ``{}`` is filled in by the page."""

    play: str
    pause: str
    place: str
    picture: str
    words: str
    quiet: str
    keys: str
    mend: str
    consider: str
    before: str
    lost: str
    mute: str


PAGE_ENGLISH = PageWords(
    play="Play",
    pause="Pause",
    place="Place in the session",
    picture="The session at a glance",
    words="What you hear",
    quiet="{} without words",
    keys="Space plays and pauses, the arrow keys go five seconds back and on. "
    "Click in the picture or on a sentence to listen there.",
    mend="Something to mend",
    consider="Something to consider",
    before="You see and hear the session as it was before.",
    lost="The coach cannot be reached. This page carries on by itself as soon as it can.",
    mute="This browser cannot play the sound.",
)

PAGE_WORDS: Mapping[str, PageWords] = {
    "en": PAGE_ENGLISH,
    "nl": PageWords(
        play="Afspelen",
        pause="Pauze",
        place="Plek in de sessie",
        picture="De sessie in beeld",
        words="Wat je hoort",
        quiet="{} zonder woorden",
        keys="Met de spatiebalk speel je af en pauzeer je, met de pijltjes ga je vijf seconden terug of verder. "
        "Klik in het beeld of op een zin om daar te luisteren.",
        mend="Hier klopt nog iets niet",
        consider="Om over na te denken",
        before="Je ziet en hoort de sessie zoals die hiervoor was.",
        lost="De coach is even niet bereikbaar. Zodra het weer kan, gaat deze pagina vanzelf verder.",
        mute="Deze browser kan het geluid niet afspelen.",
    ),
}


def page_words() -> dict[str, dict[str, str]]:
    """The words in all languages, as plain data; a page in another language takes the English ones."""
    return {language: asdict(words) for language, words in PAGE_WORDS.items()}
