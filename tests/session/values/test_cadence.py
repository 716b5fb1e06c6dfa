import pytest
from value_errors import refusal

from coach.session.session import AbsoluteCadence, CadenceValue, Ramp, RelativeCadence
from coach.session.values.cadence import CADENCE, STEADY_CADENCE
from coach.session.values.value_kind import ScalarError


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("158", AbsoluteCadence(spm=158), AbsoluteCadence(spm=158)),
        ("+6", RelativeCadence(offset_spm=6), RelativeCadence(offset_spm=6)),
        ("150 -> 160", AbsoluteCadence(spm=150), AbsoluteCadence(spm=160)),
        ("150->-8", AbsoluteCadence(spm=150), RelativeCadence(offset_spm=-8)),
        ("-8 → +0", RelativeCadence(offset_spm=-8), RelativeCadence(offset_spm=0)),
    ],
)
def test_a_cadence_is_steady_or_a_ramp_and_absolute_or_relative(
    text: str, start: CadenceValue, end: CadenceValue
) -> None:
    assert CADENCE.parse(text) == Ramp(start=start, end=end)


@pytest.mark.parametrize("text", ["59", "221", "1e2", "+200", "150 -> 160 -> 170", "fast", "", "->"])
def test_an_impossible_cadence_is_refused(text: str) -> None:
    with pytest.raises(ScalarError):
        CADENCE.parse(text)


def test_the_sessions_cadence_is_one_plain_number() -> None:
    assert STEADY_CADENCE.parse("158.5") == 158.5
    for text in ("+6", "150 -> 160"):
        assert refusal(STEADY_CADENCE, text)[0] == f"the session's cadence is one plain number, not '{text}'"


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("158.0", "158"),
        ("150→160", "150 -> 160"),
        ("150->+6", "150 -> +6"),
        ("150 -> 150.0", "150 -> 150"),
        ("-8", "-8"),
        ("-0", "-0"),
    ],
)
def test_every_spelling_is_rewritten_to_one(text: str, rewritten: str) -> None:
    assert CADENCE.rewrite(text) == rewritten


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("112 > 156", "112 -> 156"),
        ("150 to 160", "150 -> 160"),
        ("157,5", "157.5"),
        ("158 spm", "158"),
        ("fast", None),
    ],
)
def test_an_invalid_cadence_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert CADENCE.correct(text) == meant
