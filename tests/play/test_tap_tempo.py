import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.play.screen.key_controller import LEAST_TAPS, MOST_TAPS, TapTempo


def tapped(intervals: list[float], start_s: float = 100.0) -> TapTempo:
    taps, at_s = TapTempo(), start_s
    taps.tap(at_s)
    for interval in intervals:
        at_s += interval
        taps.tap(at_s)
    return taps


def test_even_taps_show_their_cadence() -> None:
    assert tapped([0.375] * 7).cadence_spm(running=True, beside_spm=158.0) == pytest.approx(160.0)


def test_seven_taps_are_too_few() -> None:
    assert tapped([0.375] * 6).cadence_spm(running=True, beside_spm=158.0) is None


def test_before_the_first_tap_there_is_neither_a_cadence_nor_a_last_one() -> None:
    assert TapTempo().cadence_spm(running=True, beside_spm=158.0) is None
    assert TapTempo().last_s is None


def test_a_missed_step_changes_nothing() -> None:
    assert tapped([0.375] * 4 + [0.75] + [0.375] * 4).cadence_spm(running=True, beside_spm=158.0) == pytest.approx(
        160.0
    )


def test_a_key_that_bounces_counts_once() -> None:
    taps = tapped([0.375] * 7)
    taps.tap(taps.last_s + 0.03 if taps.last_s else 0.0)
    assert taps.count == 8
    assert taps.cadence_spm(running=True, beside_spm=158.0) == pytest.approx(160.0)


def test_every_second_step_while_running_counts_double() -> None:
    assert tapped([0.75] * 7).cadence_spm(running=True, beside_spm=158.0) == pytest.approx(160.0)


def test_walking_out_is_walking_and_no_running_at_half_the_taps() -> None:
    assert tapped([0.6] * 7).cadence_spm(running=True, beside_spm=106.0) == pytest.approx(100.0)


def test_who_does_not_run_is_taken_at_their_word() -> None:
    assert tapped([0.75] * 7).cadence_spm(running=False, beside_spm=158.0) == pytest.approx(80.0)


@pytest.mark.parametrize("interval", [0.2, 1.3])
def test_what_nobody_steps_is_no_cadence(interval: float) -> None:
    assert tapped([interval] * 9).cadence_spm(running=True, beside_spm=158.0) is None


def test_taps_all_over_the_place_show_nothing() -> None:
    assert tapped([0.2, 0.9, 0.3, 0.7, 0.25, 1.2, 0.5, 0.8]).cadence_spm(running=True, beside_spm=158.0) is None


def test_a_hasty_start_is_forgotten() -> None:
    assert tapped([0.2, 0.9, 0.3, 0.7] + [0.4] * MOST_TAPS).cadence_spm(
        running=True, beside_spm=158.0
    ) == pytest.approx(150.0)


@given(
    st.floats(120.0, 205.0),
    st.lists(st.floats(-0.05, 0.05), min_size=LEAST_TAPS, max_size=60),
    st.floats(0.0, 1e6),
)
@settings(deadline=None, max_examples=80)
def test_uneven_fingers_come_close_to_the_cadence(spm: float, wobbles: list[float], start_s: float) -> None:
    measured = tapped([60.0 / spm * (1.0 + wobble) for wobble in wobbles], start_s).cadence_spm(
        running=True, beside_spm=158.0
    )
    assert measured == pytest.approx(spm, rel=0.06)


@given(st.floats(0.3, 0.5), st.integers(0, 15), st.floats(1.5, 4.0))
@settings(deadline=None, max_examples=80)
def test_one_outlier_anywhere_changes_nothing(interval: float, where: int, times: float) -> None:
    intervals = [interval] * 15
    intervals.insert(where, interval * times)
    assert tapped(intervals).cadence_spm(running=True, beside_spm=158.0) == pytest.approx(60.0 / interval)


@given(st.lists(st.floats(0.0, 1e4), max_size=40).map(sorted), st.booleans())
@settings(deadline=None, max_examples=80)
def test_whatever_is_tapped_the_cadence_is_one_that_people_step(times_s: list[float], running: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
    taps = TapTempo()
    for time_s in times_s:
        taps.tap(time_s)
    measured = taps.cadence_spm(running=running, beside_spm=158.0)
    assert measured is None or 60.0 <= measured <= 220.0
    assert taps.count <= len(times_s)
