import pytest
from value_errors import refusal

from coach.session.session import After, AtShare, Every, FromEnd, FromStart
from coach.session.values.cue_place import CUE_AFTER, CUE_AT, CUE_EVERY


def test_a_cue_counts_from_the_start_the_end_or_as_a_share() -> None:
    assert [CUE_AT.parse(text) for text in ("30s", "-20s", "40%", "-0s")] == [
        FromStart(seconds=30),
        FromEnd(seconds=20),
        AtShare(share=0.4),
        FromEnd(seconds=0),
    ]
    assert refusal(CUE_AT, "101%") == ("'101%' is not a share", "write a share from 0% to 100%")


def test_a_cue_follows_another_or_comes_again_and_again() -> None:
    assert (CUE_AFTER.parse("0s"), CUE_EVERY.parse("2m")) == (After(seconds=0), Every(period_s=120))
    assert refusal(CUE_EVERY, "9s") == ("'9s' is too often to repeat a cue", "write 10s or more")


@pytest.mark.parametrize(
    ("text", "rewritten"), [("40 %", "40%"), ("-1m30s", "-90s"), ("- 20s", "-20s"), ("-0s", "-0s")]
)
def test_every_spelling_is_rewritten_to_one(text: str, rewritten: str) -> None:
    assert CUE_AT.rewrite(text) == rewritten


@pytest.mark.parametrize(
    ("text", "meant"),
    [("-20", "-20s"), ("− 20 sec", "-20s"), ("30", None), ("40,5%", "40.5%"), ("40 procent", "40%")],
)
def test_an_invalid_place_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert CUE_AT.correct(text) == meant
