"""Parallel work: it is spread over processes, and its results come in the order of the work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from coach_process import COACH, coach, environment
from parallel_work import ended, negated, refused

from coach.errors import ExternalError
from coach.services import check_cache, parallel_check, session_check
from coach.services.parallel_check import run_in_parallel

GOOD = "coach: 1\nlanguage: en\ntitle: Good\nblocks:\n  - free: 1m\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Many sessions, every fifth of them broken."""
    for number in range(parallel_check.MIN_FILES + 20):
        text = GOOD if number % 5 else GOOD.replace("free", "fre")
        (tmp_path / f"run-{number:03}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_work_is_done_elsewhere_and_its_results_come_in_its_order() -> None:
    done = list(run_in_parallel(negated, range(50)))
    assert [number for number, _ in done] == [-number for number in range(50)]
    assert os.getpid() not in {process for _, process in done}


def test_an_error_in_a_process_is_raised_with_its_help() -> None:
    with pytest.raises(ExternalError, match="could not do 0") as caught:
        list(run_in_parallel(refused, range(20)))
    assert caught.value.help == "try another"


def test_a_killed_process_is_reported() -> None:
    with pytest.raises(ExternalError, match="a worker process was killed"):
        list(run_in_parallel(ended, range(20)))


def test_many_sessions_are_checked_as_few_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(folder.glob("*.yaml"))
    monkeypatch.setattr(check_cache, "find_folder", lambda: None)
    monkeypatch.setattr(parallel_check, "count_processors", lambda: 2)
    many = list(check_cache.check_all(files))
    assert many == [problem for file in files for problem in session_check.check_session(file)]
    assert [problem.location.file for problem in many] == [str(file) for file in files[::5]]


@pytest.mark.skipif(sys.platform != "linux", reason="whose children a process has is asked of Linux")
def test_ctrl_c_ends_all_of_it_without_a_trace(folder: Path) -> None:
    for number in range(1_000):
        (folder / f"more-{number}.yaml").write_text(GOOD, encoding="utf-8")
    command = [*COACH, "check", str(folder)]
    env = environment(COACH_CACHE_DIR=str(folder / "cache"))
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as started:
        while started.poll() is None and len(children(started.pid)) < 1:
            time.sleep(0.05)
        os.killpg(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (130, "", "\ninterrupted; no unfinished file is left behind\n")


def children(process: int) -> list[int]:
    """The processes that a process has started, by Linux."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text(encoding="ascii").split()]


def test_a_folder_of_many_sessions_is_checked_by_the_command(folder: Path) -> None:
    ran = coach("check", folder, "--format", "concise")
    assert ran.code == 1
    assert len(ran.out.splitlines()) == len(list(folder.glob("*.yaml"))[::5])
    assert ran.err == f"{parallel_check.MIN_FILES + 20} sessions checked: {len(ran.out.splitlines())} errors\n"
