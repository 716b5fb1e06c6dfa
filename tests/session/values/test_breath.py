import pytest
from hypothesis import given
from hypothesis import strategies as st
from value_errors import refusal

from coach.session.session import NO_BREATH, Breath
from coach.session.values.breath import BREATH

steps = st.integers(1, 12)
seconds = st.integers(10, 200).map(lambda tenths: tenths / 10)
breaths = st.builds(
    Breath, inhale=steps, exhale=steps, held_in=st.just(0) | steps, held_out=st.just(0) | steps
) | st.builds(
    Breath,
    inhale=seconds,
    exhale=seconds,
    held_in=st.just(0) | seconds,
    held_out=st.just(0) | seconds,
    in_seconds=st.sampled_from([True]),
)


@pytest.mark.parametrize("text", ["3 in / 2 out", "3/2", "3-in/2-out", "3in/2out", "3 In / 2 Out"])
def test_a_breath_is_read_as_any_author_writes_it(text: str) -> None:
    assert BREATH.parse(text) == Breath(inhale=3, exhale=2)
    assert BREATH.rewrite(text) == "3 in / 2 out"


@pytest.mark.parametrize(
    ("text", "breath", "written"),
    [
        ("4 in/2 hold/4 out", Breath(inhale=4, held_in=2, exhale=4), "4 in / 2 hold / 4 out"),
        ("4/7/8", Breath(inhale=4, held_in=7, exhale=8), "4 in / 7 hold / 8 out"),
        ("4/4/4/4", Breath(inhale=4, held_in=4, exhale=4, held_out=4), "4 in / 4 hold / 4 out / 4 hold"),
        ("4 in / 6 out / 2 hold", Breath(inhale=4, exhale=6, held_out=2), "4 in / 6 out / 2 hold"),
        ("4/0/6/0", Breath(inhale=4, exhale=6), "4 in / 6 out"),
        ("4s/6s", Breath(inhale=4, exhale=6, in_seconds=True), "4s in / 6s out"),
        ("5.5S in / 5.5s out", Breath(inhale=5.5, exhale=5.5, in_seconds=True), "5.5s in / 5.5s out"),
        (
            "4s in / 0.5s hold / 6s out",
            Breath(inhale=4, held_in=0.5, exhale=6, in_seconds=True),
            "4s in / 0.5s hold / 6s out",
        ),
    ],
)
def test_a_breath_may_be_held_and_may_be_in_seconds(text: str, breath: Breath, written: str) -> None:
    assert BREATH.parse(text) == breath
    assert BREATH.rewrite(text) == written


@given(breaths)
def test_a_breath_is_read_as_it_is_written_and_its_phases_add_up(breath: Breath) -> None:
    assert BREATH.parse(BREATH.format(breath)) == breath
    assert sum(length for _, length in breath.phases) == pytest.approx(breath.length)
    names = [name for name, _ in breath.phases]
    assert [name for name in names if name != "hold"] == ["in", "out"]
    assert names.count("hold") == (breath.held_in > 0) + (breath.held_out > 0)
    assert breath.is_held == ("hold" in names)


def test_a_breath_can_be_none_and_is_twelve_steps_or_twenty_seconds_at_most() -> None:
    assert BREATH.parse("none") == NO_BREATH
    assert BREATH.rewrite("None") == "none"
    assert refusal(BREATH, "13/3") == ("'13/3' is outside 1-12 steps", "3 in / 3 out suits easy running")
    assert refusal(BREATH, "4/13/4") == ("'4/13/4' is outside 1-12 steps", "3 in / 3 out suits easy running")
    assert refusal(BREATH, "4s/21s") == ("'4s/21s' is outside 1-20 seconds", "4s in / 6s out calms, standing still")
    assert refusal(BREATH, "2-2") == ("'2-2' is not a breath", "write 2 in / 2 out")
    for text in ("deep", "4/4/4/4/4", "4 in / 4 hold", "4 hold / 4 in", "4.5 in / 4 out", "/", "4/0"):
        message, advice = refusal(BREATH, text)
        if text == "4/0":
            assert message == "'4/0' is outside 1-12 steps"
        else:
            assert message == f"'{text}' is not a breath"
            assert advice == "write 3 in / 3 out, 4 in / 2 hold / 4 out, 4s in / 6s out, or none"


def test_steps_and_seconds_are_not_mixed() -> None:
    assert refusal(BREATH, "4s in / 6 out") == (
        "'4s in / 6 out' is partly in steps and partly in seconds",
        "write 4s in / 6s out",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3-3", "3 in / 3 out"),
        ("3:2", "3 in / 2 out"),
        ("3 in 3 out", "3 in / 3 out"),
        ("3 in, 2 uit", "3 in / 2 out"),
        ("4 in, 2 vast, 4 uit", "4 in / 2 hold / 4 out"),
        ("4 in / 4 vasthouden / 4 uit / 4 wachten", "4 in / 4 hold / 4 out / 4 hold"),
        ("in 4, hold 2, out 4", "4 in / 2 hold / 4 out"),
        ("in 4 hold 2 out 4", "4 in / 2 hold / 4 out"),
        ("4-4-4-4", "4 in / 4 hold / 4 out / 4 hold"),
        ("4 sec in / 6 sec uit", "4s in / 6s out"),
        ("4 seconden in, 2 seconden vast en 6 seconden uit", "4s in / 2s hold / 6s out"),
        ("4,5 s in / 6 s uit", "4.5s in / 6s out"),
        ("3 stappen in, 3 stappen uit", "3 in / 3 out"),
        ("4 stappen in, 4 seconden uit", None),
        ("4 uit / 4 in", None),
        ("4 in / 4 vast", None),
        ("no", "none"),
        ("33", None),
        ("3", None),
    ],
)
def test_an_invalid_breath_is_corrected_where_that_is_certain(text: str, meant: str | None) -> None:
    assert BREATH.correct(text) == meant
