"""Words counted on steps at 180 a minute: short enough, not squeaked, and still the words that they are."""

import math

import numpy as np
import piper_test_voice
import pytest
import soxr
from numpy.typing import NDArray
from speech_recognition import heard

from coach.sounds.clip import Clip
from coach.units import seconds_to_frames, spm_to_period_s
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.clip_normalizer import COUNTED_S, _measure_band_powers
from coach.voices.voice import VoiceSpec
from coach.voices.worker import speak_utterance

RATE_HZ = 16_000
STEP_S = spm_to_period_s(180.0)
COUNTS = {
    "en": ["one", "two", "three", "four", "five", "six", "seven", "eight", "in", "out"],
    "nl": ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "in", "uit"],
}
SENTENCES = {
    "en": "Begin with a walk. Let your arms hang, and feel the ground under your feet.",
    "nl": "Begin met wandelen. Laat je armen hangen, en voel de grond onder je voeten.",
}
VOICES = {
    "hibari-en": (registry.VOICES["hibari"], "en"),
    "joe-en": (piper_test_voice.SPEC, "en"),
    "espeak-en": (registry.VOICES["espeak"], "en"),
    "espeak-nl": (registry.VOICES["espeak"], "nl"),
    "kokoro-nl": (VoiceSpec.parse("coach.voices.engines.kokoro:Kokoro:vrouw"), "nl"),
    "kokoro-en": (VoiceSpec.parse("coach.voices.engines.kokoro:Kokoro:af_heart"), "en"),
}
IN_ENGLISH = pytest.param("kokoro-en", marks=pytest.mark.thorough)  # half a minute, by the engine that speaks Dutch
DIGITS = dict(zip(COUNTS["en"], "12345678", strict=False))
Words = dict[str, Clip]
Features = NDArray[np.float64]


@pytest.fixture(scope="module", params=[IN_ENGLISH if name == "kokoro-en" else name for name in VOICES])
def who(request: pytest.FixtureRequest) -> str:
    if request.param.startswith("kokoro"):
        request.getfixturevalue("kokoro_model")
    return str(request.param)


@pytest.fixture(scope="module")
def counted(who: str) -> Words:
    return {word: said(who, word, counted=True) for word in COUNTS[VOICES[who][1]]}


def said(who: str, text: str, *, counted: bool = False) -> Clip:
    line, language = VOICES[who]
    return speak_utterance(registry.load_voice(line), Utterance(text=text, language=language, counted=counted))


def test_each_ends_before_the_next_step(counted: Words) -> None:
    assert {word: clip.length_s for word, clip in counted.items() if clip.length_s > COUNTED_S} == {}
    assert COUNTED_S < STEP_S


def test_the_voice_is_hardly_higher_than_in_a_sentence(who: str, counted: Words) -> None:
    normal_hz = np.median(pitches_hz(said(who, SENTENCES[VOICES[who][1]])))
    counting_hz = np.median(np.concatenate([pitches_hz(clip) for clip in counted.values()]))
    assert 0.85 < counting_hz / normal_hz < 1.15


@pytest.mark.parametrize("who", [each for each in VOICES if each != "kokoro-en"], indirect=True, scope="module")
def test_each_is_more_like_itself_said_at_leisure_than_like_any_other_word(who: str, counted: Words) -> None:
    at_leisure = {word: features(said(who, f"{word.capitalize()}.")) for word in counted}
    nearest = {
        word: min(at_leisure, key=lambda other: unlikeness(features(clip), at_leisure[other]))
        for word, clip in counted.items()
    }
    assert nearest == {word: word for word in counted}


@pytest.mark.parametrize("who", ["hibari-en", "joe-en", "espeak-en", IN_ENGLISH], indirect=True, scope="module")
def test_a_row_of_them_is_understood(counted: Words) -> None:
    """In Dutch Whisper hears the built-in voice too badly to tell. It writes digits, at times words."""
    row = [clip for word, clip in counted.items() if word not in {"in", "out"}]
    understood = heard(on_steps(row), "en")
    assert "".join(DIGITS.get(word, word) for word in understood.split()) == "12345678"


def on_steps(clips: list[Clip]) -> Clip:
    """Clips with their vowels' onsets a step apart."""
    rate_hz = clips[0].rate_hz
    samples = np.zeros((seconds_to_frames((len(clips) + 1) * STEP_S, rate_hz), 1), np.float32)
    for step, clip in enumerate(clips):
        start = seconds_to_frames((step + 0.6) * STEP_S - clip.onset_s, rate_hz)
        samples[start : start + clip.frames] += clip.samples
    return Clip(samples=samples, rate_hz=rate_hz)


def pitches_hz(clip: Clip) -> NDArray[np.float64]:
    """The pitch at each moment that has one, every 5 ms: the peak of the autocorrelation, windowing made up for."""
    mono = soxr.resample(clip.samples[:, 0], clip.rate_hz, RATE_HZ).astype(np.float64)
    frame = round(0.04 * RATE_HZ)
    windows = np.lib.stride_tricks.sliding_window_view(mono, frame)[::80]
    energy = (windows**2).mean(axis=1)
    strong = windows[energy > 0.03 * energy.max()]
    alike, fading = (autocorrelation(each * np.hanning(frame)) for each in (strong, np.ones((1, frame))))
    shortest, longest = RATE_HZ // 400, RATE_HZ // 60
    likeness = (alike / alike[:, :1] / (fading / fading[:, :1]))[:, shortest:longest]
    return RATE_HZ / (shortest + likeness.argmax(axis=1)[likeness.max(axis=1) > 0.6])


def autocorrelation(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    size = windows.shape[1]
    return np.fft.irfft(np.abs(np.fft.rfft(windows, 2 * size, axis=1)) ** 2, axis=1)[:, :size]


def features(clip: Clip) -> Features:
    """The level in each band of the speech range, in dB, every 5 ms."""
    powers = _measure_band_powers(soxr.resample(clip.samples[:, 0], clip.rate_hz, RATE_HZ))
    powers = powers[: len(powers) // 2 * 2].reshape(-1, 2, powers.shape[1]).mean(axis=1)
    return 10.0 * np.log10(np.maximum(powers, powers.max() * 1e-5))


def unlikeness(one: Features, other: Features) -> float:
    """How far apart two words are at best, when each may be stretched: dynamic time warping."""
    apart = np.sqrt(((one[:, None] - other[None]) ** 2).mean(axis=2))
    total = [0.0] + [math.inf] * len(other)
    for costs in apart.tolist():
        before, total = total, [math.inf]
        for column, cost in enumerate(costs):
            total.append(cost + min(before[column], before[column + 1], total[-1]))
    return total[-1] / (len(one) + len(other))
