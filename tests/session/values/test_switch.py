import pytest
from value_errors import refusal

from coach.session.session import THROUGHOUT_S
from coach.session.values.duration import SWITCH


def test_a_switch_is_on_off_or_how_long() -> None:
    assert [SWITCH.parse(text) for text in ("on", "off", "90s")] == [THROUGHOUT_S, 0.0, 90.0]
    assert refusal(SWITCH, "yes") == ("'yes' is not on, off or a time", "write on")
    assert refusal(SWITCH, "soft") == ("'soft' is not on, off or a time", "write on, off, or how long, like 90s")


@pytest.mark.parametrize(("text", "rewritten"), [("On", "on"), ("1m30s", "90s"), ("0s", "0s")])
def test_every_spelling_is_rewritten_to_one(text: str, rewritten: str) -> None:
    assert SWITCH.rewrite(text) == rewritten


@pytest.mark.parametrize(("text", "meant"), [("Yes", "on"), ("uit", "off"), ("90 sec", "90s"), ("soft", None)])
def test_an_invalid_switch_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert SWITCH.correct(text) == meant
