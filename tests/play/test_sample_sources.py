"""Sample sources, and the runner's gains."""

from pathlib import Path

import numpy as np
import pytest
from humming_soundbank import BANK, RATE_HZ
from session_texts import planned

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.play.playback_buffer import Piece, SampleSource
from coach.play.sample_sources import FADE_IN_S, FADE_OUT_S, Mix, UserGains, fade_in, play_floor, play_until
from coach.sounds.beds import FLOOR
from coach.sounds.clip import Samples
from coach.timeline.schedule import Plan


def test_ticks_go_from_off_to_twice_as_loud_and_no_further() -> None:
    levels = UserGains(ticks_db=-10.0)
    down = [levels := levels.with_ticks(-2.0) for _ in range(3)]
    assert [each.ticks_db for each in down] == [-12.0, None, None]
    up = [levels := levels.with_ticks(2.0) for _ in range(11)]
    assert [each.ticks_db for each in up] == [-12.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 6.0]


def test_the_voice_is_never_off() -> None:
    levels = UserGains(voice_db=-11.0)
    assert [levels.with_voice(by).voice_db for by in (-2.0, 2.0, 30.0)] == [-12.0, -9.0, 6.0]
    assert levels.with_voice(2.0).ticks_db == 0.0


RUN = """
coach: 1
language: en
title: A run
sounds: {bed: none, breath: none}
blocks: [easy: {lasts: 4s, ticks: on, bell: none, say: none}]
"""
FADE_OUT, FADE_IN = round(FADE_OUT_S * RATE_HZ), round(FADE_IN_S * RATE_HZ)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return planned(tmp_path, RUN)


def ones(frames: int, start: int = 0) -> SampleSource:
    """Full scale, in pieces of a tenth of a second, from a frame of the session on."""
    step = RATE_HZ // 10
    for first in range(0, frames, step):
        samples = np.ones((min(step, frames - first), 2), np.float32)
        yield Piece(samples=samples, frame=start + first)


def all_of(source: SampleSource) -> Samples:
    return np.concatenate([piece.samples for piece in source])


def test_the_session_is_what_a_file_of_it_holds_from_any_frame_on(plan: Plan) -> None:
    mixer = Mixer(plan.timeline, BANK, RATE_HZ)
    pieces = list(Mix(mixer=mixer, gain_db=2.0).play_from(12_345))
    expected = np.concatenate(list(mastering.master(mixer.iter_blocks(12_345), 2.0)))
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), expected)
    frames = [piece.frame for piece in pieces]
    assert frames == list(np.cumsum([12_345, *(piece.frames for piece in pieces[:-1])]))


def test_a_rest_is_the_noise_floor_alone_and_has_no_position() -> None:
    pieces = list(play_floor(BANK.get_bed(FLOOR), RATE_HZ, 1.05))
    assert {piece.frame for piece in pieces} == {None}
    samples = np.concatenate([piece.samples for piece in pieces])
    assert samples.shape == (round(1.05 * RATE_HZ), 2)
    assert 0.0 < np.abs(samples).max() < 0.003


def test_a_rest_lasts_as_long_as_is_asked_or_for_ever() -> None:
    assert list(play_floor(BANK.get_bed(FLOOR), RATE_HZ, 0.0)) == []
    endless = play_floor(BANK.get_bed(FLOOR), RATE_HZ)
    assert sum(next(endless).frames for _ in range(500)) == 500 * RATE_HZ // 5


def test_playing_until_a_frame_fades_out_before_it(plan: Plan) -> None:
    assert plan.timeline.length_s == 4.0
    heard = all_of(play_until(ones(RATE_HZ * 2, start=RATE_HZ), RATE_HZ * 2, RATE_HZ))
    assert heard.shape == (RATE_HZ, 2)
    assert (heard[: RATE_HZ - FADE_OUT] == 1.0).all()
    assert (np.diff(heard[RATE_HZ - FADE_OUT :, 0]) <= 0.0).all()
    assert heard[-1].max() < 0.001


def test_a_source_can_fade_in() -> None:
    heard = all_of(fade_in(ones(RATE_HZ * 2), RATE_HZ))
    assert heard[0].max() < 0.001
    assert (np.diff(heard[:FADE_IN, 0]) >= 0.0).all()
    assert (heard[FADE_IN:] == 1.0).all()
