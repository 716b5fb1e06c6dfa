"""How a run ends: walking."""

import pytest
from advice_sessions import Advised, Told, outing


def test_a_run_that_ends_running_is_told_where(told: Told) -> None:
    assert told("no-walk-out", outing("settle: 3m", "easy: {lasts: 9m, cadence: 150}", "reflect: 1m")) == (
        "run.yaml:6:5: advice[no-walk-out]: the running stops here at 150 steps a minute, with no walk to come back\n"
        "   6 |   - easy: {lasts: 9m, cadence: 150}\n"
        "     |     ^^^^\n"
        "     help: end with a few minutes of walking: `- walk-out: 4m`"
    )


@pytest.mark.parametrize(
    "ending",
    [
        ("walk-out: 3m",),
        ("walk-out: 3m", "reflect: 1m", "stretch: 2m"),
        ("walk-out: 2m", "listening: {lasts: 2m, cadence: 98}"),
        ("free: {lasts: 3m, cadence: 150 -> 100}",),
        ("free: {lasts: 3m, cadence: 110}",),
    ],
)
def test_there_are_many_ways_to_end_walking(ending: tuple[str, ...], advised: Advised) -> None:
    assert advised("no-walk-out", outing("easy: 9m", *ending)) == ()


@pytest.mark.parametrize(("lasts", "ends"), [("9m59s", 0), ("10m", 1)])
def test_from_ten_minutes_on_it_is_a_run_of_its_own(lasts: str, ends: int, advised: Advised) -> None:
    assert len(advised("no-walk-out", outing(f"easy: {lasts}"))) == ends


def test_who_only_walks_need_not_come_back(advised: Advised) -> None:
    assert advised("no-walk-out", outing("free: {lasts: 12m, cadence: 108}", "check-in: 1m")) == ()


def test_a_short_walk_after_a_long_run_is_told_its_length(told: Told) -> None:
    assert told("walk-out-short", outing("easy: 24m15s", "walk-out: 45s")) == (
        "run.yaml:6:5: advice[walk-out-short]: a session of 25m ends with 45s of walking\n"
        "   6 |   - walk-out: 45s\n"
        "     |     ^^^^^^^^\n"
        "     help: let it last three minutes or more: `- walk-out: 4m`"
    )


@pytest.mark.parametrize(
    ("running", "walking", "short"), [("18m", "2m", 0), ("18m1s", "1m59s", 1), ("17m58s", "1m59s", 0)]
)
def test_two_minutes_will_do_and_less_in_less_than_twenty(
    running: str, walking: str, short: int, advised: Advised
) -> None:
    text = outing(f"easy: {running}", f"walk-out: {{lasts: {walking}, say: none}}", breath="none")
    assert len(advised("walk-out-short", text)) == short
