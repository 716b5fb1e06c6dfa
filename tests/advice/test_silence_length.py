"""Silences: quiet, and long enough to be noticed."""

import pytest
from advice_sessions import Advised, Told, outing


def test_a_short_silence_is_told_what_is_left_of_it(told: Told) -> None:
    assert told("silence-short", outing("silence: {lasts: 40s, bell: none}")) == (
        "run.yaml:5:5: advice[silence-short]: this silence lasts 40s, and its words leave 21s of it quiet\n"
        "   5 |   - silence: {lasts: 40s, bell: none}\n"
        "     |     ^^^^^^^\n"
        "     help: give it two minutes or more, so that there is time to hear what else there is"
    )


@pytest.mark.parametrize(("lasts", "short"), [("44s", 1), ("45s", 0)])
def test_three_quarters_of_a_minute_are_heard_as_quiet(lasts: str, short: int, advised: Advised) -> None:
    assert len(advised("silence-short", outing(f"silence: {{lasts: {lasts}, say: none}}"))) == short


def test_ticks_in_a_silence_are_told_of(told: Told) -> None:
    assert told("silence-broken", outing("silence: {lasts: 3m, ticks: 20s}")) == (
        "run.yaml:5:33: advice[silence-broken]: it ticks in this silence\n"
        "   5 |   - silence: {lasts: 3m, ticks: 20s}\n"
        "     |                                 ^^^\n"
        "     help: leave the ticks out: `ticks: off`"
    )


def test_words_amid_a_silence_are_told_of(told: Told) -> None:
    assert told("silence-broken", outing("silence: {lasts: 3m, say-also: {at: 50%, text: Hello.}}")) == (
        "run.yaml:5:52: advice[silence-broken]: these words come in the midst of a silence\n"
        "   5 |   - silence: {lasts: 3m, say-also: {at: 50%, text: Hello.}}\n"
        "     |                                                    ^^^^^^\n"
        "     help: move them to its start or its end, or make it an `easy` block"
    )


@pytest.mark.parametrize(("place", "broken"), [("20s", 0), ("21s", 1), ("-21s", 1), ("-20s", 0)])
def test_the_first_and_the_last_twenty_seconds_may_have_words(place: str, broken: int, advised: Advised) -> None:
    text = outing(f"silence: {{lasts: 3m, say: {{at: {place}, text: So.}}}}", breath="none")
    assert len(advised("silence-broken", text)) == broken


def test_other_kinds_may_be_as_short_and_as_loud_as_they_like(advised: Advised) -> None:
    text = outing("free: {lasts: 3m, ticks: on, say: {at: 50%, text: Hello.}}", "free: 20s")
    assert advised("silence-broken", text) == advised("silence-short", text) == ()
