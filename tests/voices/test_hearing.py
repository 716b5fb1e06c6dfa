"""Intelligibility: what Whisper understands."""

from collections.abc import Callable

import numpy as np
import pytest
from speech_recognition import heard, word_errors

from coach.sounds.clip import Clip
from coach.units import seconds_to_frames, spm_to_period_s
from coach.utterance import Utterance
from coach.voices.clip_normalizer import RATE_HZ
from coach.voices.engines.hibari import Hibari
from coach.voices.worker import speak_utterance

Say = Callable[..., Utterance]
SENTENCES = [
    "Settle into an easy pace, and let your shoulders drop with every breath out.",
    "Notice how your feet meet the ground, light and unhurried.",
    "In a moment the voice will go quiet. Just listen to the wind, the birds and your own footsteps.",
]


@pytest.fixture(scope="module")
def hibari() -> Hibari:
    return Hibari()


@pytest.mark.parametrize(
    "text", [SENTENCES[0], *(pytest.param(each, marks=pytest.mark.thorough) for each in SENTENCES[1:])]
)
def test_sentences_are_understood_to_the_word(hibari: Hibari, text: str, say: Say) -> None:
    assert word_errors(text, heard(speak_utterance(hibari, say(text)), "en")) == 0


@pytest.mark.parametrize(
    ("counted", "understood"),
    [
        pytest.param("one two three four five six seven eight", "1 2 3 4 5 6 7 8", marks=pytest.mark.thorough),
        ("in two three out two three", "in 2 3 out 2 3"),
    ],
)
def test_a_count_is_understood_at_running_pace(hibari: Hibari, counted: str, understood: str, say: Say) -> None:
    clips = [speak_utterance(hibari, say(word, counted=True)) for word in counted.split()]
    assert heard(on_steps(clips, spm_to_period_s(158.0)), "en") == understood


def on_steps(clips: list[Clip], period_s: float) -> Clip:
    """Clips with their vowels' onsets a step apart, from half a step on."""
    samples = np.zeros((seconds_to_frames((len(clips) + 1) * period_s, RATE_HZ), 1), np.float32)
    for step, clip in enumerate(clips):
        start = seconds_to_frames((step + 0.5) * period_s - clip.onset_s, RATE_HZ)
        samples[start : start + clip.frames] += clip.samples
    return Clip(samples=samples, rate_hz=RATE_HZ)
