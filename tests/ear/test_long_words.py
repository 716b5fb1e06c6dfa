"""What a slow voice takes too long for to be among the tests of every day; tests/voices has 400 of these letters."""

import piper_test_voice
import pytest

from coach.utterance import Utterance
from coach.voices import registry


@pytest.mark.thorough
def test_piper_survives_5_000_letters_without_a_space() -> None:
    clip = registry.load_voice(piper_test_voice.SPEC).speak(Utterance(text="hallo" * 1_000, language="en"))
    assert clip.length_s > 100.0
