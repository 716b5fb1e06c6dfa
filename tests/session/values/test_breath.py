import pytest
from value_errors import refusal

from coach.session.session import NO_BREATH, Breath
from coach.session.values.breath import BREATH


@pytest.mark.parametrize("text", ["3 in / 2 out", "3/2", "3-in/2-out", "3in/2out", "3 In / 2 Out"])
def test_a_breath_is_read_as_any_author_writes_it(text: str) -> None:
    assert BREATH.parse(text) == Breath(steps_in=3, steps_out=2)
    assert BREATH.rewrite(text) == "3 in / 2 out"


def test_a_breath_can_be_none_and_is_twelve_steps_at_most() -> None:
    assert BREATH.parse("none") == NO_BREATH
    assert BREATH.rewrite("None") == "none"
    assert refusal(BREATH, "13/3") == ("'13/3' is outside 1-12 steps", "3 in / 3 out suits easy running")
    assert refusal(BREATH, "2-2") == ("'2-2' is not a breath", "write 2 in / 2 out")
    assert refusal(BREATH, "deep") == ("'deep' is not a breath", "write 3 in / 3 out, 3/2, or none")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3-3", "3 in / 3 out"),
        ("3:2", "3 in / 2 out"),
        ("3 in 3 out", "3 in / 3 out"),
        ("3 in, 2 uit", "3 in / 2 out"),
        ("no", "none"),
        ("33", None),
        ("3", None),
    ],
)
def test_an_invalid_breath_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert BREATH.correct(text) == meant
