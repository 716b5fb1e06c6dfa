"""Each value in the one way the coach writes it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.session.values import forms, scalars


@pytest.mark.parametrize(
    ("form", "written", "formed"),
    [
        (forms.time, "1m30s", "90s"),
        (forms.time, "3:30", "3m30s"),
        (forms.time, "60s", "1m"),
        (forms.time, "1:05:00", "1h5m"),
        (forms.time, "0120s", "2m"),
        (forms.time, "2.25s", "2.25s"),
        (forms.time, "-1m30s", "-90s"),
        (forms.time, "-0s", "-0s"),
        (forms.time, "soon", "soon"),
        (forms.span, "60s .. 2m00s", "1m..2m"),
        (forms.span, "3:00...8m", "3m..8m"),
        (forms.cadence, "158.0", "158"),
        (forms.cadence, "150→160", "150 -> 160"),
        (forms.cadence, "150->+6", "150 -> +6"),
        (forms.cadence, "-8", "-8"),
        (forms.breath, "3/3", "3 in / 3 out"),
        (forms.breath, "2-in/3-out", "2 in / 3 out"),
        (forms.breath, "None", "none"),
        (forms.switch, "On", "on"),
        (forms.switch, "1m30s", "90s"),
        (forms.place, "40 %", "40%"),
        (forms.place, "-1m30s", "-90s"),
    ],
)
def test_what_is_written_in_many_ways_is_written_in_one(form: Callable[[str], str], written: str, formed: str) -> None:
    assert form(written) == formed


@settings(deadline=None)
@given(tenths=st.integers(0, 432_000), sign=st.sampled_from(["", "-"]))
def test_a_time_stays_the_same_time_and_is_formed_once(tenths: int, sign: str) -> None:
    formed = sign + forms.duration(tenths / 10)
    assert scalars.time(formed, below_zero=True) == float(f"{sign}{tenths / 10}")
    assert forms.time(formed) == formed


@settings(deadline=None)
@given(written=st.text(alphabet="0123456789hms.:-+>/ inout%→", max_size=14))
def test_no_form_changes_a_value(written: str) -> None:
    for form, read in ((forms.span, scalars.span), (forms.cadence, scalars.ramp), (forms.breath, scalars.breath)):
        formed = form(written)
        assert form(formed) == formed
        if formed != written:
            assert read(formed) == read(written)
