"""The vowel's onset by ear against what is known otherwise."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.signal import butter, sosfiltfilt

from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices.engines.espeak import Espeak
from coach.voices.engines.hibari import Hibari
from coach.voices.speech_bounds import find_vowel_onset_s
from coach.voices.worker import speak_utterance

Say = Callable[..., Utterance]
ENGLISH = ["in", "out", "one", "two", "three", "four", "five", "six", "seven", "eight"]
DUTCH = ["in", "uit", "een", "twee", "vier", "vijf", "zes", "zeven", "acht"]
GLIDING = {"one", "three"}
RATE_HZ = 48_000


@pytest.mark.parametrize(("language", "word"), [("en", w) for w in ENGLISH] + [("nl", w) for w in DUTCH])
def test_it_agrees_with_the_phonemes_espeak_says_it_speaks(language: str, word: str, say: Say) -> None:
    """Within 15 ms, or 30 where a w or an r glides into the vowel.

    Not asked for the Dutch "drie", whose rolled r no ear can part from its vowel: there espeak's own word counts.
    """
    raw = Espeak().speak(say(word, language, counted=True))
    tolerance_s = 0.03 if word in GLIDING else 0.015
    assert find_vowel_onset_s(Clip(samples=raw.samples, rate_hz=raw.rate_hz)) == pytest.approx(
        raw.onset_s, abs=tolerance_s
    )


def voiced_from_s(clip: Clip) -> float:
    """Where the first strong, low-pitched energy begins: 12 dB under the most there is between 250 and 1000 Hz."""
    band = sosfiltfilt(butter(2, [250, 1_000], "band", fs=clip.rate_hz, output="sos"), clip.samples[:, 0])
    window = np.hanning(round(0.012 * clip.rate_hz))
    energy = np.convolve(band**2, window, mode="same")
    return float(np.argmax(energy > energy.max() * 10 ** (-12 / 10))) / clip.rate_hz


@pytest.mark.parametrize("word", [word for word in ENGLISH if word not in GLIDING])
def test_in_a_neural_voice_it_is_where_low_energy_begins(word: str, say: Say) -> None:
    """Not for "one" and "three", whose w and r are as low as the vowel."""
    clip = speak_utterance(Hibari(), say(word, counted=True))
    assert clip.onset_s == pytest.approx(voiced_from_s(clip), abs=0.015)


def hiss_then_vowel(hiss_s: float, level: float) -> Clip:
    times_s = np.arange(round(0.25 * RATE_HZ)) / RATE_HZ
    vowel = sum(np.sin(2 * np.pi * 130 * n * times_s) / n for n in range(1, 15)) * np.minimum(1.0, times_s / 0.005)
    hiss = np.diff(np.random.default_rng(0).normal(0, level, round(hiss_s * RATE_HZ) + 1))
    return Clip(samples=np.concatenate([hiss, 0.3 * vowel]).astype(np.float32)[:, None], rate_hz=RATE_HZ)


@pytest.mark.parametrize("hiss_s", [0.02, 0.08, 0.15])
@pytest.mark.parametrize("level", [0.001, 0.05, 0.2])
def test_a_hiss_before_a_vowel_is_not_taken_for_it(hiss_s: float, level: float) -> None:
    assert find_vowel_onset_s(hiss_then_vowel(hiss_s, level)) == pytest.approx(hiss_s, abs=0.012)


def test_silence_has_none() -> None:
    assert find_vowel_onset_s(Clip(samples=np.zeros((4_800, 1), np.float32), rate_hz=RATE_HZ)) == 0.0
