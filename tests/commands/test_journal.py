"""`coach journal`: the runs so far, as a list and for other programs."""

import json
from collections.abc import Callable
from pathlib import Path

import coach_process
import pytest
import run_records
from coach_process import Ran

from coach.journal.diary import Diary

Coach = Callable[..., Ran]

LONG = "Mijn schouders, en de vergadering van morgen ook een beetje."
WIDE = "走るのが好きです。空が広くて、頭が軽くなりました。"


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    """An empty diary, which the command will find."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "own"))
    monkeypatch.setenv("COLUMNS", "80")
    return Diary(path=tmp_path / "own" / "journal.sqlite3")


@pytest.mark.usefixtures("diary")
def test_an_empty_diary_says_how_it_begins(coach: Coach, tmp_path: Path) -> None:
    line = "The diary is empty. It begins with your first run: coach play reset-run\n"
    assert coach("journal") == Ran(code=0, out=line, err="")
    assert not (tmp_path / "own").exists()


def test_runs_are_listed_the_newest_first(coach: Coach, diary: Diary) -> None:
    diary.keep(run_records.run(16))
    diary.keep(run_records.run(18, session="/home/anna/runs/rondje langs de vaart.yaml", lighter=LONG, ran_s=3725.0))
    diary.keep(run_records.run(19, session=None, ran_s=0.0, tension_after=None, lighter=None, ended="open"))
    diary.keep(run_records.run(20, tension_before=None, tension_after=10, lighter=WIDE, ran_s=1170.0))
    ran = coach("journal")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "when              session          ran     tension   what feels lighter",
        "2026-11-20 18:05  reset-run        20m     -> 10     走るのが好きです。空が広く",
        "                                                     て、頭が軽くなりました。",
        "2026-11-19 18:05  -                -       7 ->",
        "2026-11-18 18:05  rondje langs...  1h2m    7 -> 3    Mijn schouders, en de",
        "                                                     vergadering van morgen ook",
        "                                                     een beetje.",
        "2026-11-16 18:05  reset-run        24m     7 -> 3    My shoulders.",
    ]


def test_a_narrow_terminal_still_shows_every_word(coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    diary.keep(run_records.run(lighter=f"{LONG} {'z' * 45}"))
    lines = coach("journal").out.splitlines()[1:]
    assert [line[53:] for line in lines] == [
        "Mijn schouders, en",
        "de vergadering van",
        "morgen ook een",
        "beetje.",
        "z" * 20,
        "z" * 20,
        "z" * 5,
    ]


def test_nothing_in_a_diary_acts_upon_the_terminal(coach: Coach, diary: Diary) -> None:
    diary.keep(run_records.run(session="\x1b[2J\r.yaml", lighter="\x1b]0;owned\x07 and\u202eback\n\nagain"))
    (_, line) = coach("journal").out.splitlines()
    assert line == "2026-11-16 18:05  [2J              24m     7 -> 3    ]0;owned andback again"


def test_as_json_everything_is_there(coach: Coach, diary: Diary) -> None:
    diary.keep(run_records.run(16, lighter=WIDE))
    diary.keep(run_records.run(17, tension_after=None, need=None))
    ran = coach("journal", "--json")
    assert (ran.code, ran.err) == (0, "")
    read = json.loads(ran.out)
    assert read["coach"] == 1
    assert [run["started_at"] for run in read["runs"]] == ["2026-11-17T18:05:00+01:00", "2026-11-16T18:05:00+01:00"]
    assert read["runs"][1] == {
        "id": "161805",
        "started_at": "2026-11-16T18:05:00+01:00",
        "language": "en",
        "session": "reset-run",
        "title": "Short reset run",
        "form": "reset",
        "length_s": 1440.0,
        "cadence_spm": 158.0,
        "ran_s": 1440.0,
        "ended": "finished",
        "tension_before": 7,
        "tension_after": 3,
        "need": "rhythm",
        "wanted_s": 1500.0,
        "lighter": WIDE,
    }


def test_as_a_table_it_is_what_spreadsheets_read(diary: Diary, tmp_path: Path) -> None:
    diary.keep(run_records.run(16, lighter='My head, "mostly".', session=None, wanted_s=None))
    diary.keep(run_records.run(17, lighter="=1+1"))
    env = coach_process.environment(COACH_DATA_DIR=str(diary.path.parent), PYTHONIOENCODING="ascii")
    ran = coach_process.coach("journal", "--csv", folder=tmp_path, env=env)
    assert ran == Ran(
        code=0,
        out="id,started_at,language,session,title,form,length_s,cadence_spm,ran_s,ended,"
        "tension_before,tension_after,need,wanted_s,lighter\n"
        "171805,2026-11-17T18:05:00+01:00,en,reset-run,Short reset run,reset,1440.0,158.0,1440.0,finished,"
        "7,3,rhythm,1500.0,'=1+1\n"
        "161805,2026-11-16T18:05:00+01:00,en,,Short reset run,reset,1440.0,158.0,1440.0,finished,"
        '7,3,rhythm,,"My head, ""mostly""."\n',
        err="",
    )


@pytest.mark.usefixtures("diary")
def test_an_empty_diary_is_empty_for_other_programs_too(coach: Coach) -> None:
    assert json.loads(coach("journal", "--json").out) == {"coach": 1, "runs": []}
    assert coach("journal", "--csv").out.startswith("id,started_at,")


def test_it_tells_where_it_is(coach: Coach, diary: Diary) -> None:
    assert coach("journal", "--where") == Ran(code=0, out=f"{diary.path}\n", err="")
    assert not diary.path.exists()


@pytest.mark.usefixtures("diary")
def test_one_thing_at_a_time(coach: Coach) -> None:
    assert coach("journal", "--csv", "--json") == Ran(
        code=2, out="", err="error: choose one of --csv, --json and --where\n"
    )


def test_a_damaged_diary_is_reported_in_two_lines(coach: Coach, diary: Diary) -> None:
    diary.path.parent.mkdir()
    diary.path.write_bytes(b"Dear diary,\n" * 400)
    assert coach("journal") == Ran(
        code=3,
        out="",
        err=f"error: the diary {diary.path} is damaged, and was left as it is\n"
        "help: move it to another folder, with the files whose names begin with its name; then a new one is created\n",
    )


def test_a_terminal_without_our_letters_gets_what_it_can_show(diary: Diary, tmp_path: Path) -> None:
    diary.keep(run_records.run(lighter="Eén idee, 走る"))
    env = coach_process.environment(COACH_DATA_DIR=str(diary.path.parent), PYTHONIOENCODING="ascii", COLUMNS="80")
    ran = coach_process.coach("journal", folder=tmp_path, env=env)
    assert ran.out.splitlines()[1].endswith("  Een idee, ??")
    assert (ran.code, ran.err) == (0, "")
