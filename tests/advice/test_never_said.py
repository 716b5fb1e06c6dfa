"""Words that the author wrote and nobody will ever hear."""

import pytest
from advice_sessions import Advised, Told, outing


def test_a_cue_whose_time_never_comes_is_told_of_and_what_follows_it_too(told: Told) -> None:
    cues = "[{every: 6m, text: Still here?}, {after: 2s, text: Good.}]"
    assert told("never-said", outing(f"easy: {{lasts: 4m, say: {cues}}}")) == (
        "run.yaml:5:47: advice[never-said]: these words are never said: they come every 6m, and this easy block lasts "
        "4m at most\n"
        "   5 |   - easy: {lasts: 4m, say: [{every: 6m, text: Still here?}, {after: 2s, text: Good.}]}\n"
        "     |                                               ^^^^^^^^^^^\n"
        "     help: write a shorter time after `every` (the last 15 seconds stay free), or use `at`\n"
        "\n"
        "run.yaml:5:79: advice[never-said]: these words are never said: the cue they follow never is\n"
        "   5 |   - easy: {lasts: 4m, say: [{every: 6m, text: Still here?}, {after: 2s, text: Good.}]}\n"
        "     |                                                                               ^^^^^\n"
        "     help: mend that one first, or place this one with `at`"
    )


@pytest.mark.parametrize(("every", "never"), [("105s", 0), ("106s", 1)])
def test_the_last_fifteen_seconds_stay_free(every: str, never: int, advised: Advised) -> None:
    text = outing(f"free: {{lasts: 2m, say: {{every: {every}, text: So.}}}}", breath="none")
    assert len(advised("never-said", text)) == never


def test_what_a_longer_session_would_say_is_no_mistake(advised: Advised) -> None:
    text = outing("free: {lasts: 2m..20m, say: {every: 6m, text: So.}}", "free: 2m..9m", length="5m")
    assert advised("never-said", text) == ()


def test_what_is_said_in_one_of_several_rounds_is_said(advised: Advised) -> None:
    text = outing("repeat: {times: 3, blocks: [{free: {lasts: 3m, say: {every: 1m, text: So.}}}]}")
    assert advised("never-said", text) == ()
