"""Ticks: they teach a rhythm, and then they leave."""

import pytest
from advice_sessions import Advised, Told, outing


def test_ticks_that_never_leave_are_told_of_where_they_begin(told: Told) -> None:
    text = outing("check-in: 1m", "free: {lasts: 6m, ticks: on}", "free: {lasts: 6m, ticks: on}")
    assert told("ticks-throughout", text) == (
        "run.yaml:6:30: advice[ticks-throughout]: from here on the ticks never stop for a whole minute\n"
        "   6 |   - free: {lasts: 6m, ticks: on}\n"
        "     |                              ^^\n"
        "     help: stop them once the rhythm is found, like `ticks: 90s`; they may come back later"
    )


@pytest.mark.parametrize(("without", "throughout"), [("60s", 0), ("58s", 1)])
def test_a_minute_without_them_is_enough(without: str, throughout: int, advised: Advised) -> None:
    ticking = "free: {lasts: 6m, ticks: on}"
    text = outing(ticking, f"free: {without}", ticking, breath="none", cadence="120")
    assert len(advised("ticks-throughout", text)) == throughout


@pytest.mark.parametrize(
    "blocks",
    [("free: {lasts: 12m, ticks: 90s}",), ("free: 12m",), ("free: {lasts: 9m, ticks: on}",), ("check-in: 12m",)],
)
def test_ticks_that_leave_or_never_came_are_fine(blocks: tuple[str, ...], advised: Advised) -> None:
    assert advised("ticks-throughout", outing(*blocks)) == ()
