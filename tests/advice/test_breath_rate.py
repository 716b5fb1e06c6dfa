"""How many breaths a minute a running block asks for."""

import pytest
from advice_sessions import Advised, Told, outing
from hypothesis import given, settings
from hypothesis import strategies as st


def test_too_slow_a_breath_is_shown_where_it_was_written_with_one_that_fits(told: Told) -> None:
    assert told("breath-pace", outing("breathing: {lasts: 3m, breath: 4 in / 4 out}")) == (
        "run.yaml:5:36: advice[breath-pace]: 4 in / 4 out at 158 steps a minute is 19.8 breaths a minute; "
        "under 22 most runners are short of air\n"
        "   5 |   - breathing: {lasts: 3m, breath: 4 in / 4 out}\n"
        "     |                                    ^^^^^^^^^^^^\n"
        "     help: `breath: 3 in / 3 out` gives 26.3 at 158"
    )


def test_too_quick_a_breath_at_the_top_is_shown_once_however_many_blocks_breathe_so(told: Told) -> None:
    assert told("breath-pace", outing("breathing: 3m", "breathing: 2m", breath="1/2", cadence="160")) == (
        "run.yaml:4:9: advice[breath-pace]: 1 in / 2 out at 160 steps a minute is 53.3 breaths a minute; "
        "over 45 it turns into panting\n"
        "   4 | breath: 1/2\n"
        "     |         ^^^\n"
        "     help: `breath: 2 in / 2 out` gives 40 at 160"
    )


@settings(deadline=None, max_examples=30)
@given(spm=st.one_of(st.integers(130, 220), st.just(132), st.just(131)), steps=st.integers(3, 8))
def test_22_to_45_breaths_a_minute_are_fine(spm: int, steps: int, advised: Advised) -> None:
    text = outing("breathing: 3m", cadence=str(spm), breath=f"{steps - 2} in / 2 out")
    assert bool(advised("breath-pace", text)) == (not 22.0 <= spm / steps <= 45.0)


def test_of_a_ramp_the_worst_end_counts(told: Told) -> None:
    told_of = told("breath-pace", outing("breathing: {lasts: 3m, cadence: 135 -> 150, breath: 4 in / 3 out}"))
    assert "4 in / 3 out at 135 steps a minute is 19.3 breaths a minute; under 22" in told_of
    assert told_of.endswith("help: `breath: 3 in / 3 out` gives 22.5 at 135")


def test_walking_has_a_breath_of_its_own(advised: Advised) -> None:
    assert advised("breath-pace", outing("breathing: {lasts: 3m, cadence: 106}")) == ()


@pytest.mark.parametrize(
    "block", ["free: 3m", "easy: 3m", "free: {lasts: 3m, breath: none, ticks: on}", "check-in: 1m"]
)
def test_a_block_that_leads_no_breath_is_left_alone(block: str, advised: Advised) -> None:
    assert advised("breath-pace", outing(block, breath="6 in / 6 out")) == ()


@pytest.mark.parametrize("block", ["free: {lasts: 3m, ticks: on}", "free: {lasts: 3m, breath-sound: on}"])
def test_ticks_and_breath_sounds_lead_it(block: str, advised: Advised) -> None:
    assert len(advised("breath-pace", outing(block, breath="6 in / 6 out"))) == 1


def test_where_a_kinds_own_breath_meets_a_cadence_of_races_only_the_cadence_is_told_of(advised: Advised) -> None:
    text = outing("free: 2m", "brisk: 1m", cadence="176")
    assert (len(advised("breath-pace", text)), len(advised("cadence-high", text))) == (0, 1)


def test_a_cadence_of_its_own_is_where_a_block_went_wrong(told: Told) -> None:
    text = outing("breathing: {lasts: 3m, cadence: 150}", "breathing: {lasts: 3m, cadence: 190}", breath="2/2")
    assert told("breath-pace", text).startswith("run.yaml:7:37: advice[breath-pace]: 2 in / 2 out at 190 steps")
