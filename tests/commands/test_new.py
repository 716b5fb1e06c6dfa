"""`coach new`: something to start from."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import Ran

from coach.session import library

Coach = Callable[..., Ran]


def test_the_starter_is_ready_to_be_heard_and_needs_no_advice(coach: Coach) -> None:
    assert coach("new", "evening-run") == Ran(
        code=0, out="wrote evening-run.yaml; hear it with: coach render evening-run.yaml\n", err=""
    )
    assert coach("check", "evening-run.yaml") == Ran(code=0, out="", err="1 session checked: no problems\n")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_starter_can_be_planned_in_each_language(coach: Coach, language: str) -> None:
    coach("new", "evening-run")
    told = coach("plan", "evening-run.yaml", "--lang", language, "--guidance", "quiet")
    assert (told.code, told.out.splitlines()[0]) == (0, f"Evening run · 20m · {language} · 158 steps/min")


def test_nothing_is_written_over(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    assert coach("new", "mine") == Ran(code=2, out="", err="error: mine.yaml exists already; choose another name\n")
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_nothing_is_written_through_a_link(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert coach("new", "mine").code == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_another_session_can_be_the_start(coach: Coach, tmp_path: Path) -> None:
    assert coach("new", "mine.yml", "--from", "reset-run").out == (
        "wrote mine.yml; hear it with: coach render mine.yml\n"
    )
    assert (tmp_path / "mine.yml").read_bytes() == library.find("reset-run").read_bytes()


def test_a_start_that_is_not_there(coach: Coach, tmp_path: Path) -> None:
    assert coach("new", "mine", "--from", "reset") == Ran(
        code=2, out="", err="error: no session is called 'reset': did you mean 'reset-run'?\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", " ", ".", "..", "/", "-x", "-f/etc/passwd", ".hidden", ".yaml"])
def test_what_is_no_name_is_refused(coach: Coach, tmp_path: Path, name: str) -> None:
    assert coach("new", "--", name) == Ran(
        code=2, out="", err=f"error: '{name}' is no name for a session; try 'coach new evening-run'\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere/run", "No such file or directory"), ("n" * 300, "File name too long"), ("a\0b", "embedded null byte")],
)
def test_what_cannot_be_written_is_told(coach: Coach, tmp_path: Path, name: str, reason: str) -> None:
    assert coach("new", name) == Ran(
        code=3, out="", err=f"error: cannot write {name}.yaml: {reason}\nhelp: choose another folder or name\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ['quote"s', "back\\slash", "{braces}", "[brackets]", "#1: één", "-", "tab\tbed"])
def test_whatever_the_name_is_the_title_can_be_read(coach: Coach, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    told = coach("new", f"x/run {name}")
    assert told.code == 0
    assert coach("check", "x") == Ran(code=0, out="", err="1 session checked: no problems\n")
