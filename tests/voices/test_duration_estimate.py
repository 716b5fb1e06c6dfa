"""Lengths from text alone, against the voices themselves, on cues they were not fitted to."""

from collections.abc import Callable
from statistics import mean, stdev

import pytest

from coach.utterance import SpokenDuration, Utterance
from coach.voices import registry
from coach.voices.duration_estimate import estimate_duration
from coach.voices.worker import speak_utterance

Say = Callable[..., Utterance]
UNSEEN = {
    "en": [
        "Roll your shoulders back, once or twice, and let them hang.",
        "Your breath is a little deeper now than when you started.",
        "If the path climbs, take smaller steps and keep the same calm effort.",
        "Feel how the air comes in cool, and leaves you warm.",
        "Let your eyes rest on something far away. There is no need to look down.",
        "Six steps for every breath, that is all you have to count.",
    ],
    "nl": [
        "Rol je schouders een of twee keer naar achteren, en laat ze hangen.",
        "Je adem is nu iets dieper dan toen je begon.",
        "Loopt het pad omhoog, maak dan kleinere passen en blijf even rustig.",
        "Voel hoe de lucht koel binnenkomt, en warm weer weggaat.",
        "Laat je ogen rusten op iets ver weg. Je hoeft niet naar beneden te kijken.",
        "Zes passen voor elke adem, meer hoef je niet te tellen.",
    ],
}


@pytest.mark.parametrize("language", UNSEEN)
def test_whole_sentences_are_right_within_a_tenth_and_on_the_safe_side(language: str, say: Say) -> None:
    voice = registry.load_voice(registry.find_default(language))
    cues = [say(text, language) for text in UNSEEN[language]]
    errors = [estimate_duration(cue).length_s / speak_utterance(voice, cue).length_s - 1.0 for cue in cues]
    assert -0.04 < mean(errors) < 0.10
    assert stdev(errors) < 0.10


def test_words_for_a_step_nothing_and_more_words(say: Say) -> None:
    assert estimate_duration(say("three", counted=True)) == SpokenDuration(length_s=0.3, onset_s=0.08)
    assert estimate_duration(say("🙂")) == SpokenDuration(length_s=0.05, onset_s=0.0)
    assert estimate_duration(say("and let it go", counted=True)).length_s > 0.3
    assert (
        estimate_duration(say("One. Two.")).length_s
        > estimate_duration(say("One, two.")).length_s
        > estimate_duration(say("One two.")).length_s
    )
