import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from value_errors import refusal

from coach.session.values.duration import DURATION, DURATION_OR_ZERO, LONGEST_S, TIME_HELP, format_duration
from coach.units import seconds_to_clock, seconds_to_text

TIMES_S = st.integers(min_value=0, max_value=int(LONGEST_S) * 10).map(lambda tenths: tenths / 10)


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
    assert DURATION_OR_ZERO.parse(text) == seconds


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("180", "'180' has no unit", "write a unit: 180s"),
        ("5", "'5' has no unit", "write a unit: 5s or 5m"),
        ("1.5", "'1.5' has no unit", "write a unit: 1.5s"),
        ("", "'' is not a time", TIME_HELP),
        ("soon", "'soon' is not a time", TIME_HELP),
        ("3 min", "'3 min' is not a time", "write 3m"),
        ("90 sec", "'90 sec' is not a time", "write 90s"),
        ("1.5m", "'1.5m' is not a time", "write 90s"),
        ("2 uur", "'2 uur' is not a time", "write 2h"),
        ("1m90s", "'1m90s' counts past 60", "write 2m30s"),
        ("3:75", "'3:75' is not a valid time", "write 4m15s"),
        ("1:5:00", "'1:5:00' is not a valid time", "write 1h5m"),
        ("-20s", "'-20s' is a negative time", "write 20s"),
        ("13h", "'13h' is longer than 12h", "the longest time is 12h"),
        ("9" * 400 + "s", f"'{'9' * 37}...' is not a time", TIME_HELP),
        ("٣m", "'٣m' is not a time", TIME_HELP),
        ("3m..8m", "'3m..8m' is a span, and only one time fits here", TIME_HELP),
        ("0s", "'0s' is zero", "write at least 1s"),
    ],
)
def test_an_invalid_time_is_refused_with_help(text: str, message: str, advice: str) -> None:
    assert refusal(DURATION, text) == (message, advice)


@settings(deadline=None)
@given(TIMES_S)
def test_a_time_comes_back_from_the_text_it_is_printed_as(seconds: float) -> None:
    assert DURATION_OR_ZERO.parse(seconds_to_text(seconds)) == pytest.approx(seconds, abs=1e-9)
    assert DURATION_OR_ZERO.parse(format_duration(seconds)) == seconds
    assert DURATION_OR_ZERO.rewrite(format_duration(seconds)) == format_duration(seconds)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=int(LONGEST_S)))
def test_a_time_comes_back_from_the_clock_it_is_shown_on(seconds: int) -> None:
    assert DURATION_OR_ZERO.parse(seconds_to_clock(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("1m30s", "90s"),
        ("3:30", "3m30s"),
        ("60s", "1m"),
        ("1:05:00", "1h5m"),
        ("0120s", "2m"),
        ("2.25s", "2.25s"),
        ("soon", "soon"),
    ],
)
def test_every_spelling_is_rewritten_to_one(text: str, rewritten: str) -> None:
    assert DURATION.rewrite(text) == rewritten


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("90 s", "90s"),
        ("90sec", "90s"),
        ("90 seconden.", "90s"),
        ("2 min", "2m"),
        ("24 minuten", "24m"),
        ("0.5m", "30s"),
        ("2,5 min", "2m30s"),
        ("1.5h", "1h30m"),
        ("1 uur 5", None),
        ("1u5m", "1h5m"),
        ("2 minuten en 30 seconden", "2m30s"),
        ("1 hour, 10 mins", "1h10m"),
        ("1m90s", "2m30s"),
        ("24:75", "25m15s"),
        ("“3m”", "3m"),
        ("3M", "3m"),
        ("1500", "1500s"),
        ("24", None),
        ("5m 2h", None),
        ("13 uur", None),
        ("- 20 sec", None),
        ("soon", None),
    ],
)
def test_an_invalid_time_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert DURATION.correct(text) == meant
