from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ, hum, mixed
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.mixer import Envelope
from coach.sounds.clip import Samples
from coach.timeline.timeline import Bed, Bell, Speech, Tick, Timeline
from coach.utterance import Utterance

RUN = """\
coach: 1
title: Proef
language: nl
cadence: 150
sounds: {bed: wind}
blocks:
  - free: {lasts: 20s, ticks: on, breath-sound: on, bell: start, say: [{at: 8s, text: een twee drie vier}]}
  - free: {lasts: 10s, sounds: {bed: none}, say: [{at: 5s, text: vijf}]}
"""


def rms_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return session_texts.timeline(tmp_path_factory.mktemp("mixer"), RUN)


@pytest.fixture(scope="module")
def whole(plan: Timeline) -> Samples:
    return mixed(plan)


def test_the_mix_is_exactly_as_long_as_the_session(plan: Timeline, whole: Samples) -> None:
    assert whole.shape == (round(plan.length_s * RATE_HZ), 2)
    assert whole.dtype == np.float32


@pytest.mark.parametrize("start", [1, 9_599, 100_003, 400_000, 1_000_001])
def test_it_can_begin_anywhere_and_gives_the_same_samples(plan: Timeline, whole: Samples, start: int) -> None:
    np.testing.assert_array_equal(mixed(plan, start), whole[start:])


def test_there_is_never_digital_silence(whole: Samples) -> None:
    windows = whole[: whole.shape[0] // 4800 * 4800].reshape(-1, 4800 * 2)
    assert np.sqrt(np.mean(np.square(windows), axis=1)).min() > 10 ** (-72 / 20)


def test_ticks_duck_nine_decibels_under_speech_and_are_never_gated(tmp_path: Path) -> None:
    ticking = "coach: 1\ntitle: P\nlanguage: nl\ncadence: 150\nblocks: [free: {lasts: 12s, ticks: on%s}]\n"
    bare = session_texts.timeline(tmp_path, ticking % "")
    spoken = session_texts.timeline(tmp_path, ticking % ", say: [{at: 4s, text: een twee drie vier vijf zes}]")
    voice = np.zeros_like(mixed(bare))
    first = 4 * RATE_HZ
    said = hum(Utterance(text="een twee drie vier vijf zes", language="nl")).samples
    voice[first : first + said.shape[0]] = said
    ducked = mixed(spoken) - voice
    under, alone = ducked[first : first + 2 * RATE_HZ], mixed(bare)[first : first + 2 * RATE_HZ]
    assert np.abs(under).max() / np.abs(alone).max() == pytest.approx(10 ** (-9 / 20), rel=0.02)


def test_the_floor_swells_before_words_that_follow_quiet(tmp_path: Path) -> None:
    quiet = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: P\nlanguage: nl\nblocks: [free: {lasts: 20s, say: [{at: 10s, text: hallo}]}]\n"
    )
    samples = mixed(quiet)
    before, lead_in = samples[7 * RATE_HZ : 8 * RATE_HZ], samples[int(9.7 * RATE_HZ) : 10 * RATE_HZ]
    assert rms_db(before) == pytest.approx(-66.0, abs=1.5)
    assert rms_db(lead_in) == pytest.approx(-51.0, abs=2.0)


def test_a_level_scales_its_own_sound_and_nothing_else(tmp_path: Path) -> None:
    text = """\
        coach: 1
        title: Trial
        language: en
        sounds: {bed: rain}
        blocks:
          - free: {lasts: 12s, ticks: on, bell: start, say: {at: 6s, text: "Here we go."}}
        """
    plan = session_texts.timeline(tmp_path, text)
    whole = mixed(plan)
    for kind in (Speech, Tick, Bell, Bed):
        softer = [replace(event, gain_db=event.gain_db - 6.0 * isinstance(event, kind)) for event in plan.events]
        without = replace(
            plan,
            events=tuple(replace(event, gain_db=-200.0) if isinstance(event, kind) else event for event in plan.events),
        )
        alone = whole - mixed(without)
        np.testing.assert_allclose(
            mixed(replace(plan, events=tuple(softer))), mixed(without) + alone * 10 ** (-6 / 20), atol=1e-6
        )


def test_a_bed_fades_for_as_long_as_its_block_says(tmp_path: Path) -> None:
    text = "coach: 1\ntitle: P\nlanguage: nl\nblocks: [free: {lasts: 40s, sounds: {bed: rain%s}}]\n"
    plans = [session_texts.timeline(tmp_path, text % fade) for fade in ("", ", bed-fade: 16s")]
    usual, slow = (
        mixed(plan) - mixed(replace(plan, events=tuple(replace(event, gain_db=-200.0) for event in plan.events)))
        for plan in plans
    )
    for second, share in ((20, 1.0), (8, 0.5), (32, 0.5)):
        part = slice(int((second - 0.05) * RATE_HZ), int((second + 0.05) * RATE_HZ))
        np.testing.assert_allclose(slow[part], usual[part] * share, atol=2e-4)


def test_a_count_cut_off_by_the_next_fades_out_where_it_ends(tmp_path: Path) -> None:
    text = (
        "coach: 1\ntitle: P\nlanguage: en\ncadence: 220\nblocks: [free: {lasts: 10s, say: '[step] one [step] two'}]\n"
    )
    plan = session_texts.timeline(tmp_path, text)
    one = next(event for event in plan.events if isinstance(event, Speech))
    samples = BANK.get_sound(replace(one, end_s=one.start_s + 0.2))
    assert samples.shape[0] == 9600
    assert abs(float(samples[-1, 0])) < 1e-4
    np.testing.assert_array_equal(samples[:8000], hum(one.utterance).samples[:8000])


spans = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 800)).map(lambda pair: (pair[0], sum(pair))), max_size=6
)


def heights(envelope: Envelope, start: int, frames: int) -> list[float]:
    return np.broadcast_to(np.asarray(envelope.compute_gain(start, frames)).reshape(-1), frames).tolist()


def test_an_envelope_is_full_within_its_span() -> None:
    envelope = Envelope([(100, 200)], rise_frames=50, fall_frames=50)
    assert heights(envelope, 0, 50) == [0.0] * 50
    assert heights(envelope, 100, 101) == [1.0] * 101
    assert heights(envelope, 75, 1) == [0.5]
    assert heights(envelope, 225, 1) == [0.5]
    assert heights(envelope, 250, 10) == [0.0] * 10


def test_spans_whose_ramps_overlap_become_one() -> None:
    envelope = Envelope([(100, 200), (290, 300)], rise_frames=50, fall_frames=50)
    assert heights(envelope, 150, 150) == [1.0] * 150


def test_an_envelope_without_spans_is_zero() -> None:
    assert Envelope([], rise_frames=1, fall_frames=1).compute_gain(0, 10) == 0.0


@given(spans, st.integers(0, 6000), st.integers(1, 700))
def test_an_envelope_is_the_same_however_it_is_cut(some: list[tuple[int, int]], start: int, frames: int) -> None:
    envelope = Envelope(some, rise_frames=40, fall_frames=90)
    whole = heights(envelope, 0, 8000)
    assert heights(envelope, start, frames) == pytest.approx(whole[start : start + frames])


@given(spans)
def test_an_envelope_never_jumps(some: list[tuple[int, int]]) -> None:
    line = np.array(heights(Envelope(some, rise_frames=40, fall_frames=90), 0, 8000))
    assert np.abs(np.diff(line)).max() <= 1.5 / 40 + 1e-6
    assert line.min() >= 0.0
    assert line.max() <= 1.0
