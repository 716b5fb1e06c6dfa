from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.session.session import NO_BREATH, THROUGHOUT_S, Breath, CadenceValue, CuePlace, Ramp, Span
from coach.session.values import scalars
from coach.session.values.scalars import ScalarError
from coach.units import seconds_to_clock, seconds_to_text

TIMES_S = st.integers(min_value=0, max_value=int(scalars.LONGEST_S) * 10).map(lambda tenths: tenths / 10)


def refusal(read: Callable[[str], Any], text: str) -> tuple[str, str]:
    with pytest.raises(ScalarError) as caught:
        read(text)
    return caught.value.message, caught.value.help


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("3m", 180),
        ("1m30s", 90),
        ("1h5m", 3900),
        ("1h", 3600),
        ("1h0m30s", 3630),
        ("3:30", 210),
        ("0:45", 45),
        ("90:00", 5400),
        ("1:05:00", 3900),
        ("1.5s", 1.5),
        ("1m0.25s", 60.25),
        (" 3m ", 180),
        ("0s", 0),
    ],
)
def test_a_time_is_read(text: str, seconds: float) -> None:
    assert scalars.time(text) == seconds


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("180", "'180' has no unit", "write a unit: 180s"),
        ("5", "'5' has no unit", "write a unit: 5s or 5m"),
        ("1.5", "'1.5' has no unit", "write a unit: 1.5s"),
        ("", "'' is not a time", scalars.TIME_HELP),
        ("soon", "'soon' is not a time", scalars.TIME_HELP),
        ("3 min", "'3 min' is not a time", "write 3m"),
        ("1.5m", "'1.5m' is not a time", "write 1m30s"),
        ("2 uur", "'2 uur' is not a time", "write 2h"),
        ("1m90s", "'1m90s' counts past 60", "write 2m30s"),
        ("3:75", "'3:75' is no time on a clock", "write 4m15s"),
        ("1:5:00", "'1:5:00' is no time on a clock", "write 1h5m"),
        ("-20s", "'-20s' is a negative time", "write 20s"),
        ("13h", "'13h' is longer than 12h", "the longest time is 12h"),
        ("9" * 400 + "s", f"'{'9' * 37}...' is not a time", scalars.TIME_HELP),
        ("٣m", "'٣m' is not a time", scalars.TIME_HELP),
        ("3m..8m", "'3m..8m' is a span, and one time is wanted here", scalars.TIME_HELP),
    ],
)
def test_what_is_no_time_is_refused_with_a_way_out(text: str, message: str, advice: str) -> None:
    assert refusal(scalars.time, text) == (message, advice)


@settings(deadline=None)
@given(TIMES_S)
def test_a_time_comes_back_from_the_text_it_is_printed_as(seconds: float) -> None:
    assert scalars.time(seconds_to_text(seconds)) == pytest.approx(seconds, abs=1e-9)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=int(scalars.LONGEST_S)))
def test_a_time_comes_back_from_the_clock_it_is_shown_on(seconds: int) -> None:
    assert scalars.time(seconds_to_clock(seconds)) == seconds


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_value_or_is_refused(text: str) -> None:
    for read in (scalars.time, scalars.span, scalars.ramp, scalars.breath, scalars.switch, scalars.at, scalars.whole):
        with suppress(ScalarError):
            read(text)


@settings(deadline=None)
@given(TIMES_S.filter(bool), TIMES_S.filter(bool))
def test_a_span_comes_back_from_its_two_times(one: float, other: float) -> None:
    first, last = sorted((one, other))
    read = scalars.span(f"{seconds_to_text(first)}..{seconds_to_text(last)}")
    assert (read.shortest_s, read.longest_s) == pytest.approx((first, last), abs=1e-9)


def test_a_span_of_one_time_is_not_elastic() -> None:
    assert scalars.span("3m") == Span(shortest_s=180, longest_s=180)


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("8m..3m", "'8m..3m' runs from long to short", "write 3m..8m"),
        ("3m-8m", "'3m-8m' is not a time", "write a span as 3m..8m"),
        ("3m tot 8m", "'3m tot 8m' is not a time", "write a span as 3m..8m"),
        ("0s", "'0s' is no time at all", "write at least 1s"),
        ("3..8m", "'3' has no unit", "write a unit: 3s or 3m"),
    ],
)
def test_what_is_no_span_is_refused_with_a_way_out(text: str, message: str, advice: str) -> None:
    assert refusal(scalars.span, text) == (message, advice)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("158", CadenceValue(spm=158), CadenceValue(spm=158)),
        ("+6", CadenceValue(spm=6, relative=True), CadenceValue(spm=6, relative=True)),
        ("150 -> 160", CadenceValue(spm=150), CadenceValue(spm=160)),
        ("150->-8", CadenceValue(spm=150), CadenceValue(spm=-8, relative=True)),
        ("-8 → +0", CadenceValue(spm=-8, relative=True), CadenceValue(spm=0, relative=True)),
    ],
)
def test_a_cadence_is_steady_or_a_ramp_and_absolute_or_relative(
    text: str, start: CadenceValue, end: CadenceValue
) -> None:
    assert scalars.ramp(text) == Ramp(start=start, end=end)


@pytest.mark.parametrize("text", ["59", "221", "1e2", "+200", "150 -> 160 -> 170", "fast", "", "->"])
def test_what_nobody_runs_is_no_cadence(text: str) -> None:
    with pytest.raises(ScalarError):
        scalars.ramp(text)


def test_the_sessions_cadence_is_one_plain_number() -> None:
    assert scalars.steady_spm("158.5") == 158.5
    for text in ("+6", "150 -> 160"):
        assert refusal(scalars.steady_spm, text)[0] == f"the session's cadence is one plain number, not '{text}'"


@pytest.mark.parametrize("text", ["3 in / 2 out", "3/2", "3-in/2-out", "3in/2out", "3 In / 2 Out"])
def test_a_breath_is_read_as_any_author_writes_it(text: str) -> None:
    assert scalars.breath(text) == Breath(steps_in=3, steps_out=2)


def test_a_breath_can_be_none_and_is_twelve_steps_at_most() -> None:
    assert scalars.breath("none") == NO_BREATH
    assert refusal(scalars.breath, "13/3") == ("'13/3' is outside 1-12 steps", "3 in / 3 out suits easy running")
    assert refusal(scalars.breath, "3-3") == ("'3-3' is not a breath", "write 3 in / 3 out, 3/2, or none")


def test_a_switch_is_on_off_or_how_long() -> None:
    assert [scalars.switch(text) for text in ("on", "off", "90s")] == [THROUGHOUT_S, 0.0, 90.0]
    assert refusal(scalars.switch, "yes") == ("'yes' is not on, off or a time", "write on")


def test_a_cue_counts_from_the_start_the_end_or_as_a_share() -> None:
    places = [scalars.at(text) for text in ("30s", "-20s", "40%", "-0s")]
    assert places == [
        CuePlace(kind="start", amount=30),
        CuePlace(kind="end", amount=20),
        CuePlace(kind="share", amount=0.4),
        CuePlace(kind="end", amount=0),
    ]
    assert refusal(scalars.at, "101%") == ("'101%' is not a share", "write a share from 0% to 100%")
