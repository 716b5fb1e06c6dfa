"""The clip cache: complete files or none, checked, and bounded in size."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ExternalError
from coach.sounds.clip import Clip, quantize
from coach.storage.folders import find_cache_folder
from coach.utterance import SpokenDuration
from coach.voices.clip_cache import ClipCache

KEY = "ab" * 32


def clip(frames: int = 480, onset_s: float = 0.004) -> Clip:
    samples = quantize(np.sin(np.arange(frames, dtype=np.float32) / 7.0)[:, None])
    return Clip(samples=samples, rate_hz=48_000, onset_s=onset_s)


def file_of(folder: Path) -> Path:
    return folder / "voices" / KEY[:2] / f"{KEY[2:]}.clip"


def test_a_clip_comes_back_as_it_was(cache: ClipCache) -> None:
    cache.put(KEY, clip())
    back = cache.load(KEY)
    assert back is not None
    np.testing.assert_array_equal(back.samples, clip().samples)
    assert (back.rate_hz, back.onset_s) == (48_000, 0.004)
    assert cache.find_duration(KEY) == SpokenDuration(length_s=0.01, onset_s=0.004)


def test_an_unknown_key_has_no_clip(cache: ClipCache) -> None:
    assert cache.find_duration(KEY) is None
    assert cache.load(KEY) is None


@settings(deadline=None, max_examples=60)
@given(place=st.floats(0.0, 1.0, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: float, bit: int) -> None:
    folder = tmp_path_factory.mktemp("cache")
    ClipCache(folder).put(KEY, clip())
    data = bytearray(file_of(folder).read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    file_of(folder).write_bytes(data)
    assert ClipCache(folder).load(KEY) is None


@pytest.mark.parametrize("size", [0, 1, 35, 36, 40, 500])
def test_a_cut_off_file_is_noticed_even_by_its_length(cache: ClipCache, tmp_path: Path, size: int) -> None:
    cache.put(KEY, clip())
    os.truncate(file_of(tmp_path), size)
    assert cache.find_duration(KEY) is None
    assert cache.load(KEY) is None


def test_over_the_largest_size_the_longest_unused_go_first(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, largest_bytes=2_500)
    keys = [f"{number:02}" * 32 for number in range(3)]
    for age, key in enumerate(keys):
        cache.put(key, clip())
        path = tmp_path / "voices" / key[:2] / f"{key[2:]}.clip"
        os.utime(path, (0, time.time() - 1_000 * age))
    cache.tidy()
    assert [cache.load(key) is not None for key in keys] == [True, True, False]


def test_reading_keeps_an_old_clip_from_going(cache: ClipCache, tmp_path: Path) -> None:
    cache.put(KEY, clip())
    os.utime(file_of(tmp_path), (0, 1_000))
    cache.find_duration(KEY)
    assert file_of(tmp_path).stat().st_mtime > time.time() - 60


def test_files_of_killed_runs_are_removed_but_not_those_being_written(cache: ClipCache, tmp_path: Path) -> None:
    cache.put(KEY, clip())
    old, fresh = file_of(tmp_path).with_name("old.part"), file_of(tmp_path).with_name("fresh.part")
    old.touch()
    os.utime(old, (0, time.time() - 7_200))
    fresh.touch()
    cache.tidy()
    assert sorted(path.name for path in old.parent.iterdir()) == sorted(["fresh.part", file_of(tmp_path).name])


def test_on_a_full_disk_a_clip_is_kept_in_memory_and_leaves_nothing(
    cache: ClipCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    whole = clip()
    cache.put(KEY, whole)
    kept = cache.load(KEY)
    assert kept is not None
    assert np.array_equal(kept.samples, whole.samples)
    assert cache.find_duration(KEY) == SpokenDuration(length_s=whole.length_s, onset_s=whole.onset_s)
    assert ClipCache(tmp_path).load(KEY) is None
    assert list(file_of(tmp_path).parent.iterdir()) == []


def test_the_environment_chooses_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "mine"))
    assert find_cache_folder() == tmp_path / "mine"


def test_a_chosen_folder_that_cannot_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(ExternalError) as caught:
        find_cache_folder()
    assert caught.value.message == f"COACH_CACHE_DIR is {tmp_path}/file/cache, which is not writable"


def test_a_home_that_cannot_be_written_is_not_fatal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.delenv("COACH_CACHE_DIR", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "file" / "cache")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert find_cache_folder().parent == tmp_path
