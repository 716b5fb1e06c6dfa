"""The form `mindful`: hardly a word, and no ticks once the run has begun."""

import pytest
from outings import Advised, Told, outing


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
