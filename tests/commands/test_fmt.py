"""`coach fmt`: sessions are formatted, listed, or left alone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

from coach.session import library

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

LOOSE = "coach: 1\ntitle: Round\nlanguage: en\nblocks:\n- easy: {say: Breathe., lasts: 60s}   # slowly\n"
LAID_OUT = "coach: 1\ntitle: Round\nlanguage: en\nblocks:\n  - easy: {lasts: 1m, say: Breathe.}    # slowly\n"
BROKEN = "coach: 1\ntitle: Round\nlanguage: en\nblocks:\n- esy: 1m\n"
DIFF = """\
--- run.yaml
+++ run.yaml (formatted)
@@ -3,3 +3,3 @@
 language: en
 blocks:
-- easy: {say: Breathe., lasts: 60s}   # slowly
+  - easy: {lasts: 1m, say: Breathe.}    # slowly
"""


def test_a_session_is_laid_out_in_its_place(coach: Coach, written: Written) -> None:
    path = written("run.yaml", LOOSE)
    assert coach("fmt", "run.yaml") == Ran(code=0, out="formatted run.yaml\n", err="")
    assert path.read_text(encoding="utf-8") == LAID_OUT


def test_one_that_is_laid_out_is_not_touched(coach: Coach, written: Written) -> None:
    path = written("run.yaml", LAID_OUT)
    os.utime(path, (1, 1))
    assert coach("fmt", "run.yaml") == Ran(code=0, out="", err="")
    assert path.stat().st_mtime == 1


def test_whether_it_is_laid_out_can_be_asked(coach: Coach, written: Written) -> None:
    path = written("run.yaml", LOOSE)
    assert coach("fmt", "--check", "run.yaml") == Ran(code=1, out="would format run.yaml\n", err="")
    assert path.read_text(encoding="utf-8") == LOOSE
    written("run.yaml", LAID_OUT)
    assert coach("fmt", "--check", "run.yaml") == Ran(code=0, out="", err="")


def test_the_changes_can_be_shown_first(coach: Coach, written: Written) -> None:
    path = written("run.yaml", LOOSE)
    assert coach("fmt", "--diff", "run.yaml") == Ran(code=1, out=DIFF, err="")
    assert path.read_text(encoding="utf-8") == LOOSE


def test_a_broken_session_is_refused_with_its_problems_and_the_others_are_laid_out(
    coach: Coach, written: Written
) -> None:
    broken, good = written("runs/a.yaml", BROKEN), written("runs/b.yaml", LOOSE)
    ran = coach("fmt", "runs")
    assert ran == Ran(
        code=1,
        out="formatted runs/b.yaml\n",
        err="""\
runs/a.yaml:5:3: error[unknown-kind]: unknown kind of block 'esy'
   5 | - esy: 1m
     |   ^^^
     help: did you mean 'easy'?

""",
    )
    assert (broken.read_text(encoding="utf-8"), good.read_text(encoding="utf-8")) == (BROKEN, LAID_OUT)


def test_unsupported_syntax_is_refused_and_left_unchanged(coach: Coach, written: Written) -> None:
    path = written("run.yaml", "{coach: 1, title: Round, language: en, blocks: [easy: 1m]}\n")
    before = path.read_bytes()
    message = "this is written in a way that 'coach fmt' leaves alone: give each key a line of its own"
    assert coach("fmt", "run.yaml") == Ran(code=2, out="", err=f"error: run.yaml:1: {message}\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("written_so", "laid_out"),
    [
        ("blocks:\n- easy: {say: 'Hi, {name}.', lasts: 60s}\ncoach: 1\n", None),
        ("-   easy: {say: 'Hi, {name}.', lasts: 60s}\n", "- easy: {lasts: 1m, say: 'Hi, {name}.'}\n"),
    ],
)
def test_a_file_of_blocks_is_laid_out_too(
    coach: Coach, written: Written, written_so: str, laid_out: str | None
) -> None:
    path = written("warm-up.yaml", written_so)
    assert coach("fmt", "warm-up.yaml") == Ran(code=0, out="formatted warm-up.yaml\n", err="")
    whole = "coach: 1\nblocks:\n  - easy: {lasts: 1m, say: 'Hi, {name}.'}\n"
    assert path.read_text(encoding="utf-8") == (laid_out or whole)


def test_the_shipped_sessions_are_laid_out(coach: Coach) -> None:
    assert coach("fmt", "--check", str(library.find_folder())) == Ran(code=0, out="", err="")


@pytest.mark.parametrize("name", ["nowhere.yaml", "n" * 300])
def test_a_missing_file_is_a_usage_error(coach: Coach, name: str) -> None:
    assert coach("fmt", name).code == 2
