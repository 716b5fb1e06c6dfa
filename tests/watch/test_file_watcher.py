"""Files are seen to change, however they are saved."""

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
def lookout(clock: Clock, file: Path) -> FileWatcher:
    lookout = FileWatcher(clock)
    lookout.watch([file])
    return lookout


def replaced(file: Path, text: str) -> None:
    """Saved as careful editors do: written beside it, and put in its place."""
    aside = file.with_suffix(".part")
    aside.write_text(text)
    aside.replace(file)


def test_what_nobody_touches_has_not_changed(lookout: FileWatcher, clock: Clock) -> None:
    assert lookout.still_s() is None
    clock.tick(60.0)
    assert lookout.still_s() is None


def test_the_time_of_rest_is_counted_from_the_last_change(lookout: FileWatcher, clock: Clock, file: Path) -> None:
    file.write_text("")
    assert lookout.still_s() == 0.0
    clock.tick(0.08)
    assert lookout.still_s() == pytest.approx(0.08)
    file.write_text("coach: 1\ntitle: Half")
    assert lookout.still_s() == 0.0
    clock.tick(0.05)
    assert lookout.still_s() == pytest.approx(0.05)


def test_what_was_noted_is_news_no_more(lookout: FileWatcher, clock: Clock, file: Path) -> None:
    file.write_text("coach: 1\n")
    clock.tick(0.1)
    lookout.still_s()
    assert lookout.note() == {file}
    assert lookout.still_s() is None
    assert lookout.note() == frozenset()


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_has_changed(lookout: FileWatcher, file: Path) -> None:
    state = file.stat()
    replaced(file, "coach: 2")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert lookout.still_s() == 0.0


def test_a_file_that_is_gone_has_changed_and_so_has_one_that_comes_back(lookout: FileWatcher, file: Path) -> None:
    aside = file.rename(file.with_name("aside"))
    assert lookout.still_s() == 0.0
    assert lookout.note() == {file}
    assert lookout.still_s() is None
    aside.rename(file)
    assert lookout.still_s() == 0.0


def test_a_file_that_is_back_before_it_was_noted_never_was_away(lookout: FileWatcher, file: Path) -> None:
    aside = file.rename(file.with_name("aside"))
    assert lookout.still_s() == 0.0
    aside.rename(file)
    assert lookout.still_s() is None


def test_a_file_may_come_later_and_its_name_may_be_none(lookout: FileWatcher, tmp_path: Path) -> None:
    later = tmp_path / "later.wav"
    lookout.watch([later, tmp_path / "no\0name", tmp_path / ("long" * 1000)])
    assert lookout.looks[later] is None
    assert lookout.still_s() is None
    later.touch()
    assert lookout.still_s() == 0.0
    assert lookout.note() == {later}


def test_to_watch_a_file_again_does_not_hide_that_it_has_changed(lookout: FileWatcher, file: Path) -> None:
    file.write_text("coach: 1\n")
    lookout.watch([file])
    assert lookout.still_s() == 0.0


def test_of_a_link_the_file_is_watched_that_it_leads_to(clock: Clock, file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    lookout = FileWatcher(clock)
    lookout.watch([link])
    file.write_text("coach: 1\n")
    lookout.still_s()
    assert lookout.note() == {link}
