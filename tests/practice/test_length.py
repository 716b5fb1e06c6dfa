"""How long a run of each form usually lasts."""

import pytest
from outings import Advised, Told, outing


def test_a_long_reset_run_is_told_what_is_usual(told: Told) -> None:
    assert told("length-unusual", outing("free: 10m..50m", form="reset", length="45m")) == (
        "run.yaml:5:1: advice[length-unusual]: a reset run lasts 20m to 30m, and this one 45m\n"
        "   5 | length: 45m\n"
        "     | ^^^^^^\n"
        "     help: choose another `length`, or another form: long"
    )


def test_a_short_long_run_is_told_so_at_its_title_where_it_has_no_length(told: Told) -> None:
    assert told("length-unusual", outing("free: 25m", form="long")) == (
        "run.yaml:3:1: advice[length-unusual]: a long run lasts 30m or more, and this one 25m\n"
        "   3 | title: Evening run\n"
        "     | ^^^^^\n"
        "     help: choose a longer `length`, or another form: reset"
    )


@pytest.mark.parametrize(
    ("form", "lasts", "unusual"),
    [
        *[("reset", "19m59s", 1), ("reset", "20m", 0), ("reset", "30m", 0), ("reset", "30m1s", 1)],
        *[("long", "29m59s", 1), ("long", "30m", 0), ("long", "2h", 0)],
        *[(form, "5m", 0) for form in ("intervals", "mindful", "trail", "other")],
    ],
)
def test_only_what_a_form_promises_counts(form: str, lasts: str, unusual: int, advised: Advised) -> None:
    assert len(advised("length-unusual", outing(f"free: {lasts}", form=form))) == unusual
