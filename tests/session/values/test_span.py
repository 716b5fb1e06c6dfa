import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from value_errors import refusal

from coach.session.session import Span
from coach.session.values.duration import SPAN
from coach.units import seconds_to_text

TIMES_S = st.integers(1, 432_000).map(lambda tenths: tenths / 10)


@settings(deadline=None)
@given(TIMES_S, TIMES_S)
def test_a_span_comes_back_from_its_two_times(one: float, other: float) -> None:
    first, last = sorted((one, other))
    read = SPAN.parse(f"{seconds_to_text(first)}..{seconds_to_text(last)}")
    assert (read.shortest_s, read.longest_s) == pytest.approx((first, last), abs=1e-9)


def test_a_span_of_one_time_is_not_elastic() -> None:
    assert SPAN.parse("3m") == Span(shortest_s=180, longest_s=180)


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("8m..3m", "'8m..3m' runs from long to short", "write 3m..8m"),
        ("480s..3m", "'480s..3m' runs from long to short", "write 3m..8m"),
        ("3m-8m", "'3m-8m' is not a time", "write a span as 3m..8m"),
        ("3m tot 8m", "'3m tot 8m' is not a time", "write a span as 3m..8m"),
        ("0s", "'0s' is zero", "write at least 1s"),
        ("3..8m", "'3' has no unit", "write 3m..8m"),
        ("3..8", "'3' has no unit", "write a unit: 3s or 3m"),
    ],
)
def test_an_invalid_span_is_refused_with_help(text: str, message: str, advice: str) -> None:
    assert refusal(SPAN, text) == (message, advice)


@pytest.mark.parametrize(
    ("text", "rewritten"), [("60s .. 2m00s", "1m..2m"), ("3:00...8m", "3m..8m"), ("180s..3m", "3m..3m")]
)
def test_every_spelling_is_rewritten_to_one(text: str, rewritten: str) -> None:
    assert SPAN.rewrite(text) == rewritten


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("180", "180s"),
        ("90", "90s"),
        ("5", None),
        ("3m-5m", "3m..5m"),
        ("3m – 5m", "3m..5m"),
        ("3-5 min", "3m..5m"),
        ("3m to 5m", "3m..5m"),
        ("3m tot 5m", "3m..5m"),
        ("8m..3m", "3m..8m"),
        ("2..5m", "2m..5m"),
        ("3m…5m", "3m..5m"),
        ("1..3", None),
        ("3m--5m", None),
        ("1m-2m-3m", None),
    ],
)
def test_an_invalid_span_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert SPAN.correct(text) == meant
