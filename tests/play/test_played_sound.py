"""Every command of a runner on a real sound server, aligned with the plans to the sample."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import align_recording
import numpy as np
import pytest
import session_texts
import soxr
from pulse_server import SoundServer, served, until

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ
from coach.devices.miniaudio_device import MiniaudioBackend
from coach.play.playback_session import JUMP_S, PlaybackSession
from coach.play.playback_setup import OpenPlayback, start_playback
from coach.play.playback_thread import PlaybackThread
from coach.play.sample_sources import FADE_IN_S, FADE_OUT_S, SoundsWithUserGains
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Speech, Tick
from coach.voices.speech_service import SpeechService

OTHER_RATE_HZ = 44_100
SOON = round(0.25 * RATE_HZ)
FLOOR = 0.004
TRACE = 1e-5

SESSION = """
    coach: 1
    title: {en: Heard}
    length: 40s
    cadence: 168
    breath: 3 in / 3 out
    sounds: {tick: wood, bell: bowl, breath: air, bed: forest}
    blocks:
      - free:
          lasts: 20s
          ticks: on
          breath-sound: on
          say: [{at: 7s, text: {en: "Feel how your feet touch the ground, lightly, one after the other."}}]
      - free: {lasts: 20s, ticks: on, breath-sound: off, bell: none}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """A session being played, and the recording of it."""

    playback: OpenPlayback
    player: PlaybackThread

    @property
    def session(self) -> PlaybackSession:
        return self.player._session

    def comes_to(self, time_s: float) -> None:
        """Wait until a place of the session is heard."""
        until(lambda: self.player.get_status().position_s >= time_s, f"{time_s:.1f} s is heard")

    def becomes(self, state: str) -> None:
        """Wait until it is so."""
        until(lambda: self.player.get_status().state == state, f"it is {state}")

    def rendered(self) -> align_recording.Signal:
        """All of the plan of now, at the levels of now."""
        return rendered(self.session)


def rendered(session: PlaybackSession) -> align_recording.Signal:
    bank = SoundsWithUserGains(bank=session._bank, gains=session._gains)
    mixer = Mixer(session.plan.timeline, bank, RATE_HZ)
    return np.concatenate(list(mastering.master(mixer.iter_blocks(), session._mix.gain_db)))


@contextmanager
def live(folder: Path, device: str | None = None) -> Iterator[Live]:
    """A session that plays on a device, by default on whatever is the default, at its final level."""
    session = session_texts.session(folder, SESSION)
    with SpeechService(None) as service:
        playback = OpenPlayback(MiniaudioBackend(), device)
        try:
            with start_playback(playback, session, PlanOptions(language="en"), service, 0.0) as player:
                run = Live(playback=playback, player=player)
                until(lambda: run.session._mix.gain_db != 0.0, "the level is known")
                yield run
        finally:
            playback.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The frame of the recording at which a key was pressed, and what was to be heard before and after."""

    key: int
    before: align_recording.Signal
    after: align_recording.Signal


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run with everything that a runner can do to it, as it was recorded."""

    heard: align_recording.Signal
    missed_frames: int
    plans: tuple[Plan, Plan]
    softer: Change
    quicker: Change
    pause: Change
    onwards: Change
    skip: Change


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, sound_programs: None) -> Run:  # noqa: ARG001 - they must be there
    folder = tmp_path_factory.mktemp("heard")
    with served(folder) as server, server.recorded("run") as recording, live(folder) as now:

        def pressed(press: Callable[[], None], done: Callable[[], bool]) -> Change:
            before, key = now.rendered(), recording.frames
            press()
            until(done, "the command has run")
            return Change(key=key, before=before, after=now.rendered())

        player, session = now.player, now.session
        now.comes_to(2.5)
        softer = pressed(lambda: player.change_ticks(-2.0), lambda: session._gains.ticks_db == -2.0)
        now.comes_to(3.5)
        steady = session.plan
        quicker = pressed(lambda: player.change_cadence(4.0), lambda: session.plan is not steady)
        words = words_of(session.plan)
        now.comes_to(words.start_s + 0.7)
        pause = pressed(player.toggle_pause, lambda: player.get_status().state == "pausing")
        now.becomes("paused")
        rested = recording.frames + RATE_HZ // 2
        until(lambda: recording.frames > rested, "it rests")
        onwards = pressed(player.toggle_pause, lambda: player.get_status().state == "playing")
        now.comes_to(words.end_s + 0.5)
        skip = pressed(player.go_to_next_block, lambda: player.get_status().block == 1)
        now.comes_to(session.plan.timeline.blocks[1].start_s + 1.2)
        heard, missed_frames = recording.samples, now.playback.buffer.missed_frames
    return Run(
        heard=heard,
        missed_frames=missed_frames,
        plans=(steady, session.plan),
        softer=softer,
        quicker=quicker,
        pause=pause,
        onwards=onwards,
        skip=skip,
    )


def resampled(heard: align_recording.Signal) -> align_recording.Signal:
    return np.stack([soxr.resample(ear, OTHER_RATE_HZ, RATE_HZ, "VHQ") for ear in heard.T], axis=1)


def words_of(plan: Plan) -> Speech:
    (words,) = session_texts.of_kind(plan.timeline, Speech)
    return words


def cycles_s(plan: Plan) -> list[float]:
    """When breath cycles begin."""
    return [
        tick.start_s for tick in session_texts.of_kind(plan.timeline, Tick) if (tick.phase, tick.count) == ("in", 1)
    ]


def followed(heard: align_recording.Signal, rendered: align_recording.Signal, near: int) -> align_recording.Stretch:
    """The part of a recording, from half a second before a frame of it on, that is as rendered."""
    first = near - RATE_HZ // 2
    late = first - align_recording.place(heard[first:near], rendered)
    return align_recording.same_around(heard, rendered, late, near)


def places_s(stretch: align_recording.Stretch) -> tuple[float, float]:
    """Which part of the session a stretch is."""
    return (stretch.start - stretch.late) / RATE_HZ, (stretch.end - stretch.late) / RATE_HZ


def loudest(heard: align_recording.Signal) -> float:
    return float(np.abs(heard).max())


def test_no_frame_is_missed_and_there_is_no_gap(run: Run) -> None:
    assert (run.missed_frames, align_recording.holes(run.heard)) == (0, [])


def test_softer_ticks_are_heard_within_a_quarter_of_a_second(run: Run) -> None:
    before = followed(run.heard, run.softer.before, run.softer.key)
    after = followed(run.heard, run.softer.after, run.softer.key + RATE_HZ)
    assert before.late == after.late
    assert before.end > run.softer.key
    assert after.start - run.softer.key < SOON
    tick = slice(after.start - after.late, after.start - after.late + RATE_HZ // 2)
    assert loudest(run.softer.after[tick]) < 0.9 * loudest(run.softer.before[tick])


def test_another_cadence_comes_with_the_next_breath_and_the_steps_go_on(run: Run) -> None:
    steady, quicker = (session_texts.of_kind(plan.timeline, Tick) for plan in run.plans)
    before = followed(run.heard, run.quicker.before, run.quicker.key)
    after = followed(run.heard, run.quicker.after, run.pause.key)
    changed_s = next(start_s for start_s in cycles_s(run.plans[0]) if start_s > places_s(before)[1] - 0.02)
    assert (before.late, before.start) == (after.late, after.start)
    assert places_s(before)[1] == pytest.approx(changed_s, abs=0.02)
    assert [tick for tick in quicker if tick.start_s < changed_s] == [t for t in steady if t.start_s < changed_s]
    assert [(tick.phase, tick.count) for tick in quicker[:40]] == [(tick.phase, tick.count) for tick in steady[:40]]
    intervals_s = {start.start_s: end.start_s - start.start_s for start, end in pairwise(quicker[:40])}
    assert intervals_s == pytest.approx(
        {start_s: 60 / (172 if start_s >= changed_s else 168) for start_s in intervals_s}
    )


def test_a_pause_fades_out_until_a_breath_begins_and_rests_at_the_floor(run: Run) -> None:
    before = followed(run.heard, run.pause.before, run.pause.key)
    fades_s = places_s(before)[1]
    rests_s = next(start_s for start_s in cycles_s(run.plans[1]) if start_s > fades_s)
    assert before.end > run.pause.key
    assert fades_s == pytest.approx(rests_s - FADE_OUT_S, abs=0.01)
    rest = run.heard[before.late + round(rests_s * RATE_HZ) : run.onwards.key]
    assert len(rest) > RATE_HZ // 2
    assert loudest(rest) < FLOOR


def test_after_a_pause_it_comes_back_softly_on_a_breath_and_the_words_are_said_anew(run: Run) -> None:
    before = followed(run.heard, run.pause.before, run.pause.key)
    after = followed(run.heard, run.onwards.after, run.skip.key)
    again_s = places_s(after)[0] - FADE_IN_S
    words = words_of(run.plans[1])
    assert words.start_s < places_s(before)[1] < words.end_s
    assert min(abs(again_s - start_s) for start_s in cycles_s(run.plans[1])) < 0.01
    assert places_s(after)[0] <= words.start_s < words.end_s < places_s(after)[1]
    soft, full = (run.heard[after.start - RATE_HZ : after.start], rendered_before(after, run.onwards.after))
    assert np.all(np.abs(soft) <= np.abs(full) + align_recording.SAME)
    assert loudest(soft[: RATE_HZ // 4]) < 0.5 * loudest(full[: RATE_HZ // 4])


def rendered_before(stretch: align_recording.Stretch, rendered: align_recording.Signal) -> align_recording.Signal:
    """The second of the session before a stretch of it."""
    start = stretch.start - stretch.late
    return rendered[start - RATE_HZ : start]


def test_another_block_is_heard_within_a_quarter_of_a_second_from_its_start(run: Run) -> None:
    before = followed(run.heard, run.skip.before, run.skip.key)
    after = followed(run.heard, run.skip.after, run.skip.key + RATE_HZ)
    assert run.skip.key < before.end < run.skip.key + SOON
    begun = after.late + round(run.plans[1].timeline.blocks[1].start_s * RATE_HZ)
    assert begun == pytest.approx(before.end, abs=0.02 * RATE_HZ)
    assert after.start - begun < (JUMP_S + 0.02) * RATE_HZ


def test_a_device_that_is_lost_is_replaced_by_one_of_another_rate_and_by_a_new_server(
    sound_server: SoundServer, tmp_path: Path
) -> None:
    with ExitStack() as recordings:
        first = recordings.enter_context(sound_server.recorded("run"))
        now = recordings.enter_context(live(tmp_path))
        plan, render = now.session.plan, now.rendered()
        now.comes_to(3.5)
        sound_server.remove_sink("run")
        now.becomes("lost")
        removed_s = now.player.get_status().position_s
        sound_server.add_sink("other", "Other", OTHER_RATE_HZ)
        second = recordings.enter_context(sound_server.recorded("other"))
        now.becomes("playing")
        now.comes_to(removed_s + 1.5)
        sound_server.kill()
        now.becomes("lost")
        killed_s = now.player.get_status().position_s
        sound_server.start()
        sound_server.add_sink("run", "Run")
        third = recordings.enter_context(sound_server.recorded("run"))
        now.becomes("playing")
        now.comes_to(killed_s + 1.5)
        heard = [first.samples, resampled(second.samples), third.samples]
        assert now.playback.buffer.missed_frames == 0
    for lost_s, went_on in ((removed_s, heard[1]), (killed_s, heard[2])):
        begins, from_s, likeness = entered(went_on, render)
        again_s = max(start_s for start_s in cycles_s(plan) if start_s <= lost_s)
        assert from_s == pytest.approx(again_s, abs=0.03)
        assert likeness > 0.9999
        assert loudest(went_on[begins : begins + RATE_HZ // 5]) < FLOOR
    assert [align_recording.holes(each) for each in heard] == [[], [], []]


@pytest.mark.parametrize("wanted", [None, "Run"])
def test_where_the_device_goes_off_the_loudspeaker_stays_silent_until_it_is_asked_for(
    sound_server: SoundServer, tmp_path: Path, wanted: str | None
) -> None:
    sound_server.add_sink("loudspeaker", "Loudspeaker")
    sound_server.pactl("set-default-sink", "run")
    with ExitStack() as recordings:
        loudspeaker = recordings.enter_context(sound_server.recorded("loudspeaker"))
        now = recordings.enter_context(live(tmp_path, wanted))
        now.comes_to(2.0)
        sound_server.remove_sink("run")
        now.becomes("lost")
        lost_s = now.player.get_status().position_s
        waited = loudspeaker.frames + 3 * RATE_HZ  # more than two tries to reconnect
        until(lambda: loudspeaker.frames > waited, "it waits")
        assert (now.player.get_status().state, now.player.get_status().position_s) == ("lost", lost_s)
        assert not loudspeaker.samples.any()
        now.player.toggle_pause()
        now.becomes("playing")
        now.comes_to(lost_s + 0.5)
        assert loudspeaker.samples.any()


def entered(heard: align_recording.Signal, rendered: align_recording.Signal) -> tuple[int, float, float]:
    """Where a recording begins to sound, which place of the session that is, and how alike its last second is."""
    sounding = np.flatnonzero(np.abs(heard).max(axis=1) > TRACE)
    part = heard[sounding[-1] - RATE_HZ : sounding[-1] - RATE_HZ // 10]
    place = align_recording.place(part, rendered)
    begins = int(sounding[0])
    begins_s = (place - (sounding[-1] - RATE_HZ - begins)) / RATE_HZ
    return begins, begins_s, align_recording.likeness(part[:, 0], rendered[place : place + len(part), 0])
