"""The log file: what is in it, what is not, and that it never fails a command."""

import logging
from pathlib import Path

import pytest

from coach.storage import log_file
from coach.storage.log_file import CommandLog, mask_arguments


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a log file, in a folder that does not exist yet."""
    monkeypatch.setenv("COACH_LOG_DIR", str(tmp_path / "log"))
    return tmp_path / "log" / "coach.log"


def write_log(*arguments: str) -> None:
    log = CommandLog(arguments)
    log.start()
    logging.getLogger("coach.devices").warning("the device was lost")
    log.finish(0)


def test_log_records_come_between_the_command_and_its_exit_code(path: Path) -> None:
    write_log("play", "reset-run")
    logging.getLogger("coach.devices").warning("after the end")
    lines = [line.partition(" coach")[2] for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines[:2] == [": coach play reset-run", ".devices: the device was lost"]
    assert lines[-1] == ": exit code 0"
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_printed_by_what_other_packages_set_up(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logging.basicConfig()  # as fit-tool does when it is imported
    write_log("export")
    assert path.stat().st_size
    monkeypatch.setenv("COACH_LOG_DIR", str(path / "not a folder"))
    write_log("export")
    assert capsys.readouterr() == ("", "")


def test_words_names_and_the_home_folder_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.setenv("USERPROFILE", "/home/anna")
    arguments = ["record", "/home/anna/run.yaml", "--set", "name=Anna", "--set=name=Anna", "--speaker", "Anna", "--yes"]
    assert [*mask_arguments(arguments)] == [
        *("record", "~/run.yaml", "--set", "...", "--set=...", "--speaker", "...", "--yes")
    ]


def test_a_log_that_has_grown_large_is_put_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "MAX_BYTES", 10)
    for command in ("first", "second", "third"):
        write_log(command)
    assert "coach: coach third" in path.read_text(encoding="utf-8")
    assert "coach: coach second" in path.with_name("coach.log.1").read_text(encoding="utf-8")
    assert len([*path.parent.iterdir()]) == 2


def test_a_folder_that_cannot_be_written_fails_nothing(read_only_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LOG_DIR", str(read_only_folder / "log"))
    write_log("play")


def test_a_full_disk_fails_nothing(tiny_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LOG_DIR", str(tiny_disk))
    (tiny_disk / "full").write_bytes(bytes(60 * 1024))
    for _ in range(40):
        write_log("play")
