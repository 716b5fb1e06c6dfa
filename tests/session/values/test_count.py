import pytest
from value_errors import refusal

from coach.session.values.count import COUNT, FORMAT_VERSION


@pytest.mark.parametrize(("text", "meant"), [("6x", "6"), ("6 keer", "6"), ("0", None), ("six", None)])
def test_an_invalid_count_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert COUNT.correct(text) == meant


def test_there_is_one_format() -> None:
    assert FORMAT_VERSION.parse(" 1 ") == 1
    assert refusal(FORMAT_VERSION, "2") == ("this coach reads format 1, not '2'", "write coach: 1")
