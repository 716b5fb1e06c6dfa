"""What a listener understands, with Whisper for the listener."""

from collections.abc import Callable

import pytest
from hearing import heard, word_errors

from coach.speech import Utterance
from coach.voices.hibari import Hibari
from coach.voices.worker import spoken

Say = Callable[..., Utterance]
SENTENCES = [
    "Settle into an easy pace, and let your shoulders drop with every breath out.",
    "Notice how your feet meet the ground, light and unhurried.",
    "Thoughts will come and go. You do not have to follow them.",
    "In a moment the voice will go quiet. Just listen to the wind, the birds and your own footsteps.",
]
DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_understood_to_the_word(text: str, say: Say) -> None:
    assert word_errors(text, heard(spoken(Hibari(), say(text)), "en")) == 0


@pytest.mark.parametrize("word", ["in", "out", *DIGITS])
def test_words_on_a_step_are_understood(word: str, say: Say) -> None:
    assert heard(spoken(Hibari(), say(word, counted=True)), "en") in {word, DIGITS.get(word)}
