"""Disks and folders that cannot be written: an error of two lines, and every file left as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

Coach = Callable[..., Ran]
Render = Callable[..., Ran]


@pytest.fixture
def render(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> Render:
    """Make a function that renders a session to a file, with environment variables."""

    def render(session: Path, target: Path, **env: str) -> Ran:
        with monkeypatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            return coach("render", str(session), "--lang", "nl", "-o", str(target))

    return render


def test_a_folder_that_is_read_only(render: Render, short: Path, read_only_folder: Path) -> None:
    ran = render(short, read_only_folder / "run.mp3")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err in {
        f"error: cannot write {read_only_folder}/run.mp3: {reason}\nhelp: write to a folder of your own\n"
        for reason in ("the disk is read-only", "permission denied")
    }


@pytest.mark.parametrize(
    "ending", [".mp3", ".m4a", *(pytest.param(each, marks=pytest.mark.thorough) for each in (".wav", ".flac", ".opus"))]
)
def test_a_disk_that_is_full(render: Render, short: Path, tiny_disk: Path, ending: str) -> None:
    """At least as much room is left as before, as nothing stays behind."""
    file = (tiny_disk / "run").with_suffix(ending)
    assert render(short, file) == Ran(
        code=3,
        out="",
        err=f"error: cannot write {file}: the disk is full\nhelp: free some space, or write to another disk\n",
    )
    assert list(tiny_disk.iterdir()) == []


def test_a_full_disk_costs_no_earlier_file(render: Render, short: Path, tiny_disk: Path) -> None:
    file = tiny_disk / "run.mp3"
    file.write_bytes(b"an earlier one")
    assert render(short, file).code == 3
    assert file.read_bytes() == b"an earlier one"


def test_a_folder_that_is_a_file(render: Render, short: Path) -> None:
    file = short / "run.mp3"
    assert render(short, file) == Ran(
        code=3,
        out="",
        err=f"error: cannot write {file}: part of its path is a file, not a folder\nhelp: correct the path\n",
    )


def test_a_folder_that_cannot_be_made(render: Render, short: Path, read_only_folder: Path) -> None:
    ran = render(short, read_only_folder / "runs" / "run.mp3")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 2)
    assert ran.err.startswith(f"error: cannot write {read_only_folder}/runs/run.mp3: ")


def test_a_folder_that_is_not_there_yet_is_made(render: Render, short: Path, tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "run.mp3"
    assert render(short, file) == Ran(code=0, out=f"{file}\n", err="")


def test_a_target_that_is_a_device(render: Render, short: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.mp3"
    file.symlink_to("/dev/full")
    assert render(short, file) == Ran(
        code=3,
        out="",
        err=f"error: cannot write {file}: it is a device, not a file\nhelp: give the name of a file\n",
    )


def test_a_cache_that_is_full(render: Render, short: Path, tiny_disk: Path, tmp_path: Path) -> None:
    variables = dict.fromkeys(("COACH_CACHE_DIR", "COACH_LOG_DIR", "COACH_DATA_DIR", "HOME"), str(tiny_disk))
    assert render(short, tmp_path / "run.mp3", **variables) == Ran(code=0, out=f"{tmp_path}/run.mp3\n", err="")
    assert render(short, tmp_path / "usual.mp3").code == 0
    assert (tmp_path / "run.mp3").read_bytes() == (tmp_path / "usual.mp3").read_bytes()


def test_a_cache_that_is_a_file(render: Render, short: Path, tmp_path: Path) -> None:
    ran = render(short, tmp_path / "run.mp3", COACH_CACHE_DIR=str(short))
    assert ran == Ran(
        code=3,
        out="",
        err=f"error: COACH_CACHE_DIR is {short}, which is not writable\nhelp: set it to a writable folder\n",
    )


def test_a_voice_that_is_unknown(coach: Coach, short: Path) -> None:
    ran = coach("render", short.name, "--voice", "hibary", "-o", "run.mp3")
    assert ran == Ran(code=2, out="", err='error: there is no voice "hibary"; did you mean "hibari"?\n')
