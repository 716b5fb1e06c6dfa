"""Advice on cadence and breath rate: how quick they become, and how suddenly."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_jump_is_shown_at_the_cadence_that_makes_it(render: RenderAdvice) -> None:
    assert render(
        "cadence-jump", make_session("easy: {lasts: 2m, cadence: 150}", "easy: {lasts: 2m, cadence: 165}")
    ) == (
        "run.yaml:6:32: advice[cadence-jump]: the cadence goes from 150 to 165 at once here\n"
        "   6 |   - easy: {lasts: 2m, cadence: 165}\n"
        "     |                                ^^^\n"
        "     help: change it gradually: `cadence: 150 -> 165`"
    )


@settings(deadline=None, max_examples=30)
@given(first=st.integers(130, 200), change=st.one_of(st.integers(-30, 30), st.sampled_from([-9, -8, 8, 9])))
def test_eight_steps_a_minute_more_or_less_are_no_jump(first: int, change: int, find: FindAdvice) -> None:
    second = min(220, max(130, first + change))
    text = make_session(f"free: {{lasts: 1m, cadence: {first}}}", f"free: {{lasts: 1m, cadence: {second}}}")
    assert bool(find("cadence-jump", text)) == (abs(second - first) > 8)


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
    blocks: tuple[str, ...], find: FindAdvice
) -> None:
    assert find("cadence-jump", make_session(*blocks)) == ()


def test_a_cadence_of_races_is_shown_where_a_block_asks_for_it(render: RenderAdvice) -> None:
    assert render("cadence-high", make_session("free: 2m", "free: {lasts: 4m, cadence: 170 -> 184}")) == (
        "run.yaml:6:32: advice[cadence-high]: this asks for 184 steps a minute, and easy running comes to 154 to 160 "
        "by itself\n"
        "   6 |   - free: {lasts: 4m, cadence: 170 -> 184}\n"
        "     |                                ^^^^^^^^^^\n"
        "     help: stay below 180; 158 suits most people"
    )


def test_the_sessions_own_is_shown_once_at_the_top(render: RenderAdvice) -> None:
    assert render("cadence-high", make_session("free: 2m", "brisk: 1m", "free: 2m", cadence="181")) == (
        "run.yaml:4:10: advice[cadence-high]: this asks for 181 steps a minute, and easy running comes to 154 to 160 "
        "by itself\n"
        "   4 | cadence: 181\n"
        "     |          ^^^\n"
        "     help: stay below 180; 158 suits most people"
    )


def test_a_kind_that_adds_to_the_cadence_is_reported_at_the_block(render: RenderAdvice) -> None:
    assert render("cadence-high", make_session("free: 2m", "brisk: 1m", cadence="175")).startswith(
        "run.yaml:7:5: advice[cadence-high]: this asks for 181 steps a minute"
    )


@pytest.mark.parametrize(("spm", "high"), [("179.9", 0), ("180", 1)])
def test_from_180_on_it_is_too_much(spm: str, high: int, find: FindAdvice) -> None:
    assert len(find("cadence-high", make_session(f"free: {{lasts: 1m, cadence: {spm}}}"))) == high


def test_a_cadence_while_standing_is_not_reported(find: FindAdvice) -> None:
    assert find("cadence-high", make_session("check-in: {lasts: 1m, cadence: 190}")) == ()


def test_too_slow_a_breath_is_shown_where_it_was_written_with_one_that_fits(render: RenderAdvice) -> None:
    assert render("breath-pace", make_session("breathing: {lasts: 3m, breath: 4 in / 4 out}")) == (
        "run.yaml:5:36: advice[breath-pace]: 4 in / 4 out at 158 steps a minute is 19.8 breaths a minute; "
        "under 22 most runners are short of air\n"
        "   5 |   - breathing: {lasts: 3m, breath: 4 in / 4 out}\n"
        "     |                                    ^^^^^^^^^^^^\n"
        "     help: `breath: 3 in / 3 out` gives 26.3 at 158"
    )


def test_too_quick_a_breath_at_the_top_is_shown_once_however_many_blocks_breathe_so(
    render: RenderAdvice,
) -> None:
    assert render("breath-pace", make_session("breathing: 3m", "breathing: 2m", breath="1/2", cadence="160")) == (
        "run.yaml:4:9: advice[breath-pace]: 1 in / 2 out at 160 steps a minute is 53.3 breaths a minute; "
        "over 45 it turns into panting\n"
        "   4 | breath: 1/2\n"
        "     |         ^^^\n"
        "     help: `breath: 2 in / 2 out` gives 40 at 160"
    )


@settings(deadline=None, max_examples=30)
@given(spm=st.one_of(st.integers(130, 220), st.just(132), st.just(131)), steps=st.integers(3, 8))
def test_22_to_45_breaths_a_minute_are_fine(spm: int, steps: int, find: FindAdvice) -> None:
    text = make_session("breathing: 3m", cadence=str(spm), breath=f"{steps - 2} in / 2 out")
    assert bool(find("breath-pace", text)) == (not 22.0 <= spm / steps <= 45.0)


def test_of_a_ramp_the_worst_end_counts(render: RenderAdvice) -> None:
    shown = render("breath-pace", make_session("breathing: {lasts: 3m, cadence: 135 -> 150, breath: 4 in / 3 out}"))
    assert "4 in / 3 out at 135 steps a minute is 19.3 breaths a minute; under 22" in shown
    assert shown.endswith("help: `breath: 3 in / 3 out` gives 22.5 at 135")


def test_walking_has_a_breath_of_its_own(find: FindAdvice) -> None:
    assert find("breath-pace", make_session("breathing: {lasts: 3m, cadence: 106}")) == ()


@pytest.mark.parametrize(
    "block", ["free: 3m", "easy: 3m", "free: {lasts: 3m, breath: none, ticks: on}", "check-in: 1m"]
)
def test_a_block_that_leads_no_breath_is_left_alone(block: str, find: FindAdvice) -> None:
    assert find("breath-pace", make_session(block, breath="6 in / 6 out")) == ()


@pytest.mark.parametrize("block", ["free: {lasts: 3m, ticks: on}", "free: {lasts: 3m, breath-sound: on}"])
def test_ticks_and_breath_sounds_lead_it(block: str, find: FindAdvice) -> None:
    assert len(find("breath-pace", make_session(block, breath="6 in / 6 out"))) == 1


def test_a_racing_cadence_with_a_kinds_own_breath_reports_only_the_cadence(find: FindAdvice) -> None:
    text = make_session("free: 2m", "brisk: 1m", cadence="176")
    assert (len(find("breath-pace", text)), len(find("cadence-high", text))) == (0, 1)


def test_a_cadence_of_its_own_is_where_a_block_went_wrong(render: RenderAdvice) -> None:
    text = make_session("breathing: {lasts: 3m, cadence: 150}", "breathing: {lasts: 3m, cadence: 190}", breath="2/2")
    assert render("breath-pace", text).startswith("run.yaml:7:37: advice[breath-pace]: 2 in / 2 out at 190 steps")


def test_a_hold_while_running_is_shown_where_it_is_written(render: RenderAdvice) -> None:
    assert render("breath-held", make_session("breathing: {lasts: 3m, breath: 3 in / 2 hold / 3 out}")) == (
        "run.yaml:5:36: advice[breath-held]: 3 in / 2 hold / 3 out holds the breath while running, "
        "which leaves the body short of air\n"
        "   5 |   - breathing: {lasts: 3m, breath: 3 in / 2 hold / 3 out}\n"
        "     |                                    ^^^^^^^^^^^^^^^^^^^^^\n"
        "     help: keep holds for walking and standing still; here, `breath: 3 in / 3 out`"
    )


@pytest.mark.parametrize(
    "block",
    [
        "breathing: {lasts: 3m, cadence: 110, breath: 4/2/4}",
        "walk: {lasts: 3m, breath: 4/4/4/4, breath-sound: on}",
        "breathe: {lasts: 3m, breath: 4/4/4/4}",
        "breathing: {lasts: 3m, breath: 3/3}",
    ],
)
def test_walking_and_standing_still_the_breath_may_be_held(block: str, find: FindAdvice) -> None:
    assert find("breath-held", make_session(block)) == ()
