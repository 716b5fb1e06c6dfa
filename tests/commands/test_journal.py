"""`coach journal`: the runs so far, as a list and for other programs."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self
from unittest.mock import Mock

import click
import coach_process
import pytest
import run_records
from coach_process import Ran

from coach.commands import journal
from coach.journal.diary import Diary, Run

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
    diary.keep(run_records.run(17, ran_s=41.0))
    diary.keep(run_records.run(19, session=None, ran_s=0.0, tension_after=None, lighter=None, ended="open"))
    diary.keep(run_records.run(20, tension_before=None, tension_after=10, lighter=WIDE, ran_s=1170.0))
    ran = coach("journal")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "id    when              session          ran     tension   what feels lighter",
        "2018  2026-11-20 18:05  reset-run        20m     -> 10     走るのが好きです。空",
        "                                                           が広くて、頭が軽くな",
        "                                                           りました。",
        "1918  2026-11-19 18:05  Short reset run  -       7 ->",
        "1818  2026-11-18 18:05  rondje langs...  1h2m    7 -> 3    Mijn schouders, en de",
        "                                                           vergadering van",
        "                                                           morgen ook een",
        "                                                           beetje.",
        "1718  2026-11-17 18:05  reset-run        41s     7 -> 3    My shoulders.",
        "1618  2026-11-16 18:05  reset-run        24m     7 -> 3    My shoulders.",
    ]


def test_a_narrow_terminal_still_shows_every_word(coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    diary.keep(run_records.run(lighter=f"{LONG} {'z' * 45}"))
    lines = coach("journal").out.splitlines()[1:]
    assert [line[59:] for line in lines] == [
        "Mijn schouders, en",
        "de vergadering van",
        "morgen ook een",
        "beetje.",
        "z" * 20,
        "z" * 20,
        "z" * 5,
    ]


def test_nothing_in_a_diary_acts_upon_the_terminal(coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    diary.keep(run_records.run(session="\x1b[2J\r.yaml", lighter="\x1b]0;owned\x07 and\u202eback\n\nagain"))
    (_, line) = coach("journal").out.splitlines()
    assert line == "1618  2026-11-16 18:05  [2J              24m     7 -> 3    ]0;owned andback again"


def test_as_json_everything_is_there(coach: Coach, diary: Diary) -> None:
    diary.keep(run_records.run(16, lighter=WIDE))
    diary.keep(run_records.run(17, tension_after=None, need=None))
    ran = coach("journal", "--json")
    assert (ran.code, ran.err) == (0, "")
    read = json.loads(ran.out)
    assert read["coach"] == 1
    assert [run["started_at"] for run in read["runs"]] == ["2026-11-17T18:05:00+01:00", "2026-11-16T18:05:00+01:00"]
    assert read["runs"][1] == {
        "id": "161805cccccccccccccccccccccccccc",
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
    diary.keep(run_records.run(17, lighter="=1+1", ran_s=1470.0))
    env = coach_process.environment(COACH_DATA_DIR=str(diary.path.parent), PYTHONIOENCODING="ascii", LC_ALL="nl_NL")
    ran = coach_process.coach("journal", "--csv", folder=tmp_path, env=env)
    assert ran == Ran(
        code=0,
        out="\ufeffdatum;tijd;gelopen (min);spanning ervoor;spanning erna;nodig;wat lichter voelt;sessie;titel;"
        "soort loop;einde;gepland (min);gewenst (min);stappen per minuut;taal;id;started_at\n"
        "17-11-2026;18:05;24,5;7;3;ritme;'=1+1;reset-run;Short reset run;reset;afgemaakt;24;25;158;en;"
        "171805cccccccccccccccccccccccccc;2026-11-17T18:05:00+01:00\n"
        '16-11-2026;18:05;24;7;3;ritme;"My head, ""mostly"".";;Short reset run;reset;afgemaakt;24;;158;en;'
        "161805cccccccccccccccccccccccccc;2026-11-16T18:05:00+01:00\n",
        err="",
    )


@pytest.mark.usefixtures("diary")
def test_an_empty_diary_is_empty_for_other_programs_too(coach: Coach) -> None:
    assert json.loads(coach("journal", "--json").out) == {"coach": 1, "runs": []}
    assert coach("journal", "--csv", "--lang", "en").out.startswith("\ufeffdate,time,ran (min),")
    assert coach("journal", "--lang", "nl").out == (
        "Je dagboek is nog leeg. Het begint met je eerste loop: coach play reset-run\n"
    )


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


class Friday(datetime):
    """A clock that stands at a quarter past seven in the evening."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        assert tz is None
        return cls(2026, 11, 27, 19, 15, 20, 5)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "datetime", Friday)


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has somebody sit at the terminal and type these lines, and then no more, on that evening."""

    def typing(*lines: str) -> None:
        left = list(lines)

        def typed(prompt: str) -> str:
            click.echo(f"{prompt}{left[0] if left else ''}")
            if not left:
                raise EOFError
            if left[0] == "^C":
                raise KeyboardInterrupt
            return left.pop(0)

        monkeypatch.setenv("COLUMNS", "150")
        monkeypatch.setattr(journal, "datetime", Friday)
        monkeypatch.setattr("builtins.input", typed)
        monkeypatch.setattr(journal, "_is_terminal", lambda: True)

    return typing


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute).astimezone()


@pytest.mark.usefixtures("clock")
def test_a_run_from_the_phone_is_added_in_one_line(coach: Coach, diary: Diary) -> None:
    told = ("--ran", "half uur", "--date", "gisteren 18:30", "--session", "reset-run", "--lang", "nl")
    felt = ("--tension-before", "zeven", "--tension-after", "3/10", "--need", "stilte", "--lighter", "Mijn  hoofd.")
    ran = coach("journal", "add", *told, *felt)
    (kept,) = diary.read_runs()
    shown = kept.id[:4]
    assert ran == Ran(
        code=0,
        out="id    wanneer           sessie           duur    spanning  wat lichter voelt\n"
        f"{shown}  2026-11-26 18:30  reset-run        30m     7 -> 3    Mijn hoofd.\n"
        "Van 7 naar 3. Neem die ruimte met je mee.\n"
        f"Je loop staat in je dagboek, als {shown}. Dat blijft op deze computer.\n",
        err="",
    )
    assert kept == Run(
        id=kept.id,
        started_at=local(26, 18, 30),
        language="nl",
        session="reset-run",
        title="Korte reset-run",
        form="reset",
        ran_s=1800.0,
        ended="finished",
        tension_before=7,
        tension_after=3,
        need="silence",
        lighter="Mijn hoofd.",
    )


@pytest.mark.usefixtures("clock")
def test_a_run_without_a_day_has_just_ended(coach: Coach, diary: Diary) -> None:
    assert coach("journal", "add", "--length", "40", "--title", "Bosloop").code == 0
    (kept,) = diary.read_runs()
    assert (kept.started_at, kept.ran_s, kept.session, kept.title) == (local(27, 18, 35), 2400.0, None, "Bosloop")


LENGTH = "25m, or half an hour: a minute at least, and a day at most"


@pytest.mark.usefixtures("clock", "diary")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "say how long you ran, such as --ran 25m"),
        (("--tension-after", "3"), "say how long you ran, such as --ran 25m"),
        (
            ("--ran", "5 km"),
            f"--ran '5 km' is not clear; write {LENGTH}",
        ),
        (
            ("--ran", "25h"),
            f"--ran '25h' is out of range; write {LENGTH}",
        ),
        (("--date", "tomorrow"), "--date 'tomorrow' is not clear; write 'yesterday 18:30' or 2026-11-20"),
        (("--date", "28-11-2026"), "--date '28-11-2026' is still to come; write 'yesterday 18:30' or 2026-11-20"),
        (("--date", "3/4/2026"), "--date '3/4/2026' is not one answer; write 'yesterday 18:30' or 2026-11-20"),
        (("--tension-after", "11"), "--tension-after '11' is out of range; write a whole number from 1 to 10"),
        (("--need", "beer"), "--need 'beer' is not clear; write movement, silence, rhythm or fresh-air"),
        (("--ran", "25", "--lang", "fr"), "the coach does not speak 'fr'; choose one of nl, en"),
    ],
)
def test_an_option_that_is_not_clear_is_named(coach: Coach, options: tuple[str, ...], message: str) -> None:
    ran = coach("journal", "add", *options)
    assert ran == Ran(code=2, out="", err=f"error: {message}\n")


@pytest.mark.usefixtures("clock", "diary")
def test_a_session_must_be_one(coach: Coach) -> None:
    ran = coach("journal", "add", "--ran", "25", "--session", "reset-rn")
    assert (ran.code, ran.out) == (2, "")
    assert "reset-rn" in ran.err


WHEN = "Wanneer begon je? Bijvoorbeeld gisteren 18:30, of 20-11."
RAN = "Hoeveel minuten heb je gelopen?"
SESSION = "Naar welke sessie luisterde je? Typ de naam."
BEFORE = "Hoeveel spanning voelde je vooraf, van 1 (helemaal rustig) tot 10 (heel gespannen)?"
AFTER = "En hoeveel spanning voelde je daarna, van 1 tot 10?"
NEEDED = "Wat had je nodig: 1 beweging, 2 stilte, 3 ritme of 4 frisse lucht?"
LIGHTER = "Wat voelt lichter dan voor je ging lopen? Eén zin is genoeg."


def test_at_a_terminal_a_run_is_asked_for(
    coach: Coach, diary: Diary, types: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    types("zondag 10:00", "25", "een dutje", "Uitwandelen", "elf", "11", "6", "", "s", "Alles.")
    monkeypatch.setenv("COLUMNS", "900")
    ran = coach("journal", "add", "--lang", "nl")
    (kept,) = diary.read_runs()
    lines = ran.out.splitlines()
    assert (ran.code, lines[0]) == (0, "Fijn, je hebt gelopen. Een paar korte vragen; met Enter sla je er een over.")
    names = "Die ken ik niet. Je kunt kiezen uit "
    assert [line for line in lines if not line.startswith((">", names))][1:10] == [
        f"{WHEN} Enter als je er net van terug bent.",
        RAN,
        f"{SESSION} Enter als je zonder liep.",
        BEFORE,
        "De schaal loopt van 1, helemaal rustig, tot 10. Welk getal komt het dichtst in de buurt?",
        "De schaal loopt van 1, helemaal rustig, tot 10. Welk getal komt het dichtst in de buurt?",
        AFTER,
        NEEDED,
        LIGHTER,
    ]
    assert any(line.startswith(names) and "forest-run" in line for line in lines)
    assert (kept.started_at, kept.ran_s, kept.session) == (local(22, 10), 1500.0, "walk-out")
    assert (kept.tension_before, kept.tension_after, kept.need, kept.lighter) == (6, None, "silence", "Alles.")


def test_nothing_is_added_where_nothing_is_told_or_it_is_broken_off(
    coach: Coach, diary: Diary, types: Callable[..., None]
) -> None:
    types("", "-", "geen")
    ran = coach("journal", "add", "--lang", "en")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing has changed.")
    types("yesterday", "25", "^C")
    assert coach("journal", "add").code == 130
    assert diary.read_runs() == ()


def test_a_run_is_changed_in_what_is_given_and_nothing_else(coach: Coach, diary: Diary) -> None:
    run = run_records.run(16)
    diary.keep(run)
    diary.keep(run_records.run(17))
    ran = coach("journal", "edit", "16", "--tension-after", "2", "--lighter", "-", "--ran", "25m")
    assert ran == Ran(
        code=0,
        out="id    when              session          ran     tension   what feels lighter\n"
        "1618  2026-11-16 18:05  reset-run        25m     7 -> 2\n"
        "This is how run 1618 is in your diary now.\n",
        err="",
    )
    assert diary.read_runs() == (run_records.run(17), replace(run, tension_after=2, lighter=None, ran_s=1500.0))
    assert coach("journal", "edit", "1618", "--ran", "25m").out == "Nothing has changed.\n"


def test_at_a_terminal_enter_keeps_and_a_dash_empties(coach: Coach, diary: Diary, types: Callable[..., None]) -> None:
    diary.keep(run_records.run(16))
    types("", "-", "", "", "", "4", "-", "-")
    ran = coach("journal", "edit", "1618", "--lang", "nl")
    now = "(nu: {})".format
    assert [line for line in ran.out.splitlines() if not line.startswith(">")] == [
        "id    wanneer           sessie           duur    spanning  wat lichter voelt",
        "1618  2026-11-16 18:05  reset-run        24m     7 -> 3    My shoulders.",
        "Met Enter blijft staan wat er staat. Met - maak je het leeg.",
        f"{WHEN} {now('16-11-2026 18:05')}",
        f"{RAN} {now('24m')}",
        f"{SESSION} {now('reset-run')}",
        f"{BEFORE} {now(7)}",
        f"{AFTER} {now(3)}",
        f"{NEEDED} {now('ritme')}",
        f"{LIGHTER} {now('My shoulders.')}",
        "id    wanneer           sessie           duur    spanning  wat lichter voelt",
        "1618  2026-11-16 18:05  reset-run        24m     7 -> 3",
        "Zo staat loop 1618 nu in je dagboek.",
    ]
    (kept,) = diary.read_runs()
    assert kept == replace(run_records.run(16), need="fresh-air", lighter=None)


def test_runs_are_shown_and_deleted_after_a_yes(coach: Coach, diary: Diary, types: Callable[..., None]) -> None:
    diary.keep(run_records.run(16))
    diary.keep(run_records.run(17))
    types("nee")
    ran = coach("journal", "delete", "16", "1618", "--lang", "nl")
    assert ran.out.splitlines() == [
        "id    wanneer           sessie           duur    spanning  wat lichter voelt",
        "1618  2026-11-16 18:05  reset-run        24m     7 -> 3    My shoulders.",
        "Wil je dit echt uit je dagboek halen? Terughalen kan niet. Typ ja of nee.",
        "> nee",
        "Het blijft staan.",
    ]
    types()
    assert coach("journal", "delete", "16").out.endswith("It stays.\n")
    types("Yes.")
    assert coach("journal", "delete", "16").out.endswith("It is gone from your diary.\n")
    assert diary.read_runs() == (run_records.run(17),)
    assert coach("journal", "delete", "17", "--yes").code == 0
    assert diary.read_runs() == ()


def test_without_a_terminal_nothing_is_deleted_and_nothing_asked(coach: Coach, diary: Diary) -> None:
    diary.keep(run_records.run(16))
    nobody = "there is nobody to ask; --yes deletes without asking"
    assert coach("journal", "delete", "16") == Ran(code=2, out="", err=f"error: {nobody}\n")
    what = "say what to change, such as --tension-after 3"
    assert coach("journal", "edit", "16") == Ran(code=2, out="", err=f"error: {what}\n")
    assert len(diary.read_runs()) == 1


@pytest.mark.parametrize("command", [("edit", "--ran", "25m"), ("delete", "--yes")])
def test_an_id_must_be_that_of_one_run(coach: Coach, diary: Diary, command: tuple[str, ...]) -> None:
    for nth, each in enumerate(("abc1", "abd2", "ab")):
        diary.keep(run_records.run(16 + nth, id=each))
    name, *options = command
    several = "'a' begins the ids of 3 runs (ab, abd2, abc1); write more of it"
    assert coach("journal", name, "a", *options) == Ran(code=2, out="", err=f"error: {several}\n")
    for none in ("x", "", " "):
        message = f"no run has an id that begins with '{none}'; 'coach journal' lists them"
        assert coach("journal", name, none, *options) == Ran(code=2, out="", err=f"error: {message}\n")
    assert coach("journal", name, "AB", *options).code == 0


def test_a_run_that_is_being_played_is_left_alone(coach: Coach, diary: Diary) -> None:
    run = run_records.run(16, ended="open")
    diary.keep(run)
    with diary.hold(run):
        for command in (("edit", "16", "--ran", "25m"), ("delete", "16", "--yes")):
            assert coach("journal", *command) == Ran(
                code=2, out="", err="error: run 1618 is being played; wait until it has ended\n"
            )
    assert diary.read_runs() == (run,)
    assert coach("journal", "delete", "16", "--yes").code == 0


@pytest.mark.parametrize("name", ["runs.csv", "RUNS.CSV", "runs.xlsx", "runs.json"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_exported_is_imported_into_another_diary(
    coach: Coach, diary: Diary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, language: str
) -> None:
    runs = (run_records.run(17, lighter="=1+1; één"), run_records.run(16, ran_s=1439.9, need=None))
    for run in runs:
        diary.keep(run)
    assert coach("journal", "export", name, "--lang", language) == Ran(code=0, out=f"{name}\n", err="")
    exists = f"error: {name} exists; --force replaces it\n"
    assert coach("journal", "export", name) == Ran(code=2, out="", err=exists)
    assert coach("journal", "export", name, "--lang", language, "--force").code == 0
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "other"))
    assert coach("journal", "import", name) == Ran(code=0, out="Added: 2. Already there: 0.\n", err="")
    assert coach("journal", "import", name) == Ran(code=0, out="Added: 0. Already there: 2.\n", err="")
    assert Diary(path=tmp_path / "other" / "journal.sqlite3").read_runs() == runs


@pytest.mark.usefixtures("diary")
def test_an_export_has_a_kind_that_is_known(coach: Coach) -> None:
    message = "error: cannot export to runs.ods: the name must end in .csv, .xlsx or .json\n"
    assert coach("journal", "export", "runs.ods") == Ran(code=2, out="", err=message)


def test_an_import_takes_all_or_nothing(coach: Coach, diary: Diary, tmp_path: Path) -> None:
    diary.keep(run_records.run(16))
    (tmp_path / "runs.csv").write_text(
        "datum;gelopen (min);spanning erna\n20-11-2026;25;3\n21-11-2026;\x1b[2J;11\n", encoding="utf-8"
    )
    assert coach("journal", "import", "runs.csv") == Ran(
        code=3,
        out="",
        err="runs.csv: row 3, column B (gelopen (min)): '␛[2J' is not a number; write digits, such as 24 or 24,5\n"
        "runs.csv: row 3, column C (spanning erna): '11' is not a tension; write a whole number from 1 to 10\n"
        "error: nothing was imported\n"
        "help: correct runs.csv, and import it again\n",
    )
    assert diary.read_runs() == (run_records.run(16),)


def test_what_differs_is_told_and_replaced_only_when_asked(coach: Coach, diary: Diary, tmp_path: Path) -> None:
    diary.keep(run_records.run(16))
    (tmp_path / "runs.csv").write_text(
        "id,date,ran (min)\n161805cccccccccccccccccccccccccc,2026-11-16,30\n", encoding="utf-8"
    )
    left = "Different from your diary: 1. They were left; --replace takes what the file says."
    assert coach("journal", "import", "runs.csv").out == f"Added: 0. Already there: 0.\n{left}\n"
    assert diary.read_runs() == (run_records.run(16),)
    assert coach("journal", "import", "runs.csv", "--replace").out == "Added: 0. Already there: 0.\nChanged: 1.\n"
    assert diary.read_runs()[0].ran_s == 1800.0


def test_a_file_that_is_no_table_is_refused(coach: Coach, diary: Diary, tmp_path: Path) -> None:
    (tmp_path / "diary.xlsx").write_bytes(b"PK\x03\x04")
    assert coach("journal", "import", "diary.xlsx") == Ran(
        code=3,
        out="",
        err="error: cannot import diary.xlsx: it is damaged\n"
        "help: in your spreadsheet program, save it as CSV UTF-8 or as an Excel workbook (.xlsx), and import that\n",
    )
    assert not diary.path.exists()


def test_a_diary_on_a_full_disk_is_shown_and_exported_to_another(
    coach: Coach, tiny_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tiny_disk))
    Diary(path=tiny_disk / "journal.sqlite3").keep(run_records.run(16))
    (tiny_disk / "ballast").write_bytes(bytes(shutil.disk_usage(tiny_disk).free))
    exported = tmp_path / "runs.csv"
    for command in (("journal",), ("week", "--date", "2026-11-16"), ("journal", "export", str(exported))):
        ran = coach(*command)
        assert (ran.code, ran.err) == (0, "")
    assert "161805cccccccccccccccccccccccccc" in exported.read_text(encoding="utf-8")
    refused = coach("journal", "add", "--ran", "25m")
    reason = f"error: cannot use the diary {tiny_disk / 'journal.sqlite3'}: the disk is full"
    assert (refused.code, refused.err) == (3, f"{reason}\nhelp: free some space, and try again\n")


def test_a_second_run_in_the_same_minute_is_added_and_the_first_is_named(coach: Coach, diary: Diary) -> None:
    told = ("journal", "add", "--ran", "25m", "--date", "2026-11-16 18:05", "--lang")
    assert "Your run is in your diary" in coach(*told, "en").out.splitlines()[-1]
    (first,) = diary.read_runs()
    ran = coach(*told, "en")
    assert ran.code == 0
    ids = {run.id[:4] for run in diary.read_runs()}
    (new,) = ids - {first.id[:4]}
    assert " ".join(ran.out.split("\n", 2)[2].split()) == (
        f"Run {first.id[:4]} began in the same minute. If it is the same run, take one of them out: "
        f"coach journal delete {new} Your run is in your diary, as {new}. It stays on this computer."
    )
    assert f"Loop {first.id[:4]} begon in dezelfde minuut." in coach(*told, "nl").out


DAY = "'yesterday 18:30' or 2026-11-20"
NUMBER = "a whole number from 1 to 10"


@pytest.mark.usefixtures("diary")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--date", "2100-01-01"), f"--date '2100-01-01' is still to come; write {DAY}"),
        (("--date", "1-1-1400"), f"--date '1-1-1400' is out of range; write {DAY}"),
        (("--date", "30 feb"), f"--date '30 feb' is not clear; write {DAY}"),
        (("--tension-before", "0"), f"--tension-before '0' is out of range; write {NUMBER}"),
        (("--tension-before", "stressed"), f"--tension-before 'stressed' is not a number; write {NUMBER}"),
        (("--tension-before", "7 of 8"), f"--tension-before '7 of 8' is not one answer; write {NUMBER}"),
        (("--tension-before", "7.5"), f"--tension-before '7.5' is not one answer; write {NUMBER}"),
        (("--ran", "0"), f"--ran '0' is out of range; write {LENGTH}"),
        (("--ran", "-5"), f"--ran '-5' is out of range; write {LENGTH}"),
    ],
)
def test_an_option_is_refused_for_the_right_reason(coach: Coach, options: tuple[str, ...], message: str) -> None:
    assert coach("journal", "add", "--ran", "25m", *options) == Ran(code=2, out="", err=f"error: {message}\n")


def test_ctrl_c_at_a_question_says_that_nothing_changed(
    coach: Coach, diary: Diary, types: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.keep(run_records.run(16))
    types()
    monkeypatch.setattr("builtins.input", Mock(side_effect=KeyboardInterrupt))
    for command, sentence in (
        (("add",), "Er is niets veranderd."),
        (("edit", "1618"), "Er is niets veranderd."),
        (("delete", "1618"), "Het blijft staan."),
    ):
        ran = coach("journal", *command, "--lang", "nl")
        assert (ran.code, ran.err, ran.out.splitlines()[-1]) == (130, "", sentence)
    assert diary.read_runs() == (run_records.run(16),)
