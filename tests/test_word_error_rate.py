"""The word error rate by which voices are compared."""

import numpy as np
import pytest
from word_error_rate import LONGEST_TAKE_S, PAUSE_S, Sentence, compared, takes, together

from coach.sounds.clip import Clip


def sentence(text: str, length_s: float) -> Sentence:
    return Sentence(text=text, clip=Clip(samples=np.ones((round(100 * length_s), 1), np.float32), rate_hz=100))


@pytest.mark.parametrize(
    ("said", "heard", "language", "mistakes"),
    [
        ("Let your shoulders drop.", "let your shoulders drop", "en", []),
        ("From one to ten, twenty-two.", "From 1 to 10, 22.", "en", []),
        ("Breathe in for three steps", "Breathe in four steps", "en", [("for", ""), ("three", "four")]),
        ("Light feet", "Light and feet", "en", [("", "and")]),
        ("Its own pace", "It's on pace", "en", [("own", "on")]),
        ("Kun je nog meegaan?", "Kun je nog mee gaan?", "nl", []),
        ("De grond je vriend", "De grondje vriend", "nl", []),
        ("Eén stap, licht", "Een stap. Ligt", "nl", []),
        ("Stil, laat los, houd het ei hard", "Still, laat loss, hout het ij hart", "nl", []),
        ("Zachte tikken", "Zachte ticken", "nl", []),
        ("Laat los", "Laat los raak", "nl", [("", "raak")]),
        ("Tweeëntwintig stappen", "22 stoppen", "nl", [("stappen", "stoppen")]),
        ("Stil.", "", "nl", [("stil", "")]),
    ],
)
def test_a_mistake_is_a_word_that_sounds_otherwise(
    said: str, heard: str, language: str, mistakes: list[tuple[str, str]]
) -> None:
    assert list(compared(said, heard, language).mistakes) == mistakes


def test_mistakes_are_counted_in_a_hundred_words() -> None:
    parts = [compared("one two three", "one two", "en"), compared("four five six", "four five six", "en")]
    assert together(parts).wrong_percent == 16.67


def test_takes_are_as_full_as_can_be_and_cut_no_sentence() -> None:
    joined = list(takes(sentence(str(number), 9.0) for number in range(4)))
    assert [take.text for take in joined] == ["0 1", "2 3"]
    assert {take.clip.length_s for take in joined} == {18.0 + PAUSE_S}
    assert [take.text for take in takes([sentence("long", LONGEST_TAKE_S + 9.0), sentence("short", 1.0)])] == [
        "long",
        "short",
    ]
