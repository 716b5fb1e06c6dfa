"""Beds of the author's files that are streamed."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ExternalError
from coach.sounds import file_bed
from coach.sounds.beds import BED_RMS_DB
from coach.sounds.clip import Samples
from coach.sounds.decode import decode
from coach.sounds.file_bed import FileBed, SecondsReader, SoundStream, load_summary

RATE_HZ = 8_000


def write(
    folder: Path, name: str, seconds: float, *, rate_hz: int = RATE_HZ, level: float = 0.1, seed: int = 3
) -> Path:
    samples = np.random.default_rng(seed).normal(0.0, level, (round(seconds * rate_hz), 2))
    soundfile.write(folder / name, samples, rate_hz)
    return folder / name


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("beds")
    return write(folder, "a.wav", 9.0), write(folder, "b.flac", 3.0, seed=4), write(folder, "c.wav", 1.5, level=0.4)


def level_db(samples: Samples) -> float:
    return float(10.0 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


@pytest.fixture(scope="module")
def bed(files: tuple[Path, ...]) -> FileBed:
    return FileBed(files, RATE_HZ)


@given(start=st.integers(-9_000, 10**7), cut=st.integers(1, 3_999))
@settings(deadline=None, max_examples=30)
def test_a_bed_is_the_same_however_it_is_cut(bed: FileBed, start: int, cut: int) -> None:
    whole = bed.render(start, 4_000)
    assert np.array_equal(whole, np.concatenate([bed.render(start, cut), bed.render(start + cut, 4_000 - cut)]))


def test_files_play_in_turn_and_over_again_at_the_same_level_from_the_first(
    bed: FileBed, files: tuple[Path, ...]
) -> None:
    assert not bed.render(-100, 100).any()
    played = bed.render(0, 60 * RATE_HZ)
    seconds = played.reshape(60, -1)
    assert [level_db(second) for second in seconds] == pytest.approx([BED_RMS_DB] * 60, abs=0.6)
    first = decode(files[0], RATE_HZ, longest_s=60.0).samples
    gain = played[0] / first[0]
    np.testing.assert_allclose(played[: 7 * RATE_HZ], first[: 7 * RATE_HZ] * gain, atol=1e-7)
    period = 9 + 3 + 1.5 - 1.5 - 0.75 - 0.75
    again = played[round((period + 2) * RATE_HZ) :][:RATE_HZ]
    np.testing.assert_allclose(again, played[2 * RATE_HZ : 3 * RATE_HZ], atol=1e-7)


@pytest.mark.parametrize(
    ("name", "rate_hz", "atol"),
    [("a.wav", 8_000, 0.0), ("a.mp3", 8_000, 1e-6), ("a.flac", 11_025, 1e-5), ("a.ogg", 8_000, 1e-6)],
)
def test_any_stretch_equals_that_of_the_file_decoded_at_once(
    tmp_path: Path, name: str, rate_hz: int, atol: float
) -> None:
    path = write(tmp_path, name, 23.0, rate_hz=rate_hz)
    whole = decode(path, RATE_HZ, longest_s=60.0).samples
    stream = SoundStream(path, load_summary(path), RATE_HZ)
    assert abs(stream.frames - len(whole)) <= 1
    for start in (17 * RATE_HZ + 5, 0, 4 * RATE_HZ + 1, 21 * RATE_HZ):
        part = whole[start : start + RATE_HZ * 2]
        np.testing.assert_allclose(stream.read(start, RATE_HZ * 2)[: len(part)], part, atol=atol)
    assert not stream.read(24 * RATE_HZ, 10).any()


def test_a_file_that_cannot_be_sought_in_is_decoded_again_to_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.wav", 12.0)
    sought = SecondsReader(path, 60.0)
    monkeypatch.setattr(SecondsReader, "_open", lambda _: None)
    decoded = SecondsReader(path, 60.0)
    for first_s, count_s in ((0, 3), (2, 4), (5, 4), (10, 5), (1, 3)):
        assert np.array_equal(decoded.read(first_s, count_s).samples, sought.read(first_s, count_s).samples)


def test_a_file_is_measured_once_for_all_that_hold_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = load_summary(write(tmp_path, "a.wav", 2.0))
    monkeypatch.setattr(file_bed, "summarize_sound", lambda *_: pytest.fail("it is measured again"))
    assert load_summary(write(tmp_path, "b.wav", 2.0)) == measured


def test_a_file_of_less_than_a_second_takes_no_turn(tmp_path: Path) -> None:
    path = write(tmp_path, "a.wav", 0.9)
    with pytest.raises(ExternalError, match="too short for a list of beds"):
        FileBed([path], RATE_HZ)
