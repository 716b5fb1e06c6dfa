"""What an event is to the ear."""

from dataclasses import replace
from pathlib import Path

from timeline_builders import WHERE

from coach.timeline.timeline import Bell, Speech
from coach.utterance import Utterance
from coach.watch.incremental_loudness import EventComparer

FILE = Path("own.wav")
EAR = EventComparer(key=lambda utterance: utterance.text.strip(), stamps={FILE: (1, 2, 3)})
SPEECH = Speech(
    start_s=1.0,
    end_s=2.0,
    text="Yes.",
    utterance=Utterance(text="Yes.", language="en"),
    block=0,
    where=WHERE,
)


def test_words_sound_the_same_wherever_they_are_written() -> None:
    moved = replace(SPEECH, where=replace(WHERE, line=9), block=2, text="{name}")
    assert EAR.identify(moved) == EAR.identify(SPEECH)


def test_words_differ_by_their_samples_and_their_times() -> None:
    others = [
        replace(SPEECH, utterance=Utterance(text="No.", language="en")),
        replace(SPEECH, start_s=1.1),
        replace(SPEECH, end_s=2.1),
    ]
    assert len({EAR.identify(event) for event in (SPEECH, *others)}) == 4


def test_a_sound_of_the_authors_differs_when_its_file_does() -> None:
    bell = Bell(start_s=0.0, end_s=3.0, name=FILE)
    later = EventComparer(key=EAR.key, stamps={FILE: (2, 2, 3)})
    assert EAR.identify(bell) == EAR.identify(replace(bell)) != later.identify(bell)
    assert EAR.identify(replace(bell, name="bowl")) == later.identify(replace(bell, name="bowl"))
