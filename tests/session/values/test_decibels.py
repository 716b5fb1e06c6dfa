import pytest
from value_errors import refusal

from coach.session.values.sound import DECIBELS


@pytest.mark.parametrize(
    ("text", "level_db", "written"),
    [
        ("-3dB", -3.0, "-3dB"),
        ("+2.5 DB", 2.5, "+2.5dB"),
        ("6db", 6.0, "+6dB"),
        ("-0dB", 0.0, "0dB"),
        ("-40.00dB", -40.0, "-40dB"),
    ],
)
def test_a_level_is_decibels_with_their_unit(text: str, level_db: float, written: str) -> None:
    assert DECIBELS.parse(text) == level_db
    assert DECIBELS.rewrite(text) == written


def test_other_texts_are_refused_with_a_way_out() -> None:
    assert refusal(DECIBELS, "-3") == ("'-3' is not a level in decibels", "write -3dB")
    assert refusal(DECIBELS, "13dB") == ("'13dB' is outside -40 to +12 dB", "try -6dB or +3dB first, and listen")
    assert refusal(DECIBELS, "loud") == (
        "'loud' is not a level in decibels",
        "write how much louder or softer, like +2dB or -3dB",
    )


@pytest.mark.parametrize(("text", "meant"), [("\N{MINUS SIGN}3,5 decibel", "-3.5dB"), ("+ 3", "+3dB"), ("50", None)])
def test_a_level_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert DECIBELS.correct(text) == meant
