"""`coach week`: a week of running, in words, as a plot and as a picture."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import coach_process
import pytest
import run_records
from coach_process import Ran
from PIL import Image

from coach.commands import week
from coach.journal.diary import Diary

Coach = Callable[..., Ran]
THIS_WEEK = week.WeekRequest(language="en", date=None, picture=None, force=False)


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    """A diary with three runs in the 47th week of 2026, and one in the next."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "own"))
    diary = Diary(path=tmp_path / "own" / "journal.sqlite3")
    diary.keep(
        run_records.run(16, 7, 30, lighter="M'n schouders, en de vergadering van morgen ook wel een beetje, geloof ik.")
    )
    diary.keep(run_records.run(19, tension_before=4, tension_after=5, lighter=None, ran_s=1800.0, title="Bosloop"))
    diary.keep(run_records.run(22, 9, tension_before=6, tension_after=6, lighter="Mijn hoofd. Één en al lucht!"))
    diary.keep(run_records.run(23))
    return diary


@pytest.mark.usefixtures("diary")
def test_in_dutch(coach: Coach) -> None:
    ran = coach("week", "--lang", "nl", "--date", "2026-11-20")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Week 47, 16 tot en met 22 november 2026",
        "",
        "               1   2   3   4   5   6   7   8   9   10",
        "ma 16 07:30    ·   ·   ○───────────────●   ·   ·   ·   7 -> 3     24 min",
        "               Short reset run",
        "               M'n schouders, en de vergadering van morgen ook wel een beetje,",
        "               geloof ik.",
        "do 19 18:05    ·   ·   ·   ●───○   ·   ·   ·   ·   ·   4 -> 5     30 min",
        "               Bosloop",
        "zo 22 09:05    ·   ·   ·   ·   ·   ◉   ·   ·   ·   ·   6 -> 6     24 min",
        "               Short reset run",
        "               Mijn hoofd. Één en al lucht!",
        "",
        "               ● ervoor  ○ erna",
        "",
        "Drie keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard.",
        "Je spanning, gemiddeld: 6 ervoor, 5 erna.",
    ]


def test_in_english_on_a_terminal_with_plain_letters(diary: Diary, tmp_path: Path) -> None:
    env = coach_process.environment(COACH_DATA_DIR=str(diary.path.parent), PYTHONIOENCODING="ascii")
    ran = coach_process.coach("week", "--lang", "en", "--date", "2026-11-16", folder=tmp_path, env=env)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:3] + lines[-8:] == [
        "Week 47, 16 to 22 November 2026",
        "",
        "               1   2   3   4   5   6   7   8   9   10",
        "Sun 22 09:05   .   .   .   .   .   @   .   .   .   .   6 -> 6     24 min",
        "               Short reset run",
        "               Mijn hoofd. Een en al lucht!",
        "",
        "               # before  o after",
        "",
        "Three runs. That's a good rhythm: often and easy does more than hard.",
        "Your tension, on average: 6 before, 5 after.",
    ]
    assert lines[3] == "Mon 16 07:30   .   .   o---------------#   .   .   .   7 -> 3     24 min"
    assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("diary")
def test_without_a_date_it_is_this_week(capfd: pytest.CaptureFixture[str]) -> None:
    assert week.run(THIS_WEEK, today=run_records.at(29).date()) == 0
    assert capfd.readouterr().out.startswith("Week 48, 23 to 29 November 2026\n")
    assert week.run(THIS_WEEK, today=run_records.at(30).date()) == 0
    assert capfd.readouterr().out == (
        "Week 49, 30 November to 6 December 2026\n\n"
        "No run yet this week, and that's fine. Whenever you have twenty minutes to\n"
        "spare, that's enough.\n"
    )


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize(("own", "begins"), [("nl_NL.UTF-8", "Week 47, 16 tot"), ("fr_FR.UTF-8", "Week 47, 16 to 22")])
def test_the_language_is_that_of_the_computer(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, own: str, begins: str
) -> None:
    monkeypatch.delenv("COACH_LANG")
    monkeypatch.setenv("LC_ALL", own)
    assert coach("week", "--date", "2026-11-20").out.startswith(begins)


@pytest.mark.usefixtures("diary")
def test_as_a_picture(coach: Coach, tmp_path: Path) -> None:
    assert coach("week", "--date", "2026-11-20", "--picture", "week.svg") == Ran(code=0, out="drew week.svg\n", err="")
    assert (tmp_path / "week.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert coach("week", "--date", "2026-11-20", "--picture", "week.png") == Ran(code=0, out="drew week.png\n", err="")
    with Image.open(tmp_path / "week.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (2400, 720))
    assert coach("week", "--picture", "week.gif") == Ran(
        code=2, out="", err="error: cannot draw week.gif: a picture ends in .svg or .png\n"
    )


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("soon", "'soon' is not clear; write yesterday or 2026-11-20"),
        ("18:30", "'18:30' is not clear; write yesterday or 2026-11-20"),
        ("2026-02-30", "'2026-02-30' is not clear; write yesterday or 2026-11-20"),
        ("9999-12-31", "'9999-12-31' is out of range; write a day from 1900 to 2999"),
    ],
)
def test_a_date_that_is_none(coach: Coach, date: str, message: str) -> None:
    ran = coach("week", "--date", date)
    assert ran == Ran(code=2, out="", err=f"error: --date {message}\n")


@pytest.mark.parametrize("date", ["gisteren", "Yesterday", "zondag", "22 nov", "22/11/2026", "2026-11-22"])
@pytest.mark.usefixtures("diary")
def test_a_day_is_told_as_in_the_diary(capfd: pytest.CaptureFixture[str], date: str) -> None:
    request = replace(THIS_WEEK, date=date)
    assert week.run(request, today=run_records.at(23).date()) == 0
    assert capfd.readouterr().out.startswith("Week 47, 16 to 22 November 2026\n")


def test_a_language_that_the_diary_does_not_speak(coach: Coach) -> None:
    assert coach("week", "--lang", "fr") == Ran(
        code=2, out="", err="error: the coach does not speak 'fr'; choose one of nl, en\n"
    )
