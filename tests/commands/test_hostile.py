"""Hostile files: reported in a few lines, with their place, and quickly."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

Coach = Callable[..., Ran]
HEAD = b"coach: 1\nlanguage: en\ntitle: Harm\nblocks:\n"
BOMB = b"coach: 1\nlanguage: en\ntitle: Harm\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (each, each, b", ".join([b"*%c" % (each - 1)] * 10)) for each in range(ord("b"), ord("j"))
)
HARM = {
    "not UTF-8": (b"coach: 1\ntitle: \xff\n", "2:8: error[not-utf-8]"),
    "UTF-16": ("coach: 1\n".encode("utf-16"), "1:1: error[not-utf-8]"),
    "a NUL": (b"coach: 1\ntitle: a\0b\n", "2:9: error[control-character]"),
    "100,000 brackets": (b"coach: 1\ntitle: " + b"[" * 100_000, "2:48: error[too-deep]"),
    "100,000 brackets in place of a block": (HEAD + b"[" * 100_000, "5:41: error[too-deep]"),
    "100,000 brackets and an open quote": (HEAD + b"  - [" + b"[" * 100_000 + b"'", "5:44: error[too-deep]"),
    "100,000 braces": (b"coach: 1\ntitle: " + b"{" * 100_000, "2:48: error[too-deep]"),
    "100,000 lists in lists": (b"- " * 100_000, "1:83: error[too-deep]"),
    "an alias bomb": (BOMB, "8:8: error[too-many-values]"),
    "a text of 3 MB": (b"coach: 1\ntitle: " + b"a" * 3_000_000, "1:1: error[too-large]"),
    "a text of 1 MB": (HEAD + b"  - say: " + b"a" * 1_000_000, "5:10: error[long-text]"),
    "40,000 problems": (HEAD + b"  - x\n" * 40_000, "19996:5: error[too-many-values]"),
    "a billion repeats": (
        HEAD + b"  - repeat: {times: 1000000000, blocks: [free: 1m]}\n",
        "5:21: error[too-many-blocks]",
    ),
    "repeats of repeats": (
        HEAD + b"  - repeat: {times: 99, blocks: [repeat: {times: 99, blocks: [free: 12h]}]}\n",
        "5:21: error[too-many-blocks]",
    ),
    "an object of Python": (b"!!python/object/apply:os.system ['touch harmed']\n", "1:1: error[tag]"),
    "a file from outside": (HEAD + b"  - use: ../../../etc/passwd\n", "5:10: error[outside-folder]"),
    "a file by its whole path": (HEAD + b"  - use: /etc/passwd\n", "5:10: error[outside-folder]"),
    "an address": (HEAD + b"  - use: https://example.org/run.yaml\n", "5:10: error[not-a-path]"),
    "a clip from outside": (HEAD + b"  - free: {say: {text: x, clip: ../clip.wav}}\n", "5:33: error[outside-folder]"),
    "a clip that is an option": (HEAD + b"  - free: {say: {text: x, clip: -f}}\n", "5:33: error[not-a-path]"),
    "a tick from outside": (
        HEAD + b"  - free: {lasts: 1m, sounds: {tick: /dev/zero.wav}}\n",
        "5:38: error[outside-folder]",
    ),
    "nothing": (b"", "1:1: error[empty-file]"),
}


@pytest.mark.parametrize(("data", "start"), HARM.values(), ids=HARM)
def test_a_hostile_file_is_refused_with_its_place(coach: Coach, tmp_path: Path, data: bytes, start: str) -> None:
    (tmp_path / "run.yaml").write_bytes(data)
    ran = coach("check", "run.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"run.yaml:{start}")
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) < 300
    assert all(len(line) < 250 for line in ran.err.splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["run.yaml"]


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def an_endless_file(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_circle(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none of these")
@pytest.mark.parametrize("command", ["plan", "render"])
@pytest.mark.parametrize("make", [a_folder, a_pipe, an_endless_file, a_circle])
def test_a_session_that_is_no_file_is_wrong_usage(
    coach: Coach, tmp_path: Path, make: Callable[[Path], None], command: str
) -> None:
    make(tmp_path / "run.yaml")
    ran = coach(command, "run.yaml")
    what = "there is no file run.yaml: 'coach list' shows the sessions that come with the coach"
    if make is a_folder:
        nothing = "there are no sessions in run.yaml: their names end in .yaml or .yml"
        what = nothing if command == "render" else "run.yaml is a folder: name one session in it"
    assert ran == Ran(code=2, out="", err=f"error: {what}\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none of these")
@pytest.mark.parametrize("make", [a_folder, a_pipe, an_endless_file, a_circle])
@pytest.mark.parametrize("line", ["use: part.yaml", "free: {say: {text: x, clip: part.yaml}}"])
def test_a_part_that_is_no_file_has_a_place(
    coach: Coach, tmp_path: Path, make: Callable[[Path], None], line: str
) -> None:
    make(tmp_path / "part.yaml")
    (tmp_path / "run.yaml").write_bytes(HEAD + f"  - {line}\n".encode())
    ran = coach("check", "run.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"run.yaml:5:{line.index('part') + 5}: error[")
