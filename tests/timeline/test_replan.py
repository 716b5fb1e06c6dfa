"""Replanning during a run: what was heard stays, and the rest is as good a plan as the first."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_texts import planned, shipped

from coach.session import library
from coach.timeline.cue_scheduling import GAP_S
from coach.timeline.replan import CadenceLimitError, PlanChange, find_next_cycle_s, replan, replan_from_block
from coach.timeline.schedule import Plan
from coach.timeline.timeline import Bed, Speech, Tick

STEADY = """
coach: 1
title: {en: A steady run}
length: 5m
cadence: 150
breath: 3 in / 3 out
blocks:
  - easy: {lasts: 1m..3m, ticks: on, say: [{at: 5s, text: {en: "One."}}, {at: -10s, text: {en: "Two."}}]}
  - brisk: {lasts: 1m, cadence: +10, ticks: on, say: [{at: 5s, text: {en: "Three."}}]}
  - easy:
      lasts: 1m..3m
      ticks: on
      say: [{at: 50%, text: {en: "Four."}}, {at: 60%, level: extra, text: {en: "Five."}}]
"""


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return planned(tmp_path_factory.mktemp("replan"), STEADY)


def ticks(plan: Plan) -> list[float]:
    return [event.start_s for event in plan.timeline.events if isinstance(event, Tick)]


def said(plan: Plan) -> list[str]:
    return [event.text for event in plan.timeline.events if isinstance(event, Speech)]


def test_a_new_cadence_begins_on_the_breath_and_keeps_the_phase(steady: Plan) -> None:
    at_s = find_next_cycle_s(steady, 30.5)
    assert at_s == pytest.approx(31.2)  # six steps of 0.4 s, the thirteenth time
    quicker = replan(steady, at_s or 0.0, PlanChange(by_spm=10.0))
    around = [tick for tick in quicker.timeline.events if isinstance(tick, Tick) and 30.3 < tick.start_s < 33.6]
    assert [(tick.phase, tick.count) for tick in around] == [
        *[("out", 2), ("out", 3)],
        *[("in", 1), ("in", 2), ("in", 3), ("out", 1), ("out", 2), ("out", 3), ("in", 1)],
    ]
    periods = [later.start_s - sooner.start_s for sooner, later in pairwise(around)]
    assert periods == pytest.approx([0.4] * 2 + [0.375] * 6)


def test_later_blocks_have_the_cadence_they_would_have_in_such_a_session(steady: Plan) -> None:
    quicker = replan(steady, 31.2, PlanChange(by_spm=2.0))
    cadences = [(block.start_spm, block.end_spm) for block in quicker.timeline.blocks]
    assert cadences == [(150.0, 152.0), (162.0, 162.0), (152.0, 152.0)]
    assert quicker.timeline.cadence_spm == 152.0
    assert quicker.timeline.length_s == 300.0


def test_the_block_being_run_ends_on_a_breath(steady: Plan) -> None:
    quicker = replan(steady, 31.2, PlanChange(by_spm=7.0))
    end_s = quicker.timeline.blocks[0].end_s
    assert 0.0 <= end_s - steady.timeline.blocks[0].end_s < 6 * 60 / 157
    assert find_next_cycle_s(quicker, end_s - 1e-6) == pytest.approx(end_s)


def test_less_guidance_leaves_out_what_is_extra_from_there_on(steady: Plan) -> None:
    assert said(steady) == ["One.", "Two.", "Three.", "Four.", "Five."]
    assert said(replan(steady, 100.0, PlanChange(guidance="light"))) == ["One.", "Two.", "Three.", "Four."]
    assert said(replan(steady, 100.0, PlanChange(guidance="quiet"))) == ["One."]
    back = replan(replan(steady, 20.0, PlanChange(guidance="quiet")), 40.0, PlanChange(guidance="full"))
    assert said(back) == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_nobody_is_asked_to_step_quicker_than_one_can(steady: Plan) -> None:
    with pytest.raises(CadenceLimitError):
        replan(steady, 31.2, PlanChange(by_spm=65.0))
    with pytest.raises(CadenceLimitError):
        replan(steady, 31.2, PlanChange(by_spm=-95.0))


def test_a_block_that_is_gone_back_to_has_the_cadence_of_now(steady: Plan) -> None:
    quicker = replan(steady, 31.2, PlanChange(by_spm=4.0))
    for index in range(3):
        again = replan_from_block(quicker, index)
        cadences = [block.start_spm for block in again.timeline.blocks[index:]]
        assert cadences == [154.0, 164.0, 154.0][index:]
        assert again.timeline.length_s == 300.0


def test_twice_at_the_same_breath_is_as_once_by_both(steady: Plan) -> None:
    twice = replan(replan(steady, 31.2, PlanChange(by_spm=2.0)), 31.2, PlanChange(by_spm=2.0))
    assert twice.timeline == replan(steady, 31.2, PlanChange(by_spm=4.0)).timeline


def heard_before(plan: Plan, at_s: float) -> list[object]:
    return [event for event in plan.timeline.events if event.start_s < at_s - 1e-6 and not isinstance(event, Bed)]


def check_plan(plan: Plan) -> None:
    """Check that no words overlap or leave their block, and that no step is lost or doubled."""
    words = [event for event in plan.timeline.events if isinstance(event, Speech)]
    for sooner, later in pairwise(words):
        gap_s = 0.0 if sooner.location == later.location else GAP_S
        assert later.start_s - sooner.end_s >= gap_s - 1e-6
    for event in words:
        assert event.end_s <= plan.timeline.blocks[event.block].end_s + 1e-6
    steps = list(plan.schedule.grid.iter_steps_from(0.0))
    assert [step.number for step in steps] == list(range(len(steps)))
    assert all(0.27 < later.start_s - sooner.start_s < 1.01 for sooner, later in pairwise(steps))
    for before, after in pairwise(plan.timeline.blocks):
        assert before.end_s == after.start_s


@pytest.mark.parametrize("name", library.list_names())
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_whatever_is_changed_the_past_stays_and_the_rest_is_whole(name: str, data: st.DataObject) -> None:
    plan = shipped(name)
    length_s = plan.timeline.length_s
    at_s = 0.0
    for _ in range(data.draw(st.integers(1, 4))):
        at_s = data.draw(st.floats(at_s, length_s))
        by_spm = data.draw(st.sampled_from([0.0, 0.0, 2.0, -2.0, 6.0, -10.0]))
        guidance = data.draw(st.sampled_from([None, "full", "light", "quiet"]))
        if by_spm and (cycle_s := find_next_cycle_s(plan, at_s)) is not None:
            at_s = cycle_s
        elif by_spm:
            break
        changed = replan(plan, at_s, PlanChange(by_spm=by_spm, guidance=guidance))
        assert heard_before(changed, at_s) == heard_before(plan, at_s)
        check_plan(changed)
        assert changed.timeline.length_s == pytest.approx(length_s, abs=2.5)
        plan = changed
    back = replan_from_block(plan, data.draw(st.integers(0, len(plan.timeline.blocks) - 1)))
    check_plan(back)


@pytest.mark.parametrize("name", library.list_names())
@given(at=st.floats(0.0, 1.0))
@settings(max_examples=8, deadline=None)
def test_a_session_replanned_without_a_change_is_the_same(name: str, at: float) -> None:
    plan = shipped(name)
    again = replan(plan, at * plan.timeline.length_s)
    assert said(again) == said(plan)
    assert [event.start_s for event in again.timeline.events] == pytest.approx(
        [event.start_s for event in plan.timeline.events], abs=1e-6
    )
