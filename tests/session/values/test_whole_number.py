import pytest
from value_errors import refusal

from coach.session.values.whole_number import COUNT, FORMAT_VERSION, TRACK_NUMBER, YEAR


@pytest.mark.parametrize(("text", "meant"), [("6x", "6"), ("6 keer", "6"), ("0", None), ("six", None)])
def test_an_invalid_count_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert COUNT.correct(text) == meant


def test_a_number_in_an_album_and_a_year_have_limits() -> None:
    assert (TRACK_NUMBER.parse("03"), TRACK_NUMBER.parse("999"), YEAR.parse("2026")) == (3, 999, 2026)
    assert refusal(TRACK_NUMBER, "1000") == ("'1000' is not a whole number from 1 to 999", "write a number like 3")
    assert refusal(TRACK_NUMBER, "3/12") == ("'3/12' is not a whole number from 1 to 999", "write a number like 3")
    assert refusal(YEAR, "26") == ("'26' is not a whole number from 1000 to 2999", "write a year like 2026")


def test_there_is_one_format() -> None:
    assert FORMAT_VERSION.parse(" 1 ") == 1
    assert refusal(FORMAT_VERSION, "2") == ("this coach reads format 1, not '2'", "write coach: 1")
