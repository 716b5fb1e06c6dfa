"""Breathing at rest: seconds, holds, and words for any breath."""

from itertools import pairwise
from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.diagnostics.problem import SessionError
from coach.languages.block_wording import load_block_wording
from coach.play.playback_status import BreathNow, PlanLookup
from coach.timeline.replan import PlanChange, find_next_cycle_s, replan
from coach.timeline.timeline import BreathSound, Speech, Tick, timeline_to_json, timeline_to_text

HEAD = "coach: 1\ntitle: {nl: Rust, en: Rest}\n"


def test_a_held_breath_is_silent_and_takes_the_seconds_it_says(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "blocks: [breathe: {lasts: 2m, breath: 4s in / 2s hold / 6s out / 1s hold}]\n"
    )
    sounds = of_kind(plan, BreathSound)
    assert [(sound.phase, sound.start_s, sound.end_s) for sound in sounds[:4]] == [
        *[("in", 0.0, 4.0), ("out", 6.0, 12.0), ("in", 13.0, 17.0), ("out", 19.0, 25.0)]
    ]
    assert of_kind(plan, Tick) == []


@pytest.mark.parametrize("breath", ["4/4/4/4", "4s/4s/4s/4s"])
@pytest.mark.parametrize("top", ["", "cadence: 180\n", "breath: 2/2\n"])
def test_numbers_are_seconds_whatever_the_cadence(tmp_path: Path, breath: str, top: str) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + top + f"blocks: [breathe: {{lasts: 1m, breath: {breath}}}]\n")
    assert [sound.start_s for sound in of_kind(plan, BreathSound)][:3] == [0.0, 8.0, 16.0]


def test_it_breathes_as_the_session_says_in_seconds_and_otherwise_as_it_does_itself(tmp_path: Path) -> None:
    for top, second_s in (("", 4.0), ("breath: 2 in / 2 out\n", 4.0), ("breath: 5.5s in / 5.5s out\n", 5.5)):
        plan = session_texts.timeline(tmp_path, HEAD + top + "blocks: [breathe: 1m]\n")
        assert of_kind(plan, BreathSound)[1].start_s == second_s


def test_ticks_count_the_seconds_softly_while_the_breath_is_held(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "blocks: [breathe: {lasts: 1m, breath: 2s in / 2s hold / 2s out, ticks: on}]\n"
    )
    ticks = of_kind(plan, Tick)[:6]
    assert [(tick.start_s, tick.phase, tick.count, tick.gain_db) for tick in ticks] == [
        *[(0.0, "in", 1, -14.0), (1.0, "in", 2, -17.0), (2.0, "hold", 1, -17.0)],
        *[(3.0, "hold", 2, -17.0), (4.0, "out", 1, -14.0), (5.0, "out", 2, -17.0)],
    ]
    assert {event["phase"] for event in timeline_to_json(plan)["events"] if event["kind"] == "tick"} == {
        *("in", "hold", "out")
    }


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Breathe in for four counts, hold for one, breathe out for six, and wait for two."),
        ("nl", "Adem vier tellen in, houd één tel vast, adem zes tellen uit, en wacht twee tellen."),
    ],
)
def test_the_breath_is_told_and_led_where_it_turns(tmp_path: Path, language: str, told: str) -> None:
    plan = session_texts.timeline(
        tmp_path,
        HEAD + "blocks: [breathe: {lasts: 3m, breath: 4s in / 1s hold / 6s out / 2s hold}]\n",
        language=language,
    )
    speech = of_kind(plan, Speech)
    assert speech[1].text.startswith(told)
    words = tuple(load_block_wording(language).led[phase] for phase in ("in", "out", "rest"))  # no time for the hold
    led = [event for event in speech if event.text in words]
    assert tuple(event.text for event in led) == words * 2
    assert [event.start_s - led[0].start_s for event in led] == pytest.approx([0, 5, 11, 13, 18, 24])
    assert led[0].start_s in [sound.start_s for sound in of_kind(plan, BreathSound) if sound.phase == "in"]


def test_what_cannot_be_counted_is_not_told_in_numbers(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [breathe: {lasts: 2m, breath: 5.5s/5.5s}]\n", language="en")
    assert not any("counts" in event.text for event in of_kind(plan, Speech))


def test_only_a_plan_with_steps_names_its_cadence(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [breathe: 1m]\n", language="en")
    assert timeline_to_text(plan).splitlines()[0] == "Rest · 1m · en"


def test_another_cadence_leaves_a_breath_in_seconds_as_it_is(tmp_path: Path) -> None:
    plan = session_texts.planned(
        tmp_path, HEAD + "blocks: [breathe: {lasts: 1m, breath: 4s/6s}, easy: {lasts: 1m, ticks: on}]\n"
    )
    at_s = find_next_cycle_s(plan, 12.0)
    assert at_s == 14.0  # where the breath turns: a whole cycle would be long to wait
    quicker = replan(plan, 14.0, PlanChange(by_spm=6.0))
    assert of_kind(quicker.timeline, BreathSound) == of_kind(plan.timeline, BreathSound)
    steps_s = [tick.start_s for tick in of_kind(quicker.timeline, Tick)][:5]
    assert [two - one for one, two in pairwise(steps_s)] == pytest.approx([60.0 / 164.0] * 4)


def test_the_screen_shows_a_held_breath_full_or_empty(tmp_path: Path) -> None:
    plan = session_texts.planned(tmp_path, HEAD + "blocks: [breathe: {lasts: 1m, breath: 4s/4s/6s/4s}]\n")
    lookup = PlanLookup(plan)
    assert [lookup.find_breath(at_s) for at_s in (2.0, 6.0, 13.0, 17.0)] == [
        BreathNow(phase="in", done=0.5),
        BreathNow(phase="hold", done=0.5),
        BreathNow(phase="out", done=5.0 / 6.0),
        BreathNow(phase="hold", done=0.75, held_empty=True),
    ]
    assert lookup.find_cadence_spm(2.0) == 158.0


def test_words_wait_for_a_hold_and_are_refused_where_none_comes(tmp_path: Path) -> None:
    say = "say: {at: 1s, text: {nl: '[hold] Vast.', en: '[hold] Hold.'}}"
    held = HEAD + f"blocks: [breathe: {{lasts: 1m, breath: 4s/4s/6s, {say}}}]\n"
    assert of_kind(session_texts.timeline(tmp_path, held), Speech)[0].start_s == 4.0
    with pytest.raises(SessionError) as caught:
        session_texts.timeline(tmp_path, held.replace("4s/4s/6s", "4s/6s"))
    assert [problem.help for problem in caught.value.problems] == [
        "give the block a breath with a hold, like 4 in / 2 hold / 4 out, or write a pause, such as [4s]"
    ]


def test_a_breath_in_seconds_is_refused_where_the_runner_steps(tmp_path: Path) -> None:
    with pytest.raises(SessionError) as caught:
        session_texts.session(tmp_path, HEAD + "blocks: [repeat: {times: 2, blocks: [easy: {breath: 4s/6s}]}]\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.line, problem.location.column) == ("breath-in-seconds", 3, 53)
    assert problem.message == "this breath is in seconds, and in a block of the kind 'easy' the runner steps"


def test_a_session_in_seconds_keeps_no_rhythm_where_the_runner_steps(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "breath: 4s/6s\nblocks: [easy: {lasts: 1m, ticks: on}]\n")
    assert {tick.phase for tick in of_kind(plan, Tick)} == {None}


@pytest.mark.parametrize(
    ("language", "counted"),
    [("en", ["in", "two", "hold", "out", "two", "wait"]), ("nl", ["in", "twee", "vast", "uit", "twee", "wacht"])],
)
def test_holds_are_counted_on_the_steps_of_a_walk(tmp_path: Path, language: str, counted: list[str]) -> None:
    text = HEAD + "blocks: [breathing: {lasts: 4m, cadence: 110, breath: 2 in / 1 hold / 2 out / 1 hold}]\n"
    plan = session_texts.timeline(tmp_path, text, language=language)
    spoken = [event.text for event in of_kind(plan, Speech) if event.utterance.counted]
    assert spoken == counted * 3
