"""Takes of a piece for a speech pack: how else it can be said, and which of them is understood best.

A pack is made once and heard often, so that a piece may be said several times until a listener makes it out. All takes
are of one voice in one style; they differ in pace, and in sounds that are all Dutch for the same letters.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.voices.engines.kokoro_model import RATE_HZ

if TYPE_CHECKING:
    from coach.sounds.clip import Samples

Listen = Callable[["Samples", str], int]
"""Counts the words that are misheard: of mono samples at the voice's rate, and the words that they say."""
SPEEDS = (0.94, 1.06)
# What is replaced in a piece, and by what.
SOUNDS = (
    ("ʌ(?!y)", "a"),
    (r"\b(ˈ?)f", r"\1v"),
    (r"ən\b", "ə"),
    ("ʌy", "œy"),
)


class Take(NamedTuple):
    """How a piece is said: in which sounds, and by what factor faster than the voice's own pace."""

    sounds: str
    speed: float = 1.0


class Choice(NamedTuple):
    """The take that is kept: its place among those that were tried, how it sounds, and how many words are misheard."""

    nth: int
    opus: bytes
    misheard: int


def list_takes(sounds: str) -> Iterator[Take]:
    """List the takes of a piece, the voice's own first; each once."""
    yield Take(sounds)
    yield from (Take(sounds, speed) for speed in SPEEDS)
    yield from (Take(said) for pattern, sound in SOUNDS if (said := re.sub(pattern, sound, sounds)) != sounds)


def choose_take(
    takes: Iterable[Take], speak: Callable[[Take], bytes], count_misheard: Callable[[bytes], int]
) -> Choice:
    """Choose the take of which the fewest words are misheard, of equals the first; none is tried after one without.

    Args:
        takes: At least one.
        speak: Says a take.
        count_misheard: Counts the words that are misheard in what was said.
    """
    tried: list[Choice] = []
    for nth, take in enumerate(takes):
        opus = speak(take)
        tried.append(Choice(nth, opus, count_misheard(opus)))
        if not tried[-1].misheard:
            break
    return min(tried, key=lambda choice: choice.misheard)


def find_listener(language: str) -> Listen | None:
    """Find Whisper's base model, with which the tests listen to the voices; none where it is not installed."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import speech_recognition  # noqa: PLC0415 - it is there only with what the tests need
    import word_error_rate  # noqa: PLC0415 - the same

    from coach.sounds.clip import Clip  # noqa: PLC0415 - numpy, which a plan without it need not load

    if not all(map(find_spec, ("faster_whisper", *speech_recognition.PARTS))):
        return None

    def listen(samples: "Samples", words: str) -> int:
        heard = speech_recognition.heard_with_care(Clip(samples=samples[:, None], rate_hz=RATE_HZ), language)
        return len(word_error_rate.compared(words, heard, language).mistakes)

    return listen
