import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pytest
import session_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Location
from coach.session.session import EVENLY, After, AtShare, Breath, Cue, CuePlace, Every, FromEnd, FromStart, Text
from coach.timeline.cue_scheduling import (
    GAP_S,
    QUIET_BEFORE_END_S,
    CuePlacements,
    SpeakingBlock,
    SpeechContext,
    place_cues,
    pronounce,
)
from coach.timeline.step_grid import GridSegment, StepGrid
from coach.utterance import SpokenDuration

Form = Literal["NFC", "NFD"]

HERE = Location(file="run.yaml", line=1, column=1, end_column=2)
ENGLISH = SpeechContext(language="en", values={"name": "Anna"}, say_as={}, measure=session_texts.half_a_second_a_word)

SLOW_COUNTER = SpeechContext(
    language="en", values={}, say_as={}, measure=lambda _: SpokenDuration(length_s=0.4, onset_s=0.06)
)


def block(lasts_s: float = 60.0, spm: float = 120.0, free_s: float = 0.0) -> SpeakingBlock:
    segment = GridSegment(
        start_s=0.0,
        end_s=lasts_s,
        start_spm=spm,
        end_spm=spm,
        breath=Breath(inhale=3, exhale=3),
        steps=0.0,
        anchor=0,
    )
    return SpeakingBlock(
        start_s=0.0, end_s=lasts_s, cue_end_s=lasts_s, grid=StepGrid(((segment,),)), index=0, free_s=free_s
    )


def cue(words: str, place: CuePlace = EVENLY) -> Cue:
    return Cue(text=Text(words={"en": words}, location=HERE), location=HERE, place=place)


def times(placements: CuePlacements) -> list[tuple[float, float, str]]:
    return [(round(line.start_s, 3), round(line.end_s, 3), line.caption) for line in placements.words]


def test_cues_without_a_place_share_the_block_evenly() -> None:
    cues = [cue("one"), cue("two"), cue("three")]
    assert times(place_cues(cues, ENGLISH, block())) == [
        (0.0, 0.5, "one"),
        (20.0, 20.5, "two"),
        (40.0, 40.5, "three"),
    ]


def test_each_place_means_what_it_says() -> None:
    cues = [
        cue("from the start", FromStart(seconds=30.0)),
        cue("soon after", After(seconds=2.0)),
        cue("near the end", FromEnd(seconds=20.0)),
        cue("a third", AtShare(share=0.1)),
    ]
    assert times(place_cues(cues, ENGLISH, block())) == [
        (6.0, 7.0, "a third"),
        (30.0, 31.5, "from the start"),
        (33.5, 34.5, "soon after"),
        (40.0, 41.5, "near the end"),
    ]


def test_a_cue_that_would_overlap_waits_until_the_gap_has_passed() -> None:
    cues = [cue("four words in all", FromStart(seconds=10.0)), cue("late", FromStart(seconds=11.0))]
    assert times(place_cues(cues, ENGLISH, block())) == [
        (10.0, 12.0, "four words in all"),
        (12.8, 13.3, "late"),
    ]


def test_the_voice_is_not_free_before_the_last_block_has_finished_speaking() -> None:
    assert times(place_cues([cue("hello")], ENGLISH, block(free_s=3.0))) == [(3.0, 3.5, "hello")]


def test_a_repeated_cue_comes_each_period_and_never_in_the_last_quarter_minute() -> None:
    starts = [start for start, _, _ in times(place_cues([cue("breathe", Every(period_s=12.0))], ENGLISH, block()))]
    assert starts == [12.0, 24.0, 36.0]


def test_a_cue_that_does_not_end_inside_its_block_is_late() -> None:
    placements = place_cues([cue("these are five words long", FromEnd(seconds=2.0))], ENGLISH, block())
    assert placements.words == ()
    assert [(late.start_s, late.end_s) for late in placements.late] == [(58.0, 60.5)]


def test_with_a_slow_voice_a_cue_at_the_end_begins_a_little_sooner() -> None:
    slow = replace(ENGLISH, expect=ENGLISH.measure)
    (line,) = place_cues([cue("these are five words long", FromEnd(seconds=2.0))], slow, block()).words
    assert (line.start_s, line.end_s) == (57.5, 60.0)


def test_cues_without_a_place_begin_sooner_where_the_last_would_end_late() -> None:
    cues = [cue("one"), cue("two"), cue("three [13s] four")]
    assert times(place_cues(cues, ENGLISH, block(30.0))) == [
        (0.0, 0.5, "one"),
        (7.5, 8.0, "two"),
        (15.0, 15.5, "three"),
        (28.5, 29.0, "four"),
    ]


def test_a_repetition_that_would_end_late_is_left_out() -> None:
    cues = [cue("again [20s] and again", Every(period_s=30.0))]
    assert [line.start_s for line in place_cues(cues, ENGLISH, block(75.0)).words] == [30.0, 50.5]


def test_pauses_are_exact_and_each_part_is_a_line_of_its_own() -> None:
    assert times(place_cues([cue("let [2s] go")], ENGLISH, block())) == [
        (0.0, 0.5, "let"),
        (2.5, 3.0, "go"),
    ]


def test_words_wait_for_the_breath_they_name() -> None:
    # At 120 steps a minute, 3 in and 3 out: in-breaths at 0, 3, 6 s; out-breaths at 1.5, 4.5 s.
    assert times(place_cues([cue("[in] lift [out] drop", FromStart(seconds=0.2))], ENGLISH, block())) == [
        (3.0, 3.5, "lift"),
        (4.5, 5.0, "drop"),
    ]


def test_counted_words_have_their_vowel_on_the_step() -> None:
    placements = place_cues([cue("[in] [step] in [step] two [step] three", FromStart(seconds=0.2))], ENGLISH, block())
    onset_s = session_texts.COUNTED.onset_s
    assert [round(line.start_s + onset_s, 6) for line in placements.words] == [3.0, 3.5, 4.0]
    assert all(line.utterance.counted for line in placements.words)


def test_at_a_quick_cadence_a_count_is_cut_off_by_the_next_so_that_none_misses_its_step() -> None:
    quick = block(spm=200.0)
    lines = place_cues(
        [cue("[in] [step] in [step] two [step] three", FromStart(seconds=0.2))], SLOW_COUNTER, quick
    ).words
    assert [round(line.start_s + 0.06, 6) for line in lines] == [1.8, 2.1, 2.4]
    assert [round(line.end_s - line.start_s, 6) for line in lines] == [0.3, 0.3, 0.4]


def test_a_value_and_a_pronunciation_are_filled_in_the_second_for_the_voice_only() -> None:
    context = SpeechContext(language="en", values={"name": "Anna"}, say_as={"anna": "ahna"}, measure=ENGLISH.measure)
    (line,) = place_cues([cue("well done, {name}.")], context, block()).words
    assert (line.caption, line.utterance.text) == ("well done, Anna.", "well done, ahna.")


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("given", ["NFC", "NFD"])
def test_a_pronunciation_is_found_whether_its_letters_are_composed_or_not(written: Form, given: Form) -> None:
    text, word = unicodedata.normalize(written, "Naar Café Één."), unicodedata.normalize(given, "café één")
    assert pronounce(text, {word: "kaffee"}) == "Naar kaffee."


places: st.SearchStrategy[CuePlace] = st.one_of(
    st.just(EVENLY),
    st.builds(FromStart, seconds=st.floats(0.0, 100.0)),
    st.builds(FromEnd, seconds=st.floats(0.0, 100.0)),
    st.builds(After, seconds=st.floats(0.0, 30.0)),
    st.builds(AtShare, share=st.floats(0.0, 1.0)),
    st.builds(Every, period_s=st.floats(10.0, 60.0)),
)
texts = st.lists(st.sampled_from(["word", "[in]", "[out]", "[step]", "[1.5s]"]), min_size=1, max_size=8).map(" ".join)
many_cues = st.lists(st.builds(cue, texts, places), min_size=1, max_size=8)


@settings(deadline=None)
@given(many_cues, st.floats(20.0, 200.0), st.floats(60.0, 200.0))
def test_whatever_is_asked_no_two_cues_overlap_and_none_leaves_its_block(
    cues: Sequence[Cue], lasts_s: float, spm: float
) -> None:
    lines = place_cues(cues, ENGLISH, block(lasts_s, spm)).words
    for one, two in pairwise(lines):
        same_cue = one.cue is two.cue
        assert two.start_s >= one.end_s + (0.0 if same_cue else GAP_S) - 1e-6
    assert all(line.start_s >= 0.0 and line.end_s <= lasts_s + 1e-6 for line in lines)


@settings(deadline=None)
@given(many_cues, st.floats(20.0, 200.0))
def test_a_repeated_cue_never_begins_near_the_end(cues: Sequence[Cue], lasts_s: float) -> None:
    for line in place_cues(cues, ENGLISH, block(lasts_s)).words:
        if isinstance(line.cue.place, Every) and "[" not in line.cue.text["en"]:
            assert line.start_s <= lasts_s - QUIET_BEFORE_END_S + 1e-6


@pytest.mark.parametrize("words", ["[in] lift", "[step] one"])
def test_a_wait_that_never_comes_makes_a_cue_late_not_lost(words: str) -> None:
    placements = place_cues([cue(words, FromEnd(seconds=0.1))], ENGLISH, block(60.0))
    assert [late.end_s for late in placements.late] == [float("inf")]
