"""How long a run of each form usually lasts."""

import pytest
from advice_sessions import Advised, Told, outing


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


def spoken(times: int) -> str:
    return f"free: {{lasts: 10m, say: [{', '.join(['Look.'] * times)}]}}"


def test_the_seventh_cue_is_where_a_mindful_run_begins_to_talk(told: Told) -> None:
    assert told("mindful-words", outing(spoken(8), form="mindful")) == (
        "run.yaml:6:72: advice[mindful-words]: a mindful run speaks six times, and this one 8 times; "
        "the seventh is here\n"
        "   6 |   - free: {lasts: 10m, say: [Look., Look., Look., Look., Look., Look., Look., Look.]}\n"
        "     |                                                                        ^^^^^\n"
        "     help: leave some words out, with `say: none` or one cue where a kind has several, or choose "
        "another `form`"
    )


@pytest.mark.parametrize(("times", "form", "found"), [(6, "mindful", 0), (7, "mindful", 1), (7, "reset", 0)])
def test_six_cues_are_the_most_in_that_form_only(times: int, form: str, found: int, advised: Advised) -> None:
    assert len(advised("mindful-words", outing(spoken(times), form=form))) == found


def test_a_cue_that_comes_again_and_again_counts_each_time(advised: Advised) -> None:
    text = outing("free: {lasts: 10m, say: {every: 1m, text: Look.}}", form="mindful")
    (problem,) = advised("mindful-words", text)
    assert problem.message == "a mindful run speaks six times, and this one 9 times; the seventh is here"


def test_late_ticks_are_told_of_with_their_time(told: Told) -> None:
    assert told(
        "mindful-ticks", outing("free: 8m", "free: {lasts: 12m, ticks: 45s}", form="mindful", breath="none")
    ) == (
        "run.yaml:8:31: advice[mindful-ticks]: it still ticks at 8:00, and a mindful run is "
        "without ticks after its opening\n"
        "   8 |   - free: {lasts: 12m, ticks: 45s}\n"
        "     |                               ^^^\n"
        "     help: write `ticks: off` in this block, or a shorter time, like `ticks: 45s`"
    )


@pytest.mark.parametrize(
    ("ticks", "form", "found"), [("290s", "mindful", 0), ("291s", "mindful", 1), ("291s", "trail", 0)]
)
def test_a_quarter_of_the_run_is_opening_with_the_fade(ticks: str, form: str, found: int, advised: Advised) -> None:
    text = outing(f"free: {{lasts: 20m, ticks: {ticks}}}", form=form, cadence="120", breath="none")
    assert len(advised("mindful-ticks", text)) == found
