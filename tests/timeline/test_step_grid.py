from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.session.session import NO_BREATH, Breath
from coach.timeline.step_grid import GridSegment, Step, StepGrid, continue_count

THREE_IN_THREE_OUT = Breath(inhale=3, exhale=3)
cadences = st.floats(60.0, 220.0)
holds = st.just(0) | st.integers(1, 12)
breaths = st.builds(
    Breath, inhale=st.integers(1, 12), exhale=st.integers(1, 12), held_in=holds, held_out=holds
) | st.just(NO_BREATH)
tenths = st.integers(10, 200).map(lambda tenths: tenths / 10)
breaths_in_seconds = st.builds(
    Breath,
    inhale=tenths,
    exhale=tenths,
    held_in=st.just(0) | tenths,
    held_out=st.just(0) | tenths,
    in_seconds=st.sampled_from([True]),
)
segments = st.lists(st.tuples(st.floats(1.0, 300.0), cadences, cadences, breaths), min_size=1, max_size=6)


def grid(*parts: tuple[float, float, float, Breath]) -> StepGrid:
    """A grid of segments, each (length in s, cadence at its start, at its end, breath)."""
    done: list[GridSegment] = []
    for length_s, start_spm, end_spm, breath in parts:
        steps, anchor = continue_count(done[-1] if done else None, breath)
        start_s = done[-1].end_s if done else 0.0
        done.append(
            GridSegment(
                start_s=start_s,
                end_s=start_s + length_s,
                start_spm=start_spm,
                end_spm=end_spm,
                breath=breath,
                steps=steps,
                anchor=anchor,
            )
        )
    return StepGrid([(segment,) for segment in done])


def integral(segment: GridSegment, time_s: float) -> float:
    """Steps up to a time, by adding up ten thousand trapezia."""

    def cadence_at(t: float) -> float:
        share = (t - segment.start_s) / (segment.end_s - segment.start_s)
        return segment.start_spm + (segment.end_spm - segment.start_spm) * share

    width_s = (time_s - segment.start_s) / 10_000
    edges = [segment.start_s + n * width_s for n in range(10_001)]
    return segment.steps + sum((cadence_at(a) + cadence_at(b)) / 2 * width_s / 60 for a, b in pairwise(edges))


def test_steps_of_a_steady_cadence_are_counted_in_the_breath() -> None:
    steps = list(grid((3.0, 120.0, 120.0, Breath(inhale=2, exhale=1))).iter_steps(0))
    assert steps == [
        Step(start_s=0.0, number=0, phase="in", count=1),
        Step(start_s=0.5, number=1, phase="in", count=2),
        Step(start_s=1.0, number=2, phase="out", count=1),
        Step(start_s=1.5, number=3, phase="in", count=1),
        Step(start_s=2.0, number=4, phase="in", count=2),
        Step(start_s=2.5, number=5, phase="out", count=1),
    ]


def test_a_ramp_reaches_each_step_where_the_integral_of_cadence_does() -> None:
    ramp = grid((180.0, 112.0, 158.0, NO_BREATH))
    steps = list(ramp.iter_steps(0))
    assert len(steps) == 405
    for step in steps[::50]:
        assert integral(ramp.blocks[0][0], step.start_s) == pytest.approx(step.number, abs=1e-6)


def test_after_45_minutes_at_172_the_grid_has_not_drifted() -> None:
    steps = list(grid((2700.0, 172.0, 172.0, NO_BREATH)).iter_steps(0))
    assert steps[-1].start_s == pytest.approx(7739 * 60 / 172, abs=1e-9)


def test_a_breath_that_stays_the_same_keeps_its_cycle_across_blocks() -> None:
    two = grid((1.0, 120.0, 120.0, THREE_IN_THREE_OUT), (2.0, 120.0, 120.0, THREE_IN_THREE_OUT))
    assert [(step.phase, step.count) for step in two.iter_steps(1)] == [("in", 3), ("out", 1), ("out", 2), ("out", 3)]


def test_a_new_breath_begins_on_the_next_step() -> None:
    two = grid((1.2, 120.0, 120.0, THREE_IN_THREE_OUT), (2.0, 120.0, 120.0, Breath(inhale=1, exhale=1)))
    first = next(two.iter_steps(1))
    assert (first.phase, first.count, first.start_s) == ("in", 1, pytest.approx(1.5))


@given(segments)
def test_the_grid_runs_on_through_all_blocks_without_a_gap(parts: list[tuple[float, float, float, Breath]]) -> None:
    whole = grid(*parts)
    steps = list(whole.iter_steps_from(0.0))
    assert [step.number for step in steps] == list(range(len(steps)))
    quickest_s, slowest_s = 60.0 / 220.0, 60.0 / 60.0
    for one, two in pairwise(steps):
        assert quickest_s - 1e-6 <= two.start_s - one.start_s <= slowest_s + 1e-6


@given(segments, st.floats(0.0, 1000.0), st.sets(st.sampled_from(["in", "hold", "out"]), min_size=1))
def test_where_phases_begin_is_where_their_first_steps_are(
    parts: list[tuple[float, float, float, Breath]], from_s: float, phases: set[Literal["in", "hold", "out"]]
) -> None:
    whole = grid(*parts)
    for index in range(len(parts)):
        steps = [step for step in whole.iter_steps(index, from_s) if step.count == 1 and step.phase in phases]
        assert list(whole.iter_steps(index, from_s, phases)) == steps


@given(parts=segments)
def test_phases_follow_each_other_as_the_breath_says(parts: list[tuple[float, float, float, Breath]]) -> None:
    whole = grid(*parts)
    for index, (_, _, _, breath) in enumerate(parts):
        if breath == NO_BREATH:
            continue
        cycle = [(phase, count + 1) for phase, length in breath.phases for count in range(int(length))]
        follows = {*pairwise(cycle), (cycle[-1], cycle[0])}
        found = [(step.phase, step.count) for step in whole.iter_steps(index)]
        assert all(pair in follows for pair in pairwise(found))
        if breath.held_in != breath.held_out or not breath.is_held:
            assert found[: len(cycle)] in [(cycle * 2)[at:][: len(found[: len(cycle)])] for at in range(len(cycle))]


SAMPLE_S = 1.0 / 48_000.0


@given(breaths_in_seconds, st.floats(0.0, 100.0), st.integers(1, 400))
def test_a_breath_in_seconds_is_exact_to_the_sample_however_often_it_comes(
    breath: Breath, before_s: float, cycles: int
) -> None:
    lasts_s = cycles * breath.length + 0.001
    whole = grid((max(before_s, 0.1), 158.0, 158.0, NO_BREATH), (lasts_s, 60.0, 60.0, breath))
    start_s = whole.starts_s[1]
    starts = list(whole.iter_steps(1, phases={"in", "out", "hold"}))
    wanted_s, offset_s = [], 0.0
    for _, length in breath.phases:
        wanted_s.append(offset_s)
        offset_s += length
    last = starts[-1 - len(wanted_s) : -1]
    assert [step.phase for step in last] == [phase for phase, _ in breath.phases]
    for step, into_s in zip(last, wanted_s, strict=True):
        assert abs(step.start_s - (start_s + (cycles - 1) * breath.length + into_s)) < SAMPLE_S


def test_seconds_are_counted_in_each_phase_and_a_part_of_one_counts() -> None:
    breath = Breath(inhale=2.5, held_in=1, exhale=2, in_seconds=True)
    steps = list(grid((5.5, 60.0, 60.0, breath)).iter_steps(0))
    assert [(step.start_s, step.phase, step.count) for step in steps] == [
        *[(0.0, "in", 1), (1.0, "in", 2), (2.0, "in", 3), (2.5, "hold", 1), (3.5, "out", 1), (4.5, "out", 2)]
    ]


@given(segments)
def test_time_and_steps_are_each_others_inverse(parts: list[tuple[float, float, float, Breath]]) -> None:
    for (segment,) in grid(*parts).blocks:
        middle_s = (segment.start_s + segment.end_s) / 2
        assert segment.find_time_s(segment.count_steps(middle_s)) == pytest.approx(middle_s, abs=1e-6)
        assert segment.count_steps(segment.end_s) == pytest.approx(segment.end_steps, abs=1e-6)


@given(cadences, cadences, breaths.filter(lambda breath: breath.length > 0), st.floats(20.0, 300.0))
def test_a_segment_ended_at_a_cycle_ends_at_most_half_a_breath_away(
    start_spm: float, end_spm: float, breath: Breath, near_s: float
) -> None:
    segment = grid((near_s, start_spm, end_spm, breath)).blocks[0][0]
    end_s = segment.find_cycle_start_s(near_s)
    assert abs(end_s - near_s) <= breath.length * 60.0 / segment.mean_spm / 2.0 + 1e-6
    ended = grid((max(end_s, 0.01), start_spm, end_spm, breath)).blocks[0][0]
    if end_s > 0.01:
        assert ended.end_steps % breath.length == pytest.approx(0.0, abs=1e-6) or ended.end_steps % breath.length == (
            pytest.approx(breath.length, abs=1e-6)
        )
