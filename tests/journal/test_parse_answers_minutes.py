import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.journal.parse_answers import UnclearError, parse_length_s

UNDERSTOOD = {
    15: ["kwartier", "een kwartiertje", "a quarter of an hour"],
    20: ["20", "twintig", "kort", "Shorter"],
    25: ["25", "25m", "25 min", "25 minuten", "25 minutes.", "25:00", "zo'n 25 minuten", "twenty-five", "twenty five"],
    30: ["half uur", "een half uur", "halfuurtje", "half an hour", "a half hour", "0,5 uur"],
    35: ["35min", "vijfendertig minuten", "0:35:00"],
    43: ["drieënveertig", "drieenveertig", "forty-three"],
    45: ["drie kwartier", "three quarters of an hour", "driekwart uur", "lang", "long"],
    60: ["uur", "een uur", "an hour", "1h", "1 uur", "60"],
    65: ["1:05:00", "1u5", "1 hour and 5 minutes"],
    75: ["vijf kwartier", "1u15", "1 uur en 15 minuten"],
    90: ["anderhalf uur", "an hour and a half", "one and a half hours", "1.5h", "1,5 uur", "een uur en een half"],
    150: ["twee en een half uur", "two and a half hours", "2 hours and a half"],
    180: ["3 uur", "drie uur", "180"],
}


@pytest.mark.parametrize(("minutes", "typed"), UNDERSTOOD.items(), ids=map(str, UNDERSTOOD))
def test_a_length_is_understood(minutes: int, typed: list[str]) -> None:
    assert {words: parse_length_s(words) for words in typed} == dict.fromkeys(typed, minutes * 60.0)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("wat fijn is", "unclear"),
        ("5 km", "unclear"),
        ("5k", "unclear"),
        ("4", "beyond"),
        ("1:15", "beyond"),
        ("200", "beyond"),
        ("4 uur", "beyond"),
        ("9" * 5000, "beyond"),
        ("20-30", "several"),
        ("20 of 30 minuten", "several"),
    ],
)
def test_a_length_that_cannot_be_told_says_why(typed: str, why: str) -> None:
    with pytest.raises(UnclearError, match=f"^{why}$"):
        parse_length_s(typed)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["", " uur", "half ", " min", ":30"]))
def test_whatever_is_typed_is_understood_or_asked_again(typed: str, more: str) -> None:
    try:
        assert 300.0 <= parse_length_s(typed + more) <= 10_800.0
    except UnclearError as error:
        assert error.why in ("unclear", "beyond", "several")  # noqa: PT017 - either will do


@given(st.integers(min_value=5, max_value=180))
def test_any_number_of_minutes_within_reach_is_taken(minutes: int) -> None:
    assert parse_length_s(f"{minutes}") == minutes * 60.0
