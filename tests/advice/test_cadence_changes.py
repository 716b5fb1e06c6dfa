"""Steps a minute: how quick they become, and how suddenly."""

import pytest
from advice_sessions import Advised, Told, outing
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_jump_is_shown_at_the_cadence_that_makes_it(told: Told) -> None:
    assert told("cadence-jump", outing("easy: {lasts: 2m, cadence: 150}", "easy: {lasts: 2m, cadence: 165}")) == (
        "run.yaml:6:32: advice[cadence-jump]: the cadence goes from 150 to 165 at once here\n"
        "   6 |   - easy: {lasts: 2m, cadence: 165}\n"
        "     |                                ^^^\n"
        "     help: change it gradually: `cadence: 150 -> 165`"
    )


@settings(deadline=None, max_examples=30)
@given(first=st.integers(130, 200), change=st.one_of(st.integers(-30, 30), st.sampled_from([-9, -8, 8, 9])))
def test_eight_steps_a_minute_more_or_less_are_no_jump(first: int, change: int, advised: Advised) -> None:
    second = min(220, max(130, first + change))
    text = outing(f"free: {{lasts: 1m, cadence: {first}}}", f"free: {{lasts: 1m, cadence: {second}}}")
    assert bool(advised("cadence-jump", text)) == (abs(second - first) > 8)


@pytest.mark.parametrize(
    "blocks",
    [
        ("free: {lasts: 1m, cadence: 158}", "free: {lasts: 1m, cadence: 110}"),
        ("free: {lasts: 1m, cadence: 110}", "free: {lasts: 1m, cadence: 158}"),
        ("free: {lasts: 1m, cadence: 110}", "stretch: 2m"),
        ("settle: 2m", "easy: 2m", "brisk: 1m", "easy: 2m", "walk-out: 2m"),
        ("easy: {lasts: 1m, cadence: 140}", "easy: {lasts: 1m, cadence: 140 -> 165}"),
    ],
)
def test_between_walking_running_and_standing_and_along_ramps_anything_goes(
    blocks: tuple[str, ...], advised: Advised
) -> None:
    assert advised("cadence-jump", outing(*blocks)) == ()


def test_a_cadence_of_races_is_shown_where_a_block_asks_for_it(told: Told) -> None:
    assert told("cadence-high", outing("free: 2m", "free: {lasts: 4m, cadence: 170 -> 184}")) == (
        "run.yaml:6:32: advice[cadence-high]: this asks for 184 steps a minute, and easy running comes to 154 to 160 "
        "by itself\n"
        "   6 |   - free: {lasts: 4m, cadence: 170 -> 184}\n"
        "     |                                ^^^^^^^^^^\n"
        "     help: stay below 180; 158 suits most people"
    )


def test_the_sessions_own_is_shown_once_at_the_top(told: Told) -> None:
    assert told("cadence-high", outing("free: 2m", "brisk: 1m", "free: 2m", cadence="181")) == (
        "run.yaml:4:10: advice[cadence-high]: this asks for 181 steps a minute, and easy running comes to 154 to 160 "
        "by itself\n"
        "   4 | cadence: 181\n"
        "     |          ^^^\n"
        "     help: stay below 180; 158 suits most people"
    )


def test_a_kind_that_adds_to_the_cadence_is_told_of_itself(told: Told) -> None:
    assert told("cadence-high", outing("free: 2m", "brisk: 1m", cadence="175")).startswith(
        "run.yaml:7:5: advice[cadence-high]: this asks for 181 steps a minute"
    )


@pytest.mark.parametrize(("spm", "high"), [("179.9", 0), ("180", 1)])
def test_from_180_on_it_is_too_much(spm: str, high: int, advised: Advised) -> None:
    assert len(advised("cadence-high", outing(f"free: {{lasts: 1m, cadence: {spm}}}"))) == high


def test_who_stands_takes_no_steps(advised: Advised) -> None:
    assert advised("cadence-high", outing("check-in: {lasts: 1m, cadence: 190}")) == ()
