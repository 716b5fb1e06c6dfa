"""Incremental loudness: keys of events, and equal results."""

from dataclasses import replace
from pathlib import Path

import humming_soundbank
import session_texts
from humming_soundbank import BANK, RATE_HZ
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timeline_builders import LOCATION

from coach.audio import mastering
from coach.timeline.timeline import Bell, Speech, Timeline
from coach.utterance import Utterance
from coach.watch.incremental_loudness import EventComparer, IncrementalLoudness

FILE = Path("own.wav")
EAR = EventComparer(key=lambda utterance: utterance.text.strip(), stamps={FILE: (1, 2, 3)})
SPEECH = Speech(
    start_s=1.0,
    end_s=2.0,
    text="Yes.",
    utterance=Utterance(text="Yes.", language="en"),
    block=0,
    location=LOCATION,
)


def test_words_sound_the_same_wherever_they_are_written() -> None:
    moved = replace(SPEECH, location=replace(LOCATION, line=9), block=2, text="{name}")
    assert EAR.identify(moved) == EAR.identify(SPEECH)


def test_words_differ_by_their_samples_and_their_times() -> None:
    others = [
        replace(SPEECH, utterance=Utterance(text="No.", language="en")),
        replace(SPEECH, start_s=1.1),
        replace(SPEECH, end_s=2.1),
    ]
    assert len({EAR.identify(event) for event in (SPEECH, *others)}) == 4


def test_an_authors_sound_differs_when_its_file_does() -> None:
    bell = Bell(start_s=0.0, end_s=3.0, name=FILE)
    later = EventComparer(key=EAR.key, stamps={FILE: (2, 2, 3)})
    assert EAR.identify(bell) == EAR.identify(replace(bell)) != later.identify(bell)
    assert EAR.identify(replace(bell, name="bowl")) == later.identify(replace(bell, name="bowl"))


# Quiet stretches after which the floor is woken, a bed that fades, bells that ring on, words that duck and are near.
RUN = """\
coach: 1
title: Proef
language: nl
length: 2m
sounds: {{bed: wind}}
blocks:
  - free: {{lasts: 40s, ticks: on, bell: both, say: [{{at: 9s, text: een twee}}]}}
  - silence: {{lasts: 50s, say: [{{at: {at_s}s, text: "{words}"}}]}}
  - free: {{lasts: 30s, ticks: on, breath-sound: on, sounds: {{bed: rain}}, say: [{{every: 12s, text: drie vier}}]}}
"""


def key(utterance: Utterance) -> str:
    return utterance.text


BY_TEXT = EventComparer(key=key, stamps={})


def timeline(folder: Path, at_s: float = 20, words: str = "zes zeven") -> Timeline:
    return session_texts.timeline(folder, RUN.format(at_s=f"{at_s:g}", words=words))


def measured(level: IncrementalLoudness, plan: Timeline) -> float:
    level.start(plan, BANK, BY_TEXT)
    while level.missing:
        level.measure(most=5)
    return level.compute_gain_db()


def test_it_is_measured_in_stretches_of_ten_seconds(tmp_path: Path) -> None:
    level = IncrementalLoudness(RATE_HZ)
    level.start(timeline(tmp_path), BANK, BY_TEXT)
    missing = [level.missing]
    for _ in range(5):
        level.measure(most=4)
        missing.append(level.missing)
    assert missing == [13, 9, 5, 1, 0, 0]


def test_a_changed_line_measures_only_what_is_near_it(tmp_path: Path) -> None:
    level = IncrementalLoudness(RATE_HZ)
    measured(level, timeline(tmp_path))
    level.start(timeline(tmp_path, words="acht negen tien"), BANK, BY_TEXT)
    assert level.missing == 3


def test_a_line_that_moves_in_the_file_measures_nothing(tmp_path: Path) -> None:
    level = IncrementalLoudness(RATE_HZ)
    measured(level, timeline(tmp_path))
    level.start(session_texts.timeline(tmp_path, "# mine\n" + RUN.format(at_s=20, words="zes zeven")), BANK, BY_TEXT)
    assert level.missing == 0


def test_pending_words_are_measured_once_spoken(tmp_path: Path) -> None:
    level = IncrementalLoudness(RATE_HZ)
    plan = timeline(tmp_path)
    level.start(
        plan, BANK, EventComparer(key=lambda words: None if words.text == "zes zeven" else words.text, stamps={})
    )
    level.measure(most=100)
    level.start(plan, BANK, BY_TEXT)
    assert level.missing == 3


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0.0, 46.0), st.sampled_from(["zes", "zes zeven acht"])), min_size=2, max_size=3))
def test_after_any_change_it_equals_the_loudness_of_the_whole(tmp_path: Path, changes: list[tuple[float, str]]) -> None:
    level = IncrementalLoudness(RATE_HZ)
    for at_s, words in changes:
        plan = timeline(tmp_path, round(at_s, 1), words)
        assert measured(level, plan) == mastering.measure_gain_db(plan, BANK, RATE_HZ)


def test_without_words_there_is_nothing_to_measure(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: P\nlanguage: nl\nblocks: [free: {lasts: 9s, ticks: on}]\n"
    )
    level = IncrementalLoudness(RATE_HZ)
    level.start(plan, humming_soundbank.BANK, BY_TEXT)
    assert (level.missing, level.compute_gain_db()) == (0, 0.0)
