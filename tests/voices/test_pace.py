"""The pace of voices: as calm as people who guide others, and the same for all."""

import os

import piper_test_voice
import pytest

from coach.sounds.clip import Clip
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.clip_normalizer import find_speech
from coach.voices.worker import speak_utterance

EACH = 1 if os.environ.get("COACH_TEST_ALL") else 2
SLOWEST_WPM, FASTEST_WPM = 105.0, 135.0
CASES = [
    *((line, language) for line in registry.VOICES.values() for language in registry.load_voice(line).languages),
    (piper_test_voice.SPEC, "en"),
]
CUES = {
    "en": [
        "Welcome. I'll be coming along with you today. I'll talk a little, tick a little, and often be quiet.",
        "Begin with a walk. Let your arms hang, and feel the ground under your feet.",
        "Let your breath find its own way now.",
        "Lift your shoulders as you breathe in, and let them drop as you breathe out.",
        "Soften your jaw. Let your tongue lie loose in your mouth.",
        "If you can talk without panting, this is just right. If you can't, slow down, or walk.",
        "Go back to walking, and let your breath settle. Take all the time you like.",
        "I'll be quiet now for three minutes.",
        "Notice what you hear, close by and far away.",
        "What feels lighter than before?",
    ],
    "nl": [
        "Welkom. Ik loop vandaag met je mee. Soms praat ik, soms tik ik zacht, en soms ben ik gewoon stil.",
        "Begin met wandelen. Laat je armen hangen, en voel de grond onder je voeten.",
        "Laat je adem nu zijn eigen weg gaan.",
        "Til je schouders op als je inademt, en laat ze zakken als je uitademt.",
        "Maak je kaak zacht. Laat je tong los in je mond liggen.",
        "Kun je praten zonder te hijgen, dan is het goed zo. Lukt dat niet, loop dan langzamer, of wandel.",
        "Ga weer wandelen, en laat je adem zakken. Neem er alle tijd voor.",
        "Ik ben nu drie minuten stil.",
        "Merk op wat je hoort, dichtbij en ver weg.",
        "Wat voelt lichter dan daarvoor?",
    ],
}


@pytest.mark.parametrize(
    ("line", "language"), CASES, ids=[f"{line.engine.partition(':')[2]}-{language}" for line, language in CASES]
)
def test_a_voice_speaks_at_105_to_135_words_a_minute(line: str, language: str) -> None:
    voice = registry.load_voice(line)
    cues = CUES[language][::EACH]
    words = sum(len(text.split()) for text in cues)
    speaking_s = sum(sounding_s(speak_utterance(voice, Utterance(text=text, language=language))) for text in cues)
    assert SLOWEST_WPM <= 60.0 * words / speaking_s <= FASTEST_WPM


def sounding_s(clip: Clip) -> float:
    """From the first sound to the last, with the pauses inside."""
    edges = find_speech(clip.samples, clip.rate_hz)
    assert edges is not None
    return (edges[1] - edges[0]) / clip.rate_hz
