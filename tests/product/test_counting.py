"""Counted words in a finished MP3: the vowel begins on the step."""

from pathlib import Path
from textwrap import dedent
from typing import Any

import coach_process
import media_probe
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

Samples = NDArray[np.floating[Any]]
RATE_HZ = 16_000
# Not "one", which glides into its vowel, nor the Dutch "drie", whose rolled r no ear can part from it.
COUNTS = {
    "en": ["in", "two", "three", "four", "five", "six", "seven", "eight", "out"],
    "nl": ["in", "een", "twee", "vier", "vijf", "zes", "zeven", "acht", "uit"],
}
STEP_S = 60.0 / 158
SESSION = """
    coach: 1
    language: {language}
    title: Counting
    cadence: 158
    blocks:
      - free: {{lasts: 30s, ticks: off, breath-sound: off, bell: none, say: {{at: 5s, text: "{text}"}}}}
"""


@pytest.mark.parametrize("language", COUNTS)
def test_the_vowel_of_a_counted_word_begins_within_30_ms_of_its_step(tmp_path: Path, language: str) -> None:
    words = COUNTS[language]
    session = tmp_path / "counting.yaml"
    text = " ".join(f"[step] {word}" for word in words)
    session.write_text(dedent(SESSION).format(language=language, text=text), encoding="utf-8")
    heard = media_probe.decoded(coach_process.rendered(session, session.with_suffix(".mp3")), rate_hz=RATE_HZ)
    spoken = [event for event in coach_process.plan(session)["events"] if event["kind"] == "speech"]
    assert [event["text"] for event in spoken] == words
    late_s = {
        event["text"]: from_nearest_step_s(event["start_s"] + voiced_from_s(cut(heard, event))) for event in spoken
    }
    assert {word: late for word, late in late_s.items() if abs(late) > 0.03} == {}


def from_nearest_step_s(time_s: float) -> float:
    return time_s - STEP_S * round(time_s / STEP_S)


def cut(heard: Samples, event: dict[str, Any]) -> Samples:
    return heard[round(event["start_s"] * RATE_HZ) : round(event["end_s"] * RATE_HZ)]


def voiced_from_s(word: Samples) -> float:
    """Where the first strong, low-pitched energy begins: 12 dB under the most there is between 250 and 1000 Hz."""
    band = sosfiltfilt(butter(2, [250, 1_000], "band", fs=RATE_HZ, output="sos"), word)
    energy = np.convolve(band**2, np.hanning(round(0.012 * RATE_HZ)), mode="same")
    return float(np.argmax(energy > energy.max() * 10 ** (-12 / 10))) / RATE_HZ
