"""`coach check`: every problem with its place, and the exit code."""

from collections.abc import Callable
from pathlib import Path

from coach_process import Ran

from coach.session import library

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

GOOD = "coach: 1\nlanguage: en\ntitle: Good\nblocks:\n  - free: 1m\n"
TYPO = "coach: 1\nlanguage: en\ntitle: A typo\ncadense: 158\nblocks:\n  - esy: 10m\n"
PROBLEMS = """\
{file}:4:1: error[unknown-key]: unknown key 'cadense'
   4 | cadense: 158
     | ^^^^^^^
     help: did you mean 'cadence'?

{file}:6:5: error[unknown-kind]: unknown kind of block 'esy'
   6 |   - esy: 10m
     |     ^^^
     help: did you mean 'easy'?

"""
MORE = "'coach explain CODE' tells more: unknown-key, unknown-kind\n'coach check --fix' fixes them all\n"


def test_a_good_session_has_no_problems(coach: Coach, written: Written) -> None:
    written("good.yaml", GOOD)
    assert coach("check", "good.yaml") == Ran(code=0, out="", err="1 session checked: no problems\n")


def test_each_problem_is_shown_with_its_place_and_its_fix(coach: Coach, written: Written) -> None:
    written("typo.yaml", TYPO)
    verdict = f"1 session checked: 2 errors\n{MORE}"
    assert coach("check", "typo.yaml") == Ran(code=1, out="", err=PROBLEMS.format(file="typo.yaml") + verdict)


def test_folders_files_and_names_are_checked_together(coach: Coach, written: Written) -> None:
    written("runs/a.yaml", GOOD)
    written("runs/b.yml", TYPO)
    written("runs/notes.txt", "no session")
    expected = f"{PROBLEMS.format(file='runs/b.yml')}3 sessions checked: 2 errors\n{MORE}"
    assert coach("check", "--ignore", "advice", "runs", "walk-out") == Ran(code=1, out="", err=expected)


def test_the_shipped_sessions_have_no_problems_and_need_no_advice(coach: Coach) -> None:
    count = len(list(library.find_folder().glob("*.yaml")))
    checked = Ran(code=0, out="", err=f"{count} sessions checked: no problems\n")
    assert coach("check", str(library.find_folder())) == checked


def test_an_unreachable_length_is_reported_once_for_all_languages(coach: Coach, written: Written) -> None:
    words = '{nl: "Adem in. [8s] Adem uit.", en: "Breathe in. [30s] Breathe out."}'
    head = "coach: 1\ntitle: {nl: Rondje, en: Round}\nlength: 5s\nblocks:\n"
    written("run.yaml", f"{head}  - say: {words}\n  - free: 10s..60s\n")
    assert "error[length-out-of-reach]: the blocks cannot last 5s together: the shortest they can be is" in (
        printed := coach("check", "run.yaml").err
    )
    assert printed.count("length-out-of-reach]") == 1
    assert "help: the nearest is 43s: write `length: 43s`; or widen" in printed


def test_advice_is_no_error(coach: Coach, written: Written) -> None:
    written(
        "run.yaml", "coach: 1\ntitle: {nl: Rondje, en: Round}\nblocks:\n  - free: {lasts: 1m, say: {nl: Adem uit.}}\n"
    )
    ran = coach("check", "run.yaml")
    pointer = "'coach explain half-translated' tells more"
    assert (ran.code, ran.err.splitlines()[-2:]) == (0, ["1 session checked: 1 to consider", pointer])


def test_a_folder_without_sessions_is_wrong_usage(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    message = "error: there are no sessions in empty: their names end in .yaml or .yml\n"
    assert coach("check", "empty") == Ran(code=2, out="", err=message)


def test_nothing_to_check_is_wrong_usage(coach: Coach) -> None:
    ran = coach("check")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: Missing argument 'PATH...'.")


def test_overflow_is_found_without_a_voice(coach: Coach, written: Written) -> None:
    cue = "{at: -2s, text: This is far too long for the two seconds that are left of it.}"
    written("late.yaml", GOOD.replace("free: 1m", f"free: {{lasts: 1m, say: [{cue}]}}"))
    ran = coach("check", "late.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("late.yaml:5:")
    assert ran.err.endswith("\n1 session checked: 1 error\n'coach explain words-do-not-fit' tells more\n")
