from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import session_texts
from session_texts import of_kind

from coach.diagnostics.problem import SessionError, locate_option
from coach.errors import UsageError
from coach.services import session_reading
from coach.session.session import SoundLevels
from coach.timeline.compile import find_reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Bed, Bell, BreathSound, Speech, Tick, timeline_to_json

HEAD = """\
coach: 1
title: {nl: Proefloop, en: Trial run}
"""


def test_blocks_are_fitted_to_the_length_and_borders_lie_on_a_breath(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path,
        """\
        coach: 1
        title: {nl: Proef, en: Trial}
        length: 5m
        cadence: 150
        breath: 3/3
        blocks:
          - free: 1m
          - free: 1m..3m
          - free: 1m..3m
        """,
    )
    # At 150 steps a minute a breath of six steps lasts 2.4 s: 60 s is 25 breaths, 180 s is 75.
    assert [(block.start_s, block.end_s) for block in plan.blocks] == [
        (0.0, pytest.approx(60.0)),
        (pytest.approx(60.0), pytest.approx(180.0)),
        (pytest.approx(180.0), 300.0),
    ]


def test_a_border_moves_to_the_nearest_breath_and_the_whole_stays_exact(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "length: 2m\nbreath: 4/4\nblocks: [free: 61s, free: 59s]\n")
    cycle_s = 8 * 60 / 158
    assert plan.blocks[0].end_s == pytest.approx(round(61 / cycle_s) * cycle_s)
    assert plan.length_s == 120.0


@pytest.mark.parametrize("length", ["20m", "25m", "30m"])
def test_a_refitted_session_is_exactly_as_long_as_asked(tmp_path: Path, length: str) -> None:
    blocks = "blocks: [check-in: 1m, settle: 2m..4m, easy: 5m..20m, silence: 2m..4m, walk-out: 4m]\n"
    plan = session_texts.timeline(tmp_path, HEAD + f"length: {length}\n" + blocks)
    assert plan.length_s == int(length[:-1]) * 60.0
    walk_out = plan.blocks[-1]
    assert walk_out.end_s - walk_out.start_s == pytest.approx(240.0, abs=2.0)


def test_ticks_fall_on_the_steps_the_first_of_a_phase_a_little_stronger(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "cadence: 120\nbreath: 2/1\nblocks: [free: {lasts: 3s, ticks: on}]\n"
    )
    assert [(tick.start_s, tick.phase, tick.count, tick.gain_db) for tick in of_kind(plan, Tick)] == [
        (0.0, "in", 1, -14.0),
        (0.5, "in", 2, -17.0),
        (1.0, "out", 1, -14.0),
        (1.5, "in", 1, -14.0),
        (2.0, "in", 2, -17.0),
        (2.5, "out", 1, -14.0),
    ]


def test_ticks_given_a_time_fade_over_ten_seconds_and_stop(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "cadence: 120\nblocks: [free: {lasts: 1m, ticks: 20s}]\n")
    ticks = of_kind(plan, Tick)
    assert ticks[-1].start_s == pytest.approx(30.0)
    assert {tick.gain_db for tick in ticks if tick.start_s <= 20.0} == {-14.0, -17.0}
    fading = [tick.gain_db for tick in ticks if tick.start_s > 20.0 and tick.count != 1]
    assert fading == sorted(fading, reverse=True)
    assert fading[-1] < -38.0


def test_without_a_breath_ticks_have_no_phase(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "breath: none\nblocks: [free: {lasts: 3s, ticks: on}]\n")
    assert {(tick.phase, tick.count, tick.gain_db) for tick in of_kind(plan, Tick)} == {(None, None, -17.0)}


def test_the_ticks_of_a_walk_out_thin_out_and_stop_half_way(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [walk-out: 4m]\n")
    starts_s = [tick.start_s for tick in of_kind(plan, Tick)]
    gaps_s = [two - one for one, two in pairwise(starts_s)]
    assert gaps_s[0] == pytest.approx(60 / 114, abs=0.01)
    assert gaps_s == sorted(gaps_s)
    assert gaps_s[-1] > 2.0
    assert 120.0 < starts_s[-1] <= 130.0


def test_breath_sounds_span_their_phases(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "cadence: 120\nbreath: 3/2\nblocks: [free: {lasts: 5s, breath-sound: on}]\n"
    )
    assert [(sound.start_s, sound.end_s, sound.phase) for sound in of_kind(plan, BreathSound)] == [
        (0.0, 1.5, "in"),
        (1.5, 2.5, "out"),
        (2.5, 4.0, "in"),
        (4.0, 5.0, "out"),
    ]


def test_one_bed_runs_on_through_blocks_that_share_it(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path,
        HEAD + "breath: none\nsounds: {bed: forest}\n"
        "blocks: [free: 1m, free: 1m, free: {lasts: 1m, sounds: {bed: none}}, free: 1m]\n",
    )
    assert of_kind(plan, Bed) == [
        Bed(start_s=0.0, end_s=120.0, name="forest"),
        Bed(start_s=180.0, end_s=240.0, name="forest"),
    ]


def test_a_bed_comes_in_as_its_first_block_says_and_goes_as_its_last_one_says(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path,
        HEAD + "breath: none\nsounds: {bed: forest, bed-fade: 10s}\nblocks:\n"
        "  - free: {lasts: 1m, sounds: {bed-fade: 20s}}\n  - free: 1m\n"
        "  - free: {lasts: 1m, sounds: {bed: none}}\n  - free: {lasts: 1m, sounds: {bed-fade: 5m}}\n"
        "  - free: {lasts: 1m, sounds: {bed: sea, bed-fade: 0.1s}}\n",
    )
    assert of_kind(plan, Bed) == [
        Bed(start_s=0.0, end_s=120.0, name="forest", fade_in_s=20.0, fade_out_s=10.0),
        Bed(start_s=180.0, end_s=240.0, name="forest", fade_in_s=30.0, fade_out_s=30.0),
        Bed(start_s=240.0, end_s=300.0, name="sea", fade_in_s=0.5, fade_out_s=0.5),
    ]
    fades = [(bed.get("fade_in_s"), bed.get("fade_out_s")) for bed in timeline_to_json(plan)["events"]]
    assert fades == [(20.0, 10.0), (30.0, 30.0), (0.5, 0.5)]


def test_a_bell_at_the_end_has_rung_out_when_the_block_ends(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "breath: none\nblocks: [free: {lasts: 1m, bell: both}]\n")
    assert of_kind(plan, Bell) == [
        Bell(start_s=0.0, end_s=6.0, name="bowl"),
        Bell(start_s=54.0, end_s=60.0, name="bowl"),
    ]


def test_words_let_a_bell_ring_before_them(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "blocks: [free: {lasts: 1m, bell: start, say: {nl: dag, en: hello}}]\n"
    )
    assert of_kind(plan, Speech)[0].start_s == 2.5


def test_a_say_block_lasts_as_long_as_its_words(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "breath: none\nblocks: [say: {nl: een twee drie vier, en: one two three four}, free: 10s]\n"
    )
    assert plan.blocks[0].end_s == pytest.approx(2.0 + 0.8)


def test_an_elastic_block_is_never_shorter_than_its_words(tmp_path: Path) -> None:
    words = " ".join(["woord"] * 60)
    plan = session_texts.timeline(
        tmp_path,
        f"coach: 1\ntitle: Proef\nlanguage: nl\nlength: 1m\nbreath: none\n"
        f"blocks: [free: {{lasts: 10s..60s, say: {words}}}, free: 10s..80s]\n",
    )
    assert plan.blocks[0].end_s == pytest.approx(30.8)


def test_repeated_blocks_do_not_say_the_same(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [repeat: {times: 3, blocks: [brisk: 1m, easy: 90s]}]\n")
    openings = [next(e.text for e in of_kind(plan, Speech) if e.block == index) for index in range(6)]
    assert len(set(openings)) == 6


def test_guidance_leaves_out_what_matters_less(tmp_path: Path) -> None:
    text = (
        HEAD
        + """\
blocks:
  - free:
      lasts: 1m
      say:
        - {text: {nl: a, en: a}, level: essential}
        - {text: {nl: b, en: b}}
        - {text: {nl: c, en: c}, level: extra}
"""
    )
    said = {
        guidance: [event.text for event in of_kind(session_texts.timeline(tmp_path, text, guidance=guidance), Speech)]
        for guidance in ("full", "light", "quiet")
    }
    assert said == {"full": ["a", "b", "c"], "light": ["a", "b"], "quiet": ["a"]}


def test_cadence_relative_to_the_sessions_follows_it(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, HEAD + "blocks: [free: {lasts: 1m, cadence: -8 -> +6}]\n", cadence_spm=160.0
    )
    assert (plan.blocks[0].start_spm, plan.blocks[0].end_spm, plan.cadence_spm) == (152.0, 166.0, 160.0)


def problems(folder: Path, text: str, **options: Any) -> list[str]:
    with pytest.raises(SessionError) as caught:
        session_texts.timeline(folder, HEAD + text, **options)
    return [f"{p.location.line}:{p.location.column}: {p.code}: {p.message}; {p.help}" for p in caught.value.problems]


def test_words_that_do_not_fit_are_reported_with_what_they_need_and_what_is_left(tmp_path: Path) -> None:
    text = """\
blocks:
  - free:
      lasts: 10s
      say:
        - {at: 8s, text: {nl: een twee drie vier vijf zes, en: one two three four five six}}
        - {at: -1s, text: {nl: een twee drie, en: one two three}}
"""
    first, second = "make the block longer, place the cue earlier", "place the cue at -2s or earlier"
    late = "words-do-not-fit: these words (nl) do not end inside their block:"
    assert problems(tmp_path, text) == [
        f"7:26: {late} they need 3s, and 2s is left; {first}, or say less",
        f"8:27: {late} they need 1.5s, and 1s is left; {second}, or say less",
    ]


def test_a_length_out_of_reach_names_the_shortest_and_longest(tmp_path: Path) -> None:
    text = "blocks: [free: 5m..10m, walk-out: 4m]\n"
    (problem,) = problems(tmp_path, text, length_s=300.0)
    assert problem.endswith(
        f"length-out-of-reach: the blocks of {tmp_path / 'run.yaml'} cannot last 5m together: "
        "the shortest they can be is 9m, the longest 14m; the nearest is 9m: `--length 9m`; "
        "or widen the free block on line 3: `lasts: 1m..10m`"
    )


def test_blocks_that_cannot_be_stretched_name_their_one_length(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "blocks: [free: 5m, walk-out: 4m]\n", length_s=300.0)
    assert problem.endswith(
        f"length-out-of-reach: the blocks of {tmp_path / 'run.yaml'} last 9m together, and cannot last 5m; "
        "leave the length out, or widen the free block on line 3: `lasts: 1m..5m`"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_how_short_and_how_long_a_session_can_be_is_found_whatever_length_is_asked_for(language: str) -> None:
    options = PlanOptions(language=language, length_s=60.0, guidance="light")
    shortest_s, longest_s = find_reachable_lengths_s(
        session_reading.load_session("reset-run"), options, session_texts.half_a_second_a_word
    )
    for length_s in (shortest_s, longest_s):
        session_texts.shipped("reset-run", language=language, guidance="light", length_s=length_s)
    for length_s in (shortest_s - 1.0, longest_s + 1.0):
        with pytest.raises(SessionError, match="the blocks of reset-run cannot last"):
            session_texts.shipped("reset-run", language=language, guidance="light", length_s=length_s)


@pytest.mark.parametrize(
    ("asked", "cadence_spm", "reached", "advice"),
    [("+40", 215.0, "255", "`--cadence 180`, or less"), ("-2", 60.0, "58", "`--cadence 62`, or more")],
)
def test_a_cadence_nobody_can_step_is_reported_once_at_its_option_with_the_nearest(
    tmp_path: Path, asked: str, cadence_spm: float, reached: str, advice: str
) -> None:
    again = f"blocks: [repeat: {{times: 3, blocks: [free: {{lasts: 1m, cadence: {asked}}}]}}]\n"
    with pytest.raises(SessionError) as caught:
        session_texts.timeline(tmp_path, HEAD + again, cadence_spm=cadence_spm)
    (problem,) = caught.value.problems
    assert problem.location == locate_option("--cadence", f"{cadence_spm:g}")
    assert problem.message == f"the free block on line 3 would ask for {reached} steps per minute"
    assert problem.help == f"a cadence lies between 60 and 220: {advice}"


def test_a_language_the_session_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this session is not written in 'en', only in nl"):
        session_texts.timeline(tmp_path, "coach: 1\ntitle: {nl: Proef}\nblocks: [free: 1m]\n", language="en")


SOUNDING = """\
    coach: 1
    title: {nl: Proefloop, en: Trial run}
    sounds: {bed: rain}
    %s
    blocks:
      - easy: {lasts: 1m, ticks: 20s, breath-sound: on, bell: start}
    """


def test_levels_are_those_of_the_session_unless_the_listener_asks_for_others(tmp_path: Path) -> None:
    plain = session_texts.timeline(tmp_path, SOUNDING % "")
    own = SOUNDING % "levels: {voice: +2dB, ticks: -3dB, breath: -4dB, bells: -5dB, bed: -6dB}"
    for asked, ticks_db in ((SoundLevels(), -3.0), (SoundLevels(ticks_db=1.0), 1.0)):
        levels_db = {Speech: 2.0, Tick: ticks_db, BreathSound: -4.0, Bell: -5.0, Bed: -6.0}
        plan = session_texts.timeline(tmp_path, own, levels=asked)
        expected = [event.gain_db + levels_db[type(event)] for event in plain.events]
        assert [event.gain_db for event in plan.events] == pytest.approx(expected)
        assert [replace(event, gain_db=0.0) for event in plan.events] == [
            replace(event, gain_db=0.0) for event in plain.events
        ]


@pytest.mark.parametrize("length", ["", "length: 1s\n", "length: 2m\n", "length: 12h\n"])
def test_words_that_end_in_no_length_of_their_block_are_reported(tmp_path: Path, length: str) -> None:
    text = f'{HEAD}language: nl\n{length}blocks: [free: {{lasts: 1s..3m, say: [{{at: "100%", text: Hi there}}]}}]\n'
    with pytest.raises(SessionError) as caught:
        session_texts.timeline(tmp_path, text)
    reported = {problem.code for problem in caught.value.problems}
    assert reported == {"words-do-not-fit", *["length-out-of-reach"] * ("12h" in length)}
