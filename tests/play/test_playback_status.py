"""Lookups in a plan by time, and the status made of them."""

from pathlib import Path

import pytest
from session_texts import planned

from coach.play.playback_status import SPEECH_SHOWN_S, BreathNow, PlanLookup

RUN = """
coach: 1
language: en
title: A run
cadence: 150
breath: 3 in / 2 out
sounds: {bed: none, breath: none}
blocks:
  - easy: {lasts: 20s, ticks: on, bell: none, say: [{at: 5s, text: One two three four.}, {at: 9s, text: Five.}]}
  - silence: {lasts: 10s, breath: none, bell: none, say: none}
"""


@pytest.fixture
def view(tmp_path: Path) -> PlanLookup:
    return PlanLookup(planned(tmp_path, RUN))


def test_the_block_and_its_cadence(view: PlanLookup) -> None:
    assert [view.find_block(time_s) for time_s in (0.0, 19.9, 20.0, 30.0, 99.0)] == [0, 0, 1, 1, 1]
    assert view.find_cadence_spm(10.0) == 150.0


def test_speech_is_found_while_it_is_said_and_shortly_after(view: PlanLookup) -> None:
    at_s = (4.9, 5.0, 6.9, 7.0 + SPEECH_SHOWN_S - 0.01, 7.0 + SPEECH_SHOWN_S + 0.01, 9.1)
    texts = [None if speech is None else speech.text for speech in map(view.find_speech, at_s)]
    assert texts == [None, *["One two three four."] * 3, None, "Five."]


def test_breath_is_found_while_its_sound_is_heard(view: PlanLookup) -> None:
    assert view.find_breath(0.0) == BreathNow(phase="in", done=0.0)
    assert view.find_breath(0.6) == BreathNow(phase="in", done=pytest.approx(0.5))  # type: ignore[arg-type] # approximate
    assert view.find_breath(1.6) == BreathNow(phase="out", done=pytest.approx(0.5))  # type: ignore[arg-type] # approximate
    assert view.find_breath(2.0) == BreathNow(phase="in", done=pytest.approx(0.0))  # type: ignore[arg-type] # approximate
    assert view.find_breath(25.0) is None


def test_a_cycle_begins_with_an_in_breath_and_stays_in_its_block(view: PlanLookup) -> None:
    assert [view.find_cycle_start_s(time_s) for time_s in (0.3, 3.9, 4.0)] == pytest.approx([0.0, 2.0, 4.0])
    assert 20.0 <= view.find_cycle_start_s(20.1) <= 20.1


def test_re_entry_comes_before_a_word_it_would_hide(view: PlanLookup) -> None:
    assert view.find_re_entry_s(6.0, 1.2) == pytest.approx(2.0)  # the words from 5 s on were cut off
    assert view.find_re_entry_s(8.5, 1.2) == pytest.approx(6.0)  # 9 s would come too soon
    assert view.find_re_entry_s(12.3, 1.2) == pytest.approx(12.0)
    assert view.find_re_entry_s(0.1, 1.2) == 0.0
