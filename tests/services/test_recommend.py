from datetime import datetime, timedelta
from typing import get_args

import pytest
import run_records
from hypothesis import given
from hypothesis import strategies as st

from coach.languages.registry import LANGUAGES, find_language
from coach.languages.screen_words import Need, Reason
from coach.services.suggest_session import TABLE, Recommendation, RunForm, RunnerState, recommend

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


def test_who_has_the_time_runs_long() -> None:
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
def test_who_asks_for_less_never_gets_the_long_run(moment: RunnerState) -> None:
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
