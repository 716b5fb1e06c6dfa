"""Suggestions of a session; each can be run."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
import run_records
import session_texts
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.soundbank import measure_bell_length_s
from coach.journal.diary import Run
from coach.languages import LANGUAGES, find_language
from coach.languages.screen_words import Need, Reason
from coach.services import session_reading
from coach.services.suggest_session import (
    SESSIONS,
    TABLE,
    USUAL_MIN,
    Recommendation,
    RunForm,
    RunnerState,
    Suggestion,
    find_nearest_length_s,
    recommend,
    suggest_session,
)
from coach.timeline.compile import compile_timeline, find_reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration

NEW = Run(started_at=run_records.at(17), language="nl")


def slowly(utterance: Utterance) -> SpokenDuration:
    """A voice that takes a twelfth longer than is estimated."""
    usual = estimate_duration(utterance)
    return usual if utterance.counted else replace(usual, length_s=usual.length_s * 13 / 12)


def test_all_questions_skipped_there_is_a_short_reset_run() -> None:
    assert suggest_session(NEW, PlanOptions()) == Suggestion(
        session="reset-run",
        length_s=1440.0,
        words="Een korte, rustige loop, om je hoofd leeg te maken. Jouw loop: Korte reset-run, 24 minuten.",
    )


def test_the_suggestion_follows_the_answers() -> None:
    run = replace(NEW, language="en", tension_before=8, need="rhythm", wanted_s=1800.0)
    assert suggest_session(run, PlanOptions()) == Suggestion(
        session="light-intervals",
        length_s=1800.0,
        words="There's a lot of tension: light, quick minutes give the restlessness to your legs. "
        "Your run: Light minutes, 30 minutes.",
    )


def test_a_length_out_of_reach_is_explained_kindly() -> None:
    assert suggest_session(replace(NEW, need="silence", wanted_s=600.0), PlanOptions()) == Suggestion(
        session="mindful-run",
        length_s=720.0,
        words="Stilte dus: een loop met weinig woorden en bijna geen tikken, met aandacht voor je adem. "
        "Korter dan zo'n 12 minuten kan Aandachtig lopen niet. Onderweg mag je altijd eerder uitwandelen.",
    )
    assert suggest_session(replace(NEW, language="en", wanted_s=10_800.0), PlanOptions()).words == (
        "You have time: just right for a long, very easy run. Long and easy can't be longer than about 162 minutes."
    )


def test_a_length_on_the_command_line_goes_first() -> None:
    assert suggest_session(replace(NEW, wanted_s=1500.0), PlanOptions(length_s=1320.0)).length_s == 1320.0


@pytest.mark.parametrize("form", SESSIONS)
def test_a_form_s_session_is_of_that_form_and_of_its_usual_length(form: RunForm) -> None:
    session = session_reading.load_session(SESSIONS[form])
    assert (session.form, session.length_s) == (form, USUAL_MIN[form] * 60.0)


@pytest.mark.parametrize("guidance", ["full", "quiet"])
@pytest.mark.parametrize("wanted_s", [300.0, 10_800.0])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", SESSIONS.values())
def test_the_nearest_length_can_be_run_whoever_speaks(name: str, language: str, wanted_s: float, guidance: str) -> None:
    session, options = session_reading.load_session(name), PlanOptions(language=language, guidance=guidance)
    length_s = find_nearest_length_s(session, options, wanted_s)
    for measure in (estimate_duration, session_texts.half_a_second_a_word):
        timeline = compile_timeline(session, replace(options, length_s=length_s), measure, measure_bell_length_s)
        assert timeline.length_s == length_s
    shortest_s, longest_s = find_reachable_lengths_s(session, options, slowly)
    assert shortest_s <= length_s <= longest_s


def test_a_session_that_cannot_be_stretched_keeps_its_length(tmp_path: Path) -> None:
    session = session_texts.session(tmp_path, "coach: 1\nlanguage: en\ntitle: Fixed\nblocks: [free: 10m]\n")
    assert (
        find_nearest_length_s(session, PlanOptions(), 300.0)
        == find_nearest_length_s(session, PlanOptions(), 3000.0)
        == 600.0
    )


MOMENTS = st.builds(
    RunnerState,
    tension=st.none() | st.integers(1, 10),
    need=st.sampled_from([None, *get_args(Need)]),
    wanted_s=st.none() | st.floats(min_value=300.0, max_value=10_800.0),
    now=st.integers(0, 24 * 7 - 1).map(lambda hour: run_records.at(16, 0) + timedelta(hours=hour)),
)

TUESDAY_EVENING, SATURDAY = run_records.at(17, 18), run_records.at(21, 13)
MORNING, LATE = run_records.at(18, 8), run_records.at(18, 22)


def advised(
    when: datetime, *, tension: int | None = None, need: Need | None = None, minutes: float | None = None
) -> tuple[RunForm, float, Reason]:
    wanted_s = None if minutes is None else minutes * 60.0
    advice = recommend(RunnerState(tension=tension, need=need, wanted_s=wanted_s, now=when))
    return advice.form, advice.length_s / 60.0, advice.reason


def test_after_work_a_short_reset_run() -> None:
    assert advised(TUESDAY_EVENING) == ("reset", 24.0, "reset")
    assert advised(TUESDAY_EVENING, tension=5, need="rhythm", minutes=20) == ("reset", 20.0, "rhythm")
    assert advised(TUESDAY_EVENING, tension=6, need="movement") == ("reset", 24.0, "movement")


def test_enough_time_suggests_the_long_run() -> None:
    assert advised(TUESDAY_EVENING, tension=8, need="rhythm", minutes=45) == ("long", 45.0, "time")
    assert advised(SATURDAY, tension=3, need="movement") == ("long", 50.0, "weekend")
    assert advised(SATURDAY, tension=3, need="movement", minutes=25) == ("reset", 25.0, "movement")


def test_restlessness_gets_light_intervals_but_not_before_sleep() -> None:
    assert advised(TUESDAY_EVENING, tension=7) == ("intervals", 28.0, "restless")
    assert advised(TUESDAY_EVENING, tension=9, need="movement", minutes=25) == ("intervals", 25.0, "restless")
    assert advised(LATE, tension=9, need="rhythm") == ("reset", 24.0, "late")


def test_silence_and_mornings_get_a_mindful_run() -> None:
    assert advised(TUESDAY_EVENING, tension=9, need="silence") == ("mindful", 25.0, "silence")
    assert advised(MORNING) == ("mindful", 25.0, "morning")


def test_fresh_air_is_among_the_trees() -> None:
    assert advised(TUESDAY_EVENING, tension=9, need="fresh-air", minutes=45) == ("trail", 45.0, "fresh-air")
    assert advised(TUESDAY_EVENING, need="fresh-air", minutes=75) == ("long", 75.0, "time")


@given(MOMENTS)
def test_there_is_an_advice_for_every_moment(moment: RunnerState) -> None:
    advice = recommend(moment)
    assert advice.form in get_args(RunForm)
    assert moment.wanted_s in (None, advice.length_s)
    assert advice.length_s >= 20 * 60.0 or moment.wanted_s is not None
    for words in (find_language(code).journal for code in LANGUAGES):
        assert words.why[advice.reason]


@given(MOMENTS)
def test_nobody_is_made_brisk_who_is_calm_or_nearly_asleep(moment: RunnerState) -> None:
    if recommend(moment).form == "intervals":
        assert moment.tension is not None
        assert moment.tension >= 7
        assert 5 <= moment.now.hour < 21


@given(MOMENTS)
def test_a_shorter_wish_never_gets_the_long_run(moment: RunnerState) -> None:
    if moment.wanted_s is not None and moment.wanted_s < 40 * 60.0:
        assert recommend(moment).form != "long"


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_line_of_the_table_can_be_reached(reason: Reason) -> None:
    moments = (
        RunnerState(tension=tension, need=need, wanted_s=wanted_s, now=when)
        for tension in (None, 3, 9)
        for need in (None, *get_args(Need))
        for wanted_s in (None, 1500.0, 3000.0)
        for when in (TUESDAY_EVENING, SATURDAY, MORNING, LATE)
    )
    assert any(recommend(moment).reason == reason for moment in moments)
    assert [line[2] for line in TABLE].count(reason) == 1


def test_an_advice_is_a_value() -> None:
    assert recommend(RunnerState(tension=None, need=None, wanted_s=None, now=MORNING)) == Recommendation(
        form="mindful", length_s=1500.0, reason="morning"
    )
