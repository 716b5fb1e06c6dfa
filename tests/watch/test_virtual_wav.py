"""Virtual WAV files: the sounds that can be requested."""

import io
import wave
from pathlib import Path

import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_builders import reset_run

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.encoders.encoder import EncoderSettings, write_file
from coach.encoders.tags import Tags
from coach.watch.virtual_wav import HEAD_BYTES, MOST_VERSIONS, SoundVersions, VirtualWav

MIXER = Mixer(reset_run(), BANK, RATE_HZ)


def make_sound(heard: str) -> VirtualWav:
    return VirtualWav(mixer=MIXER, gain_db=0.0, heard=heard)


def test_each_sound_has_a_name_of_its_own() -> None:
    versions = SoundVersions()
    one, two = make_sound("one"), make_sound("two")
    names = versions.put(one), versions.put(two)
    assert len(set(names)) == 2
    assert [versions.get(name) for name in names] == [one, two]


def test_a_sound_equal_to_the_last_keeps_its_name() -> None:
    versions = SoundVersions()
    assert versions.put(make_sound("one")) == versions.put(make_sound("one"))


def test_a_sound_equal_to_an_earlier_one_gets_a_new_name() -> None:
    versions = SoundVersions()
    assert len({versions.put(make_sound(heard)) for heard in ("one", "two", "one")}) == 3


def test_the_last_few_are_kept_and_no_more() -> None:
    versions = SoundVersions()
    names = [versions.put(make_sound(str(number))) for number in range(MOST_VERSIONS + 2)]
    assert [versions.get(name) is not None for name in names] == [False, False, *[True] * MOST_VERSIONS]


def test_names_of_another_run_are_unknown() -> None:
    assert SoundVersions().get(SoundVersions().put(make_sound("one"))) is None


RUN = """\
coach: 1
title: Proef
language: nl
sounds: {bed: rain, bell: bowl, breath: air}
blocks:
  - breathing: {lasts: 7s, ticks: on, say: [{at: 1s, text: een twee drie vier}]}
  - free: {lasts: 5s, ticks: on, bell: both, say: [{at: 1s, text: vijf zes}]}
"""
LEVEL_DB = 1.3


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> VirtualWav:
    plan = session_texts.timeline(tmp_path_factory.mktemp("sound"), RUN)
    return VirtualWav(mixer=Mixer(plan, BANK, RATE_HZ), gain_db=LEVEL_DB, heard=None)


@pytest.fixture(scope="module")
def whole(sound: VirtualWav) -> bytes:
    return b"".join(sound.read(0, sound.size_bytes))


def test_the_whole_is_the_wav_that_a_render_writes(sound: VirtualWav, whole: bytes, tmp_path: Path) -> None:
    blocks = mastering.master(sound.mixer.iter_blocks(), LEVEL_DB)
    write_file(tmp_path / "run.wav", blocks, Tags(title="Proef", language="nl"), EncoderSettings(rate_hz=RATE_HZ))
    with wave.open(str(tmp_path / "run.wav")) as rendered, wave.open(io.BytesIO(whole)) as ours:
        assert ours.getparams() == rendered.getparams()
        assert ours.readframes(ours.getnframes()) == rendered.readframes(rendered.getnframes())
    assert len(whole) == sound.size_bytes == HEAD_BYTES + 4 * 12 * RATE_HZ


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_range_of_bytes_is_that_of_the_whole(sound: VirtualWav, whole: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole) - 1), "start")
    end = data.draw(st.integers(start + 1, min(len(whole), start + 200_000)), "end")
    assert b"".join(sound.read(start, end)) == whole[start:end]


def test_it_is_mixed_piece_by_piece_as_it_is_read(sound: VirtualWav) -> None:
    pieces = sound.read(0, sound.size_bytes)
    assert [len(next(pieces)), len(next(pieces))] == [HEAD_BYTES, 4 * RATE_HZ // 5]


def test_a_byte_has_its_time(sound: VirtualWav) -> None:
    assert [sound.find_time_s(byte) for byte in (0, HEAD_BYTES, HEAD_BYTES + 4 * RATE_HZ)] == [0.0, 0.0, 1.0]


def test_a_sound_too_long_for_the_format_still_has_a_header(sound: VirtualWav) -> None:
    class Long(Mixer):
        def __init__(self) -> None:
            self.rate_hz = RATE_HZ
            self.frames = 12 * 3600 * RATE_HZ

    long = VirtualWav(mixer=Long(), gain_db=0.0, heard=None)
    (head,) = long.read(0, HEAD_BYTES)
    assert (head[4:8], head[40:44], long.size_bytes) == (b"\xff" * 4, b"\xff" * 4, 44 + 4 * 12 * 3600 * RATE_HZ)
    assert sound.size_bytes < long.size_bytes
