"""Brisk stretches: short, few, and with time to settle after each."""

import pytest
from advice_sessions import Advised, Told, outing
from hypothesis import given, settings
from hypothesis import strategies as st


def test_brisk_upon_brisk_leaves_no_time_to_recover(told: Told) -> None:
    assert told("no-recovery", outing("brisk: 1m", "free: 20s", "brisk: 1m")) == (
        "run.yaml:5:5: advice[no-recovery]: the next brisk block begins 20s after it, before the breath has settled\n"
        "   5 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: let easy running come between, as long as the brisk block or longer: `- easy: 90s`"
    )
    assert "begins right after it" in told("no-recovery", outing("repeat: {times: 3, blocks: [{brisk: 1m}]}"))


@settings(deadline=None, max_examples=25)
@given(brisk_s=st.integers(40, 120), rest_s=st.integers(10, 70))
def test_half_as_long_between_is_enough(brisk_s: int, rest_s: int, advised: Advised) -> None:
    rest = f"free: {rest_s}s"
    text = outing(f"brisk: {{lasts: {brisk_s}s, breath: none, say: none}}", rest, "brisk: 1m", breath="none")
    assert bool(advised("no-recovery", text)) == (rest_s < brisk_s / 2 - 1)


@pytest.mark.parametrize(
    "blocks", [("brisk: 1m",), ("brisk: 1m", "easy: 1m", "brisk: 1m"), ("brisk: 1m", "reflect: 1m")]
)
def test_what_no_brisk_block_follows_needs_no_more(blocks: tuple[str, ...], advised: Advised) -> None:
    assert advised("no-recovery", outing(*blocks)) == ()


def test_a_long_brisk_block_is_told_its_length(told: Told) -> None:
    assert told("brisk-long", outing("brisk: 5m")) == (
        "run.yaml:5:5: advice[brisk-long]: this brisk block lasts 5m; what is light for a minute is hard work by then\n"
        "   5 |   - brisk: 5m\n"
        "     |     ^^^^^\n"
        "     help: make it a minute, and repeat it with easy running between"
    )


@pytest.mark.parametrize(("lasts", "long"), [("2m", 0), ("2m1s", 1)])
def test_two_minutes_are_the_longest(lasts: str, long: int, advised: Advised) -> None:
    assert len(advised("brisk-long", outing(f"brisk: {lasts}"))) == long


def test_a_run_that_is_mostly_brisk_is_told_how_much(told: Told) -> None:
    text = outing("settle: 3m", "repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}")
    assert told("brisk-much", text) == (
        "run.yaml:6:34: advice[brisk-much]: 51% of the time on the move is brisk, and it is the easy part that calms\n"
        "   6 |   - repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}\n"
        "     |                                  ^^^^^\n"
        "     help: keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer"
    )


@pytest.mark.parametrize(("easy", "much"), [("8m", 0), ("7m59s", 1)])
def test_a_third_is_the_most(easy: str, much: int, advised: Advised) -> None:
    settled = f"free: {{lasts: {easy}, breath: none}}"
    text = outing(settled, *["brisk: {lasts: 1m, breath: none}"] * 4, "reflect: 2m", breath="none")
    assert len(advised("brisk-much", text)) == much


def test_a_brisk_start_is_told_of(told: Told) -> None:
    assert told("brisk-too-soon", outing("free: 40s", "brisk: 1m", "free: 9m")) == (
        "run.yaml:6:5: advice[brisk-too-soon]: this brisk block comes after 40s of running, before the body is warm\n"
        "   6 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: begin with a few minutes of walking and easy running: `- settle: 3m`"
    )
    assert "comes with the first steps" in told("brisk-too-soon", outing("check-in: 3m", "brisk: 1m", "free: 9m"))


@pytest.mark.parametrize(("before", "soon"), [("2m", 0), ("1m58s", 1)])
def test_after_two_minutes_one_may_be_brisk(before: str, soon: int, advised: Advised) -> None:
    text = outing(f"free: {before}", "brisk: 1m", "free: 9m", breath="none")
    assert len(advised("brisk-too-soon", text)) == soon


def test_a_stretch_of_intervals_that_is_tried_out_is_left_alone(advised: Advised) -> None:
    text = outing("brisk: 1m", "free: 1m", "brisk: 1m")
    assert advised("brisk-too-soon", text) == advised("brisk-much", text) == ()
