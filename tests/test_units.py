"""Quantities in texts."""

import pytest

from coach.units import have_same_quantities


@pytest.mark.parametrize(
    ("written", "better", "same"),
    [
        ("90", "90s", True),
        ("5m", "5", False),
        ("3:30", "3m30s", True),
        ("8m..3m", "3m..8m", True),
        ("2 min 30 sec", "150s", True),
        ("2 min 30 sec", "2m", False),
        ("112 > 156", "112 -> 156", True),
        ("40 percent", "40%", True),
        ("\uff13 min", "3m", True),
    ],
)
def test_two_spellings_hold_the_same_numbers(written: str, better: str, same: bool) -> None:  # noqa: FBT001 - an expectation
    assert have_same_quantities(written, better) is same
