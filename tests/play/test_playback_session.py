"""What a runner hears of a session, and of every command during it."""

import numpy as np
import pytest
from humming_soundbank import BANK, RATE_HZ, mixed
from hypothesis import given, settings
from hypothesis import strategies as st
from playback_rig import Rig
from session_texts import planned

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.play.playback_buffer import GUARD_S
from coach.play.playback_status import CadenceNotice, EventNotice, GainNotice, GuidanceNotice
from coach.play.sample_sources import SoundsWithUserGains, UserGains
from coach.sounds.clip import Samples
from coach.timeline.replan import find_next_cycle_s
from coach.timeline.schedule import Plan

QUIET = RATE_HZ // 2
FLOOR = 0.003

RUN = """
coach: 1
title: {en: A run}
length: 70s
cadence: 150
breath: 3 in / 3 out
sounds: {bed: none, breath: none}
blocks:
  - easy:
      lasts: 10s..40s
      ticks: on
      say: [{at: 3s, text: {en: "One two three four."}}, {at: 12s, level: extra, text: {en: "Five six."}}]
  - silence: {lasts: 15s, say: [{at: 2s, text: {en: "Seven."}}]}
  - walk-out: {lasts: 20s, ticks: off, bell: none, say: [{at: 50%, text: {en: "Eight."}}]}
"""
HUMMED = RUN.replace("ticks: on", "ticks: off")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return planned(tmp_path_factory.mktemp("run"), RUN)


@pytest.fixture(scope="module")
def hummed(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return planned(tmp_path_factory.mktemp("hummed"), HUMMED)


def frames(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def as_rendered(plan: Plan, start_s: float = 0.0, levels: UserGains | None = None) -> Samples:
    """The samples a file of the plan holds, from a place on."""
    bank = BANK if levels is None else SoundsWithUserGains(bank=BANK, gains=levels)
    return np.concatenate(list(mastering.master(Mixer(plan.timeline, bank, RATE_HZ).iter_blocks(frames(start_s)), 0.0)))


def is_same(heard: Samples, expected: Samples) -> bool:
    """Whether the shorter of two stretches is how the other begins."""
    length = min(len(heard), len(expected))
    return length > 0 and np.allclose(heard[:length], expected[:length], atol=1e-6)


def loudest(samples: Samples) -> float:
    return float(np.abs(samples).max())


def test_after_half_a_second_of_quiet_it_is_the_file_sample_by_sample(run: Plan) -> None:
    rig = Rig(run)
    heard = rig.listen(75.0)
    assert 0.0 < loudest(heard[:QUIET]) < FLOOR
    assert is_same(heard[QUIET:], as_rendered(run))
    assert (rig.state, rig.buffer.missed_frames) == ("ended", 0)
    assert rig.session.ending == "finished"
    assert rig.backend.opened[0].closed


def test_it_begins_after_the_delay_or_on_request(run: Plan) -> None:
    rig = Rig(run, delay_s=20.0)
    rig.listen(5.0)
    assert (rig.state, rig.position_s) == ("waiting", 0.0)
    assert rig.session.get_status().starts_in_s == pytest.approx(15.0, abs=0.2)
    rig.session.begin_now()
    heard = rig.listen(3.0)
    begins = np.flatnonzero(np.abs(heard).max(axis=1) > FLOOR)[0]
    assert begins < frames(0.25)
    assert rig.state == "playing"


def test_a_pause_comes_at_a_breath_and_the_place_is_kept(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(QUIET / RATE_HZ + 8.1)
    rig.session.toggle_pause()
    assert rig.state == "pausing"
    at_s = find_next_cycle_s(run, 8.6) or 0.0
    heard = rig.listen(6.0)
    rests_from = frames(at_s) - frames(8.1)
    assert loudest(heard[rests_from - frames(0.6) : rests_from - frames(0.3)]) > 0.05
    assert 0.0 < loudest(heard[rests_from + 10 :]) < FLOOR
    assert (rig.state, rig.position_s) == ("paused", pytest.approx(at_s))
    assert rig.session.get_status().notice is None


def test_a_cancelled_pause_leaves_the_sound_unchanged(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.1)
    rig.session.toggle_pause()
    rig.listen(0.4)
    rig.session.toggle_pause()
    rig.listen(10.0)
    assert rig.state == "playing"
    assert is_same(rig.heard[QUIET:], as_rendered(run))


def test_resuming_fades_in_and_loses_no_word(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(QUIET / RATE_HZ + 3.4)  # in the middle of the words at 3 s
    rig.session.toggle_pause()
    rig.listen(5.0)
    assert rig.state == "paused"
    rig.session.toggle_pause()
    begun_s = rig.session.get_status().position_s
    assert begun_s <= 3.0 - 1.2
    heard = rig.listen(6.0)
    expected = as_rendered(run, begun_s)
    first = int(np.flatnonzero(np.abs(heard).max(axis=1) > FLOOR)[0])
    offset = frames(GUARD_S)  # where a switch is heard
    assert first > offset
    assert is_same(heard[offset + frames(1.2) :], expected[frames(1.2) :])
    fading = np.abs(heard[offset : offset + frames(1.2)]).max(axis=1)
    assert (fading <= np.abs(expected[: frames(1.2)]).max(axis=1) + FLOOR).all()


def test_the_next_block_is_heard_at_once_and_the_one_before_can_be_gone_back_to(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(10.5)
    rig.session.go_to_next_block()
    second_s, third_s = (block.start_s for block in run.timeline.blocks[1:])
    heard = rig.listen(5.0)
    assert is_same(heard[frames(GUARD_S + 0.2) :], as_rendered(run, second_s)[frames(0.2) :])
    rig.session.go_to_next_block()
    rig.listen(5.0)
    rig.session.go_to_next_block()  # there is none: nothing happens
    rig.listen(5.0)
    assert rig.position_s == pytest.approx(third_s + 10.0, abs=0.25)
    rig.session.go_to_previous_block()
    rig.listen(1.0)
    assert rig.position_s == pytest.approx(third_s + 1.0, abs=0.25)
    rig.session.go_to_previous_block()
    rig.listen(1.0)
    assert rig.position_s == pytest.approx(second_s + 1.0, abs=0.25)


def test_a_new_cadence_is_the_file_of_the_new_plan(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.1)
    rig.session.change_cadence(4.0)
    assert rig.session.get_status().notice == CadenceNotice(kind="cadence-from-breath", spm=154.0)
    rig.listen(5.0)
    rig.session.set_cadence(160.0)
    rig.listen(70.0)
    assert rig.session.plan.timeline.cadence_spm == 160.0
    assert is_same(rig.heard[QUIET:], as_rendered(rig.session.plan))
    assert rig.buffer.missed_frames == 0


def test_the_cadence_stays_within_its_limits(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.1)
    rig.session.set_cadence(230.0)
    assert rig.session.get_status().notice == CadenceNotice(kind="cadence-limit", spm=150.0)
    assert rig.session.plan == run


def test_ticks_and_voice_have_their_own_levels(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(QUIET / RATE_HZ + 6.0)
    rig.session.change_ticks(-4.0)
    rig.session.change_voice(2.0)
    heard = rig.listen(8.0)
    assert is_same(heard[frames(0.2) :], as_rendered(run, 6.2, UserGains(ticks_db=-4.0, voice_db=2.0)))
    for _ in range(5):
        rig.session.change_ticks(-2.0)
    assert rig.session.get_status().ticks_db is None
    assert rig.session.get_status().notice == GainNotice(kind="ticks-level", gain_db=None)
    heard = rig.listen(5.0)
    assert is_same(heard[frames(0.2) :], as_rendered(run, 14.2, UserGains(ticks_db=None, voice_db=2.0)))
    rig.session.change_ticks(2.0)
    assert rig.session.get_status().ticks_db == -12.0


def test_less_guidance_leaves_words_out_from_now_on(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.0)
    rig.session.cycle_guidance()
    assert rig.session.get_status().notice == GuidanceNotice(guidance="light")
    rig.listen(30.0)
    texts = [getattr(event, "text", None) for event in rig.session.plan.timeline.events]
    assert [text for text in texts if text] == ["One two three four.", "Seven.", "Eight."]
    assert is_same(rig.heard[QUIET:], as_rendered(rig.session.plan))


def test_it_can_walk_out_and_then_it_ends(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(6.0)
    assert rig.session.can_walk_out()
    rig.session.walk_out()
    heard = rig.listen(25.0)
    assert is_same(heard[frames(GUARD_S + 0.2) :], as_rendered(run, run.timeline.blocks[2].start_s)[frames(0.2) :])
    assert not rig.session.can_walk_out()
    assert (rig.state, rig.session.ending) == ("ended", "walked-out")


@pytest.mark.parametrize("paused", [False, True])
def test_it_stops_softly_and_soon(run: Plan, *, paused: bool) -> None:
    rig = Rig(run)
    rig.listen(8.0)
    if paused:
        rig.session.toggle_pause()
        rig.listen(4.0)
    rig.session.stop()
    rig.listen(1.0)
    assert (rig.state, rig.session.ending) == ("ended", "stopped")
    assert rig.backend.opened[0].closed


def test_a_device_that_goes_while_it_stops_is_not_waited_for(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.0)
    rig.session.stop()
    rig.backend.opened[0].unplug()
    rig.listen(0.1)
    assert (rig.state, rig.session.ending, len(rig.backend.opened)) == ("ended", "stopped", 1)


def test_without_its_device_it_waits_and_goes_on_where_it_was(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(20.0)
    rig.backend.opened[0].unplug()
    rig.backend.names = []
    rig.listen(5.0)
    lost_s = rig.position_s
    assert (rig.state, rig.session.get_status().notice) == ("lost", EventNotice(kind="device-lost"))
    assert lost_s == pytest.approx(20.0 - 0.5 - 0.08, abs=0.05)
    rig.backend.names = ["Headset"]
    rig.listen(1.2)
    assert (rig.state, rig.session.get_status().notice) == ("playing", EventNotice(kind="device-back"))
    assert lost_s - 2.4 - 1.3 <= rig.position_s <= lost_s + 1.2
    rig.listen(60.0)
    assert rig.state == "ended"


def test_a_device_that_comes_back_finds_a_pause_as_it_was(run: Plan) -> None:
    rig = Rig(run)
    rig.listen(8.0)
    rig.session.toggle_pause()
    rig.listen(4.0)
    at_s = rig.position_s
    rig.backend.opened[0].unplug()
    rig.listen(3.0)
    assert (rig.state, rig.position_s, len(rig.backend.opened)) == ("paused", at_s, 2)
    assert loudest(rig.listen(2.0)) < FLOOR


def test_the_status_is_that_of_the_sample_heard(run: Plan) -> None:
    rig = Rig(run, latency_s=0.2)
    rig.listen(0.5 + 3.0 + 0.2 + 0.04)
    status = rig.session.get_status()
    assert status.position_s == pytest.approx(3.04, abs=0.041)
    assert status.speech is not None
    assert status.speech.text == "One two three four."
    assert (status.block, status.cadence_spm) == (0, 150.0)
    assert status.breath is not None
    step = status.position_s * 150 / 60 % 6
    assert (status.breath.phase, status.breath.done) == ("in" if step < 3 else "out", pytest.approx(step % 3 / 3))


ON_THE_PLAN = ["toggle_pause", "go_to_next_block", "go_to_previous_block", "cycle_guidance", "update_plan", "walk_out"]
COMMANDS = st.sampled_from([*ON_THE_PLAN, "quicker", "slower", "louder", "softer", "unplug", "set_gain"])


def command(rig: Rig, name: str) -> None:
    match name:
        case "quicker":
            rig.session.change_cadence(2.0)
        case "slower":
            rig.session.change_cadence(-6.0)
        case "louder":
            rig.session.change_voice(2.0)
        case "softer":
            rig.session.change_voice(-2.0)
        case "unplug":
            rig.backend.opened[-1].unplug()
        case "set_gain":
            rig.session.set_gain(0.8)
        case _:
            getattr(rig.session, name)()


@given(commands=st.lists(st.tuples(st.floats(0.0, 6.0), COMMANDS), max_size=8))
@settings(max_examples=25, deadline=None)
def test_no_command_causes_a_click_or_a_gap(hummed: Plan, commands: list[tuple[float, str]]) -> None:
    rig = Rig(hummed)
    rig.listen(1.0)
    for after_s, name in commands:
        rig.listen(after_s)
        command(rig, name)
    rig.listen(2.0)
    steepest = loudest(np.diff(mixed(hummed.timeline), axis=0)) * 10 ** (6 / 20)
    for device in rig.backend.opened[:-1]:
        assert device.closed
    last = rig.backend.opened[-1].pulled
    assert loudest(np.diff(last, axis=0)) <= steepest * 1.2
    assert rig.buffer.missed_frames == 0
    status = rig.session.get_status()
    assert 0.0 <= status.position_s <= status.timeline.length_s + 0.01
    assert status.state in {"playing", "pausing", "paused", "lost", "ended"}
