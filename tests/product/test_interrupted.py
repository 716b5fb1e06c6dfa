"""Interrupted renders: however one is stopped, no partial file is left; a voice that crashes is restarted."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import TypeVar

import coach_process
import pytest

from coach.session import library

Found = TypeVar("Found")
pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to look at other processes")
SAID_WHEN_INTERRUPTED = "\ninterrupted; no unfinished file is left behind\n"
LONG = """
    coach: 1
    language: en
    title: Long and quiet
    length: 2h
    blocks:
      - free: {lasts: 10s..2h, ticks: on}
"""


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """Write a session without words that takes a minute to render."""
    path = tmp_path / "runs" / "long.yaml"
    path.parent.mkdir()
    path.write_text(dedent(LONG), encoding="utf-8")
    return path


@pytest.fixture
def wordy(tmp_path: Path) -> Path:
    """Write a session of five minutes with many sentences."""
    path = tmp_path / "runs" / "walk-out.yaml"
    path.parent.mkdir()
    path.write_bytes(library.find("walk-out").read_bytes())
    return path


@contextmanager
def rendering(session: Path, cache: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a render in the folder of the session."""
    process = subprocess.Popen(
        [*coach_process.COACH, "render", session, "--lang", "en", "-o", session.with_suffix(".mp3")],
        env=coach_process.environment(COACH_CACHE_DIR=str(cache)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process


def until(found: Callable[[], list[Found]], process: "subprocess.Popen[str]") -> list[Found]:
    """Wait for something that a process makes."""
    while not (there := found()):
        assert process.poll() is None, "it ended too soon"
        time.sleep(0.005)  # a glance at the folder, no guess at how long it takes
    return there


def workers(process: "subprocess.Popen[str]") -> list[int]:
    """Find the processes that speak for a render, whichever thread started them."""
    lists = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [os.pidfd_open(int(child)) for each in lists for child in each.read_text(encoding="ascii").split()]


def have_ended(handles: list[int]) -> bool:
    """Return whether processes end within a while."""
    ended = all(select.select([handle], [], [], 20.0)[0] for handle in handles)
    for handle in handles:
        os.close(handle)
    return ended


def test_ctrl_c_while_it_writes_leaves_the_folder_as_it_was(long: Path, tmp_path: Path) -> None:
    with rendering(long, tmp_path / "cache") as process:
        until(lambda: list(long.parent.glob(".coach-*.part")), process)
        process.send_signal(signal.SIGINT)
        printed = process.communicate()
    assert (process.returncode, printed) == (130, ("", SAID_WHEN_INTERRUPTED))
    assert list(long.parent.iterdir()) == [long]


def test_ctrl_c_while_a_data_class_is_made_has_the_exit_code_of_any_other(tmp_path: Path) -> None:
    program = """
        import contextlib
        import coach.cli

        def main():
            with contextlib.suppress(KeyboardInterrupt):
                exec("raise KeyboardInterrupt")
            return 130

        coach.cli.main = main
    """
    (tmp_path / "sitecustomize.py").write_text(dedent(program), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    assert coach_process.coach(env=coach_process.environment(PYTHONPATH=path)).code == 130


def test_ctrl_c_while_it_speaks_ends_the_voices_too(wordy: Path, tmp_path: Path) -> None:
    with rendering(wordy, tmp_path / "cache") as process:
        until(lambda: list(tmp_path.rglob("*.clip")), process)
        handles = workers(process)
        process.send_signal(signal.SIGINT)
        printed = process.communicate()
    assert (process.returncode, printed) == (130, ("", SAID_WHEN_INTERRUPTED))
    assert handles
    assert have_ended(handles)
    assert list(tmp_path.rglob("*.part")) == []
    assert list(wordy.parent.iterdir()) == [wordy]


def test_files_of_a_killed_render_are_removed_by_the_next(long: Path, tmp_path: Path) -> None:
    with rendering(long, tmp_path / "cache") as process:
        (part,) = until(lambda: list(long.parent.glob(".coach-*.part")), process)
        process.kill()
    assert sorted(long.parent.iterdir()) == [part, long]
    coach_process.rendered(long, long.with_suffix(".mp3"), "--length", "10s")
    assert sorted(long.parent.iterdir()) == [long.with_suffix(".mp3"), long]


def test_a_voice_that_is_killed_is_replaced_and_nothing_is_lost(wordy: Path, tmp_path: Path) -> None:
    file = wordy.with_suffix(".mp3")
    with rendering(wordy, tmp_path / "cache") as process:
        until(lambda: list(tmp_path.rglob("*.clip")), process)
        handles = workers(process)
        for handle in handles:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        printed = process.communicate()
    assert (process.returncode, printed) == (0, (f"{file}\n", ""))
    assert handles
    assert have_ended(handles)
    assert file.read_bytes() == coach_process.rendered(wordy, tmp_path / "undisturbed.mp3", "--lang", "en").read_bytes()
