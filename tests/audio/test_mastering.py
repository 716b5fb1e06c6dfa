"""The gain cache: the gain that was last measured for the same sounds."""

import math
import struct
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ, mixed
from hypothesis import given
from hypothesis import strategies as st

from coach.audio import mastering
from coach.audio.mastering import recall_gain_db, remember_gain
from coach.sounds.loudness import measure_loudness_lufs
from coach.timeline.timeline import Bed, Timeline
from coach.utterance import Utterance

RUN = """\
coach: 1
title: Proef
language: nl
sounds: {bed: wind}
blocks:
  - free: {lasts: 20s, ticks: on, breath-sound: on, bell: start, say: [{at: 8s, text: een twee drie vier}]}
"""


def test_the_loudness_of_a_mix_of_weighted_sounds_is_that_of_the_mix(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, RUN)
    assert mastering.measure_loudness_lufs(plan, BANK, RATE_HZ) == pytest.approx(
        measure_loudness_lufs(mixed(plan), RATE_HZ), abs=0.1
    )


def test_a_session_without_words_is_left_at_its_level(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: P\nlanguage: nl\nblocks: [free: {lasts: 9s, ticks: on}]\n"
    )
    assert mastering.measure_gain_db(plan, BANK, RATE_HZ) == 0.0


@given(st.lists(st.floats(-4.0, 4.0, width=32), min_size=1, max_size=50))
def test_no_sample_passes_the_ceiling_and_quiet_ones_are_untouched(levels: list[float]) -> None:
    samples = np.array(levels, np.float32)[:, None]
    held = mastering.hold_ceiling(samples)
    assert np.abs(held).max() <= mastering.CEILING + 1e-6
    below = np.abs(samples) <= mastering.KNEE
    np.testing.assert_array_equal(held[below], samples[below])
    assert np.all(np.sign(held) == np.sign(samples))


SESSION = """
coach: 1
title: {en: A run}
sounds: {tick: wood, bell: bowl, bed: rain, breath: air}
blocks:
  - silence: 1m
  - breathing: {lasts: 2m, bell: start}
  - walk-out: 2m
"""


def clip_key(utterance: Utterance) -> str:
    return utterance.text


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "levels"


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    return session_texts.planned(tmp_path, SESSION).timeline


def write_sound(path: Path, hz: float) -> None:
    samples = [round(20_000 * math.sin(2 * math.pi * hz * frame / 48_000)) for frame in range(4_800)]
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def test_a_cached_gain_is_exact(entries: Path, timeline: Timeline, tmp_path: Path) -> None:
    assert recall_gain_db(timeline, clip_key) is None
    remember_gain(timeline, clip_key, -1.0 / 3.0)
    other = session_texts.planned(tmp_path, SESSION.replace("1m", "70s")).timeline
    assert (recall_gain_db(timeline, clip_key), recall_gain_db(other, clip_key)) == (-1.0 / 3.0, None)
    assert len(list(entries.iterdir())) == 1


@pytest.mark.usefixtures("entries")
def test_titles_do_not_change_the_key(timeline: Timeline, tmp_path: Path) -> None:
    remember_gain(timeline, clip_key, 1.0)
    renamed = session_texts.planned(tmp_path, SESSION.replace("A run", "Another run")).timeline
    assert recall_gain_db(renamed, clip_key) == 1.0


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("changed", "to"),
    [("wood", "drum"), ("bowl", "chime"), ("rain", "wind"), ("air", "wave"), ("lasts: 2m", "lasts: 3m")],
)
def test_another_sound_is_measured_again(timeline: Timeline, tmp_path: Path, changed: str, to: str) -> None:
    remember_gain(timeline, clip_key, 1.0)
    assert changed in SESSION
    other = session_texts.planned(tmp_path, SESSION.replace(changed, to)).timeline
    assert recall_gain_db(other, clip_key) is None


@pytest.mark.usefixtures("entries")
def test_another_voice_is_measured_again(timeline: Timeline) -> None:
    remember_gain(timeline, clip_key, 1.0)
    assert recall_gain_db(timeline, lambda utterance: f"another voice: {utterance.text}") is None


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("changed", ["tick", "bell", "bed", "breath"])
def test_an_authors_sound_with_other_bytes_is_measured_again(tmp_path: Path, changed: str) -> None:
    text = SESSION
    for name, builtin in (("tick", "wood"), ("bell", "bowl"), ("bed", "rain"), ("breath", "air")):
        write_sound(tmp_path / f"{name}.wav", 440.0)
        text = text.replace(f"{name}: {builtin}", f"{name}: {name}.wav")
    timeline = session_texts.planned(tmp_path, text).timeline
    remember_gain(timeline, clip_key, 1.0)
    assert recall_gain_db(timeline, clip_key) == 1.0
    write_sound(tmp_path / f"{changed}.wav", 660.0)
    assert recall_gain_db(timeline, clip_key) is None
    write_sound(tmp_path / f"{changed}.wav", 440.0)
    assert recall_gain_db(timeline, clip_key) == 1.0


def test_with_an_unreadable_sound_nothing_is_stored(entries: Path, timeline: Timeline, tmp_path: Path) -> None:
    missing = Bed(start_s=0.0, end_s=60.0, name=tmp_path / "missing.wav")
    broken = replace(timeline, events=(missing, *timeline.events))
    remember_gain(broken, clip_key, 1.0)
    assert recall_gain_db(broken, clip_key) is None
    assert not entries.exists()


@pytest.mark.usefixtures("entries")
def test_another_version_of_the_mastering_measures_again(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    remember_gain(timeline, clip_key, 1.0)
    monkeypatch.setattr(mastering, "MASTERING_VERSION", 0)
    assert recall_gain_db(timeline, clip_key) is None


@pytest.mark.parametrize("damaged", ["", "loud", "nan", "-inf", "4.1", "\x00"])
def test_a_damaged_entry_is_ignored(entries: Path, timeline: Timeline, damaged: str) -> None:
    remember_gain(timeline, clip_key, 1.0)
    (entry,) = entries.iterdir()
    entry.write_text(damaged, encoding="utf-8")
    assert recall_gain_db(timeline, clip_key) is None


def test_a_read_only_cache_is_no_error(entries: Path, timeline: Timeline) -> None:
    entries.parent.write_text("a file where the folder would be", encoding="utf-8")
    remember_gain(timeline, clip_key, 1.0)
    assert recall_gain_db(timeline, clip_key) is None
