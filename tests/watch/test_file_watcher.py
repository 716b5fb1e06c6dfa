"""The file watcher notices changes, however files are saved."""

import os
from pathlib import Path

import pytest

from coach.watch.file_watcher import FileWatcher


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s

    def tick(self, seconds: float) -> None:
        self.now_s += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.yaml"
    path.write_text("coach: 1")
    return path


@pytest.fixture
def watcher(clock: Clock, file: Path) -> FileWatcher:
    watcher = FileWatcher(clock)
    watcher.watch([file])
    return watcher


def replaced(file: Path, text: str) -> None:
    """Saved as careful editors do: written beside it, and put in its place."""
    aside = file.with_suffix(".part")
    aside.write_text(text)
    aside.replace(file)


def test_an_untouched_file_has_not_changed(watcher: FileWatcher, clock: Clock) -> None:
    assert watcher.measure_quiet_s() is None
    clock.tick(60.0)
    assert watcher.measure_quiet_s() is None


def test_quiet_time_is_counted_from_the_last_change(watcher: FileWatcher, clock: Clock, file: Path) -> None:
    file.write_text("")
    assert watcher.measure_quiet_s() == 0.0
    clock.tick(0.08)
    assert watcher.measure_quiet_s() == pytest.approx(0.08)
    file.write_text("coach: 1\ntitle: Half")
    assert watcher.measure_quiet_s() == 0.0
    clock.tick(0.05)
    assert watcher.measure_quiet_s() == pytest.approx(0.05)


def test_an_accepted_change_is_not_reported_again(watcher: FileWatcher, clock: Clock, file: Path) -> None:
    file.write_text("coach: 1\n")
    clock.tick(0.1)
    watcher.measure_quiet_s()
    assert watcher.accept_changes() == {file}
    assert watcher.measure_quiet_s() is None
    assert watcher.accept_changes() == frozenset()


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_has_changed(watcher: FileWatcher, file: Path) -> None:
    state = file.stat()
    replaced(file, "coach: 2")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert watcher.measure_quiet_s() == 0.0


def test_a_file_that_is_gone_has_changed_and_so_has_one_that_comes_back(watcher: FileWatcher, file: Path) -> None:
    aside = file.rename(file.with_name("aside"))
    assert watcher.measure_quiet_s() == 0.0
    assert watcher.accept_changes() == {file}
    assert watcher.measure_quiet_s() is None
    aside.rename(file)
    assert watcher.measure_quiet_s() == 0.0


def test_a_file_that_is_back_before_it_was_accepted_has_not_changed(watcher: FileWatcher, file: Path) -> None:
    aside = file.rename(file.with_name("aside"))
    assert watcher.measure_quiet_s() == 0.0
    aside.rename(file)
    assert watcher.measure_quiet_s() is None


def test_a_file_may_appear_later_and_its_name_may_be_impossible(watcher: FileWatcher, tmp_path: Path) -> None:
    later = tmp_path / "later.wav"
    watcher.watch([later, tmp_path / "no\0name", tmp_path / ("long" * 1000)])
    assert watcher.stamps[later] is None
    assert watcher.measure_quiet_s() is None
    later.touch()
    assert watcher.measure_quiet_s() == 0.0
    assert watcher.accept_changes() == {later}


def test_to_watch_a_file_again_does_not_hide_that_it_has_changed(watcher: FileWatcher, file: Path) -> None:
    file.write_text("coach: 1\n")
    watcher.watch([file])
    assert watcher.measure_quiet_s() == 0.0


def test_a_symbolic_link_is_followed(clock: Clock, file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    watcher = FileWatcher(clock)
    watcher.watch([link])
    file.write_text("coach: 1\n")
    watcher.measure_quiet_s()
    assert watcher.accept_changes() == {link}
