"""Advice on brisk blocks: short, few, and with time to recover after each."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session
from hypothesis import given, settings
from hypothesis import strategies as st


def test_brisk_upon_brisk_leaves_no_time_to_recover(render: RenderAdvice) -> None:
    assert render("no-recovery", make_session("brisk: 1m", "free: 20s", "brisk: 1m")) == (
        "run.yaml:5:5: advice[no-recovery]: the next brisk block begins 20s after it, before the breath has settled\n"
        "   5 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: let easy running come between, as long as the brisk block or longer: `- easy: 90s`"
    )
    assert "begins right after it" in render("no-recovery", make_session("repeat: {times: 3, blocks: [{brisk: 1m}]}"))


@settings(deadline=None, max_examples=25)
@given(brisk_s=st.integers(40, 120), rest_s=st.integers(10, 70))
def test_half_as_long_between_is_enough(brisk_s: int, rest_s: int, find: FindAdvice) -> None:
    rest = f"free: {rest_s}s"
    text = make_session(f"brisk: {{lasts: {brisk_s}s, breath: none, say: none}}", rest, "brisk: 1m", breath="none")
    assert bool(find("no-recovery", text)) == (rest_s < brisk_s / 2 - 1)


@pytest.mark.parametrize(
    "blocks", [("brisk: 1m",), ("brisk: 1m", "easy: 1m", "brisk: 1m"), ("brisk: 1m", "reflect: 1m")]
)
def test_the_last_brisk_block_needs_no_recovery(blocks: tuple[str, ...], find: FindAdvice) -> None:
    assert find("no-recovery", make_session(*blocks)) == ()


def test_a_long_brisk_block_is_reported_with_its_length(render: RenderAdvice) -> None:
    assert render("brisk-long", make_session("brisk: 5m")) == (
        "run.yaml:5:5: advice[brisk-long]: this brisk block lasts 5m; what is light for a minute is hard work by then\n"
        "   5 |   - brisk: 5m\n"
        "     |     ^^^^^\n"
        "     help: make it a minute, and repeat it with easy running between"
    )


@pytest.mark.parametrize(("lasts", "long"), [("2m", 0), ("2m1s", 1)])
def test_two_minutes_are_the_longest(lasts: str, long: int, find: FindAdvice) -> None:
    assert len(find("brisk-long", make_session(f"brisk: {lasts}"))) == long


def test_a_mostly_brisk_run_is_reported_with_its_share(render: RenderAdvice) -> None:
    text = make_session("settle: 3m", "repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}")
    assert render("brisk-much", text) == (
        "run.yaml:6:34: advice[brisk-much]: 51% of the time on the move is brisk, and it is the easy part that calms\n"
        "   6 |   - repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}\n"
        "     |                                  ^^^^^\n"
        "     help: keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer"
    )


@pytest.mark.parametrize(("easy", "much"), [("8m", 0), ("7m59s", 1)])
def test_a_third_is_the_most(easy: str, much: int, find: FindAdvice) -> None:
    settled = f"free: {{lasts: {easy}, breath: none}}"
    text = make_session(settled, *["brisk: {lasts: 1m, breath: none}"] * 4, "reflect: 2m", breath="none")
    assert len(find("brisk-much", text)) == much


def test_a_brisk_start_is_reported(render: RenderAdvice) -> None:
    assert render("brisk-too-soon", make_session("free: 40s", "brisk: 1m", "free: 9m")) == (
        "run.yaml:6:5: advice[brisk-too-soon]: this brisk block comes after 40s of running, before the body is warm\n"
        "   6 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: begin with a few minutes of walking and easy running: `- settle: 3m`"
    )
    assert "comes with the first steps" in render(
        "brisk-too-soon", make_session("check-in: 3m", "brisk: 1m", "free: 9m")
    )


@pytest.mark.parametrize(("before", "soon"), [("2m", 0), ("1m58s", 1)])
def test_after_two_minutes_one_may_be_brisk(before: str, soon: int, find: FindAdvice) -> None:
    text = make_session(f"free: {before}", "brisk: 1m", "free: 9m", breath="none")
    assert len(find("brisk-too-soon", text)) == soon


def test_a_stretch_of_intervals_that_is_tried_out_is_left_alone(find: FindAdvice) -> None:
    text = make_session("brisk: 1m", "free: 1m", "brisk: 1m")
    assert find("brisk-too-soon", text) == find("brisk-much", text) == ()
