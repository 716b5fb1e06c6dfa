"""Import of runs: what was exported comes back as it was, whatever else is read or refused in place."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest
import run_records
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ExternalError
from coach.journal import import_runs
from coach.journal.diary import Run, RunMerge, merge_runs
from coach.journal.export_runs import runs_to_csv, runs_to_json, runs_to_xlsx
from coach.journal.import_runs import LARGEST_UNPACKED_BYTES, RunFile, read_run_file
from coach.languages import find_language
from coach.languages.screen_words import Ended, Need

NL, EN = (find_language(code).journal.table for code in ("nl", "en"))

EXPORTS: dict[str, Callable[[Sequence[Run]], bytes]] = {
    "nl.csv": lambda runs: runs_to_csv(runs, NL).encode(),
    "en.csv": lambda runs: runs_to_csv(runs, EN).encode(),
    "nl.xlsx": lambda runs: runs_to_xlsx(runs, NL),
    "en.xlsx": lambda runs: runs_to_xlsx(runs, EN),
    "json": lambda runs: runs_to_json(runs).encode(),
}

OLD_CSV = (
    "id,started_at,language,session,title,form,length_s,cadence_spm,ran_s,ended,"
    "tension_before,tension_after,need,wanted_s,lighter\r\n"
    "171805cccccccccccccccccccccccccc,2026-11-17T18:05:00+01:00,en,reset-run,Short reset run,reset,1440.0,158.0,1440.5,"
    "finished,7,3,rhythm,1500.0,'=1+1\r\n"
)

words = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
    | st.sampled_from(
        [
            "=1+1",
            "'=x",
            "_x0041_",
            "_x0001_",
            "a;b",
            'say "so"',
            "1,5",
            "#N/A",
            " space ",
            "a\r\nb",
            "\x00",
            "True",
        ]
    )
)
lengths = st.floats(0.0, 1e7, allow_nan=False)
tensions = st.none() | st.integers(1, 10)


def build(**values: Any) -> Run:
    offset = timezone(timedelta(minutes=values.pop("offset")))
    return Run(**{**values, "started_at": values["started_at"].replace(tzinfo=offset)})


runs = st.builds(
    build,
    started_at=st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)),  # noqa: DTZ001 - with one by build
    offset=st.integers(-720, 840),
    language=st.sampled_from(["nl", "en"]),
    session=words,
    title=words,
    form=st.none() | st.sampled_from(["reset", "trail"]),
    length_s=st.none() | lengths,
    cadence_spm=st.none() | st.floats(60, 220),
    ran_s=lengths,
    ended=st.sampled_from(get_args(Ended)),
    tension_before=tensions,
    tension_after=tensions,
    need=st.none() | st.sampled_from(get_args(Need)),
    wanted_s=st.none() | lengths,
    lighter=words,
    id=st.uuids().map(lambda number: number.hex),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def read(folder: Path, data: bytes | str, name: str = "runs.csv") -> RunFile:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_run_file(file)


def merged(file: RunFile, existing: Sequence[Run] = (), *, is_replacing: bool = False) -> list[Run]:
    assert file.faults == ()
    return list(merge_runs(file.runs, existing, language="nl", is_replacing=is_replacing).kept)


@pytest.mark.parametrize("kind", EXPORTS)
@settings(deadline=None, max_examples=20)
@given(given_runs=st.lists(runs, max_size=3, unique_by=lambda run: run.id))
def test_an_export_comes_back_as_it_was(folder: Path, kind: str, given_runs: list[Run]) -> None:
    file = read(folder, EXPORTS[kind](given_runs), kind)
    assert file.notices == ()
    assert merged(file) == given_runs
    assert merge_runs(file.runs, given_runs, language="nl", is_replacing=True).kept == ()


def test_a_table_in_the_old_form_is_read(folder: Path) -> None:
    (run,) = merged(read(folder, OLD_CSV))
    assert run == run_records.run(17, ran_s=1440.5, lighter="=1+1")


@pytest.mark.parametrize("text", [OLD_CSV, runs_to_csv([run_records.run(17, lighter="=1+1", ran_s=1440.5)], NL)])
def test_importing_twice_adds_nothing_twice(folder: Path, text: str) -> None:
    file = read(folder, text)
    existing = merged(file)
    assert merge_runs(file.runs, existing, language="nl", is_replacing=False) == RunMerge(
        kept=(), added=0, same=1, differing=0
    )


BY_HAND = """\
Datum;Tijd;Gelopen (min);Spanning ervoor;Wat lichter voelt;Nodig;weer
20-11-2026;18:30;25,5;7;Mijn hoofd;stilte;regen
21/11/26;;40;;;;
"""


def test_a_table_that_a_runner_made_needs_no_ids(folder: Path) -> None:
    file = read(folder, BY_HAND)
    assert file.notices == ("runs.csv: row 1, column G (weer): this is not a column of the diary, and was left out",)
    first, second = merged(file)
    assert (f"{first.started_at:%d %H:%M}", first.ran_s, first.lighter, first.need) == (
        "20 18:30",
        1530.0,
        "Mijn hoofd",
        "silence",
    )
    assert (f"{second.started_at:%d %H:%M}", second.ran_s, second.tension_before) == ("21 12:00", 2400.0, None)
    assert (first.ended, first.language) == ("finished", "nl")
    again = merge_runs(file.runs, [first, second], language="nl", is_replacing=True)
    assert (again.kept, again.same) == ((), 2)


def test_a_run_that_differs_changes_only_when_asked_and_only_in_what_is_told(folder: Path) -> None:
    existing = [run_records.run(20, hour=18, minute=30, id="a1" * 16)]
    table = f"id,date,ran (min),tension after\n{'a1' * 16},2026-11-20,25,\n"
    file = read(folder, table)
    left = merge_runs(file.runs, existing, language="nl", is_replacing=False)
    assert (left.kept, left.differing) == ((), 1)
    (changed,) = merged(file, existing, is_replacing=True)
    assert (changed.ran_s, changed.tension_after) == (1500.0, None)
    assert (changed.lighter, changed.tension_before, changed.ended) == ("My shoulders.", 7, "finished")


def test_a_day_that_was_changed_in_a_spreadsheet_program_counts(folder: Path) -> None:
    run = run_records.run(20, lighter=None)
    table = runs_to_csv([run], NL).replace("20-11-2026;18:05", "19-11-2026;07:15")
    (moved,) = merged(read(folder, table), [run], is_replacing=True)
    assert moved == replace(run, started_at=run_records.at(19, 7, 15))


@pytest.mark.parametrize("written", ["20-11-2026", "11/20/2026", "20/11/2026", "20-nov-26", "2026-11-20", "20.11.2026"])
def test_a_day_may_be_written_anew_by_any_spreadsheet_program(folder: Path, written: str) -> None:
    run = run_records.run(20)
    table = runs_to_csv([run], EN).replace("2026-11-20,18:05", f"{written},18:05:00")
    assert merge_runs(read(folder, table).runs, [run], language="nl", is_replacing=False).same == 1


def test_numbers_that_were_rounded_do_not_differ(folder: Path) -> None:
    run = run_records.run(20, ran_s=1439.2)
    table = runs_to_csv([run], NL).replace("23,98666667", "23,98667")
    assert merge_runs(read(folder, table).runs, [run], language="nl", is_replacing=False).same == 1


TABLE = runs_to_csv([run_records.run(20, lighter="Eén zucht, café")], NL)


@pytest.mark.parametrize(
    ("data", "notices"),
    [
        (TABLE.encode(), ()),
        (TABLE[1:].encode("utf-16"), ()),
        (TABLE.encode("utf-16"), ()),
        (TABLE[1:].encode("cp1252"), ("runs.csv: it is not UTF-8, and was read as Windows-1252",)),
        (f"sep=;\r\n{TABLE[1:]}".encode(), ()),
        (TABLE[1:].replace(";", "\t").encode(), ()),
        (f"\r\n;;\r\n{TABLE[1:]}\r\n;;;\r\n".encode(), ()),
    ],
)
def test_other_encodings_and_separators_are_read(folder: Path, data: bytes, notices: tuple[str, ...]) -> None:
    file = read(folder, data)
    assert file.notices == notices
    assert [run.lighter for run in merged(file)] == ["Eén zucht, café"]


def test_a_workbook_of_another_writer_is_read(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "made.xlsx") as book:
        sheet, day, clock = (
            book.add_worksheet(),
            *map(book.add_format, ({"num_format": "dd/mm/yyyy"}, {"num_format": "h:mm"})),
        )
        sheet.write_row(0, 0, ["datum", "tijd", "gelopen (min)", "spanning erna", "titel", "nodig"])
        sheet.write_datetime(1, 0, datetime(2026, 11, 20), day)  # noqa: DTZ001 - as in a workbook
        sheet.write_datetime(1, 1, time(18, 30), clock)
        sheet.write_row(1, 2, [24.5, 3, 10, "Frisse lucht"])
        sheet.write_formula(2, 0, "=A2+1", day, 46347)
        sheet.write_row(2, 2, ["25,5"])
    first, second = merged(read_run_file(folder / "made.xlsx"))
    assert (f"{first.started_at:%F %H:%M}", first.ran_s, first.tension_after) == ("2026-11-20 18:30", 1470.0, 3)
    assert (first.title, first.need) == ("10", "fresh-air")
    assert (f"{second.started_at:%F %H:%M}", second.ran_s) == ("2026-11-21 12:00", 1530.0)


NEEDS = "beweging, stilte, ritme, frisse lucht or movement, silence, rhythm, fresh air"

ENDS = "afgemaakt, uitgewandeld, gestopt, open or finished, walked out, stopped, open"

HEAD = "date,time,ran (min),tension before,need,end,language,id,started_at,lighter\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("31-2-2026,,25", "column A (date): '31-2-2026' is not a date from 1900 on; write it like 2026-11-20"),
        ("yesterday,,25", "column A (date): 'yesterday' is not a date from 1900 on; write it like 2026-11-20"),
        ("3/4/2026,,25", "the day may be 2026-04-03 or 2026-03-04; write it like that"),
        (",,25", "the day of the run is missing; write it like 2026-11-20"),
        ("2026-11-20,,", "the length of the run is missing; write how long you ran, or 0"),
        ("2026-11-20,25:00,25", "column B (time): '25:00' is not a time of day; write it like 18:30"),
        ("2026-11-20,,half", "column C (ran (min)): 'half' is not a number; write digits, such as 24 or 24,5"),
        (
            "2026-11-20,,1.000.000",
            "column C (ran (min)): '1.000.000' is not a number; write digits, such as 24 or 24,5",
        ),
        ("2026-11-20,,-5", "column C (ran (min)): '-5' is out of range; write a number from 0 on"),
        ("2026-11-20,,1e300", "column C (ran (min)): '1e300' is out of range; write a number from 0 on"),
        ("2026-11-20,,9999999", "column C (ran (min)): '9999999' is out of range; write minutes, such as 24"),
        ("2026-11-20,,25,11", "column D (tension before): '11' is not a tension; write a whole number from 1 to 10"),
        ("2026-11-20,,25,7.5", "column D (tension before): '7.5' is not a tension; write a whole number from 1 to 10"),
        (
            "2026-11-20,,25,,money",
            f"column E (need): 'money' is not a need; write {NEEDS}",
        ),
        (
            "2026-11-20,,25,,,won",
            f"column F (end): 'won' is not how a run ends; write {ENDS}",
        ),
        ("2026-11-20,,25,,,,Dutch", "column G (language): 'Dutch' is not a language; write nl or en"),
        (
            "2026-11-20,,25,,,,,x",
            "column H (id): 'x' is not an id of 32 hexadecimal digits; empty it, and the run gets one",
        ),
        (",,25,,,,,,noon", "column I (started_at): 'noon' is not a moment; write 2026-11-20T18:30+01:00"),
        ("2026-11-20,,25,,,,,,,so,what", "column K: there is no heading above it; write one, or empty the cell"),
        (f"2026-11-20,,25,,,,,,,{'x' * 30_001}", "column J (lighter): it is longer than 30,000 characters; shorten it"),
    ],
)
def test_a_bad_cell_is_named_by_its_file_row_and_column(folder: Path, row: str, fault: str) -> None:
    file = read(folder, f"{HEAD}2026-11-19,,25\n{row}\n")
    separator = ": " if fault.startswith("the ") else ", "
    assert (file.runs, file.faults) == ((), (f"runs.csv: row 3{separator}{fault}",))


NO_LENGTH = "row 1: there is no column for its length; write 'ran (min)' or 'gelopen (min)' above it"

NO_DAY = "row 1: there is no column for the day of a run; write 'date' or 'datum' above it"

MISSPELT = "row 1, column C (tenson before): this heading is not known; do you mean 'tension before'?"

TWICE = "row 3: this is the same run as in row 2; remove one of them"

ODD_JSON = {"started_at": "2026-11-20T18:30+01:00", "ran_s": True, "need": ["x"], "lighter": {}, "tension_after": 1e99}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("datum;spanning erna\n1-1-2026;3\n", [NO_LENGTH]),
        ("ran (min),need\n25,silence\n", [NO_DAY]),
        ("date,ran (min),tenson before\n2026-11-20,25,7\n", [MISSPELT]),
        (
            "date,ran (min),datum,date\n",
            [
                "row 1, column C (datum): column A says the same; remove one of them",
                "row 1, column D (date): column A says the same; remove one of them",
            ],
        ),
        (f"date,ran (min),id\n2026-11-20,25,{'a' * 32}\n2026-11-21,25,{'a' * 32}\n", [TWICE]),
        ("date,ran (min)\n2026-11-20,25\n2026-11-20,25\n", [TWICE]),
        (
            json.dumps({"coach": 1, "runs": [ODD_JSON]}),
            [
                "run 1, ran_s: 'True' is not a number; write digits, such as 24 or 24,5",
                "run 1, need: '['x']' is not a text; write words",
                "run 1, lighter: '{}' is not a text; write words",
                "run 1, tension_after: '1e+99' is out of range; write a number from 0 on",
            ],
        ),
        ('{"coach": 1, "runs": [{}]}', ["run 1: the day of the run is missing; write it like 2026-11-20"]),
    ],
)
def test_headings_doubles_and_json_are_faults_in_their_place(folder: Path, text: str, faults: list[str]) -> None:
    assert [fault.removeprefix("runs.csv: ") for fault in read(folder, text).faults] == faults


def test_only_the_first_faults_are_told(folder: Path) -> None:
    file = read(folder, "date,ran (min)\n" + "x,y\n" * 100)
    assert (len(file.faults), file.faults[-1]) == (21, "runs.csv: there may be more")


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


QUOTE = "is there a quotation mark without the other one?"

MANY_KEYS = json.dumps({"coach": 1, "runs": [{f"k{nth}": 1 for nth in range(99)}]}).encode()

NOT_OURS = "it holds XML that no spreadsheet program writes"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"Lief dagboek,\nvandaag liep ik.\n", "row 1 has no headings of a diary, such as date and ran (min)"),
        (b'date,ran (min)\n2026-11-20,"25\n', f"row 2: unexpected end of data; {QUOTE}"),
        (b'date,ran (min)\n"' + b"x" * 200_000, f"row 2: field larger than field limit (131072); {QUOTE}"),
        (b"date,ran (min)\n" + b"\n" * 30_000, "it has more than 20,000 rows"),
        (b"date,ran (min)" + b",x" * 70, "it has more than 60 columns"),
        (bytes(range(256)), "it is not a text, or in an unusual encoding"),
        (b"\xff\xfe\x00", "it is not a text, or in an unusual encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Excel file (.xls), or protected by a password"),
        (b"[1", "it is not JSON: Expecting ',' delimiter: line 1 column 3 (char 2)"),
        (b"[" * 100_000, "it is not JSON: it is nested too deeply"),
        (b'{"coach": 2, "runs": []}', "it is JSON, but not as 'coach journal --json' of this version writes it"),
        (b'{"coach": 1, "runs": [3]}', "run 1 is not an object of JSON"),
        (MANY_KEYS, "more than 60 of its headings are not those of a diary"),
        (b"PK\x03\x04", "it is damaged"),
        (zipped(a=b"x"), "it is damaged, or not an Excel workbook"),
        (zipped(a=b"0" * (LARGEST_UNPACKED_BYTES + 1)), "unpacked it is larger than 33,554,432 bytes"),
        (zipped(a=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), NOT_OURS),
        (zipped(a=b"<a>" * 100), NOT_OURS),
        (zipped(a=b"<a><b><c>" + b"<d/>" * 30_000), NOT_OURS),
        (zipped(a=b"<a " + b'b="" ' * 200_000), NOT_OURS),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_its_reason(folder: Path, data: bytes, reason: str) -> None:
    with pytest.raises(ExternalError) as raised:
        read(folder, data)
    assert raised.value.message == f"cannot import {folder / 'runs.csv'}: {reason}"
    assert raised.value.help


def test_too_many_runs_and_too_large_a_file_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_runs, "MOST_RUNS", 1)
    rows = "date,ran (min)\n2026-11-20,25\n2026-11-21,25\n"
    assert read(folder, rows).faults == ("runs.csv: row 3: there are more than 1 runs; import them in parts",)
    monkeypatch.setattr(import_runs, "LARGEST_BYTES", 10)
    with pytest.raises(ExternalError, match="it is larger than 10 bytes"):
        read(folder, rows)
    with pytest.raises(ExternalError, match="its folder does not exist"):
        read_run_file(folder / "missing" / "runs.csv")


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(sorted(EXPORTS)))
def test_any_damage_ends_in_a_reason_or_a_placed_fault(folder: Path, seed: int, kind: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = bytearray(SOUND[kind])
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 1, 40))] = chance.randbytes(chance.choice((0, 1, 3)))
    faults: tuple[str, ...]
    try:
        faults = read(folder, bytes(data), "damaged").faults
    except ExternalError as error:
        faults = (error.message.replace(f"cannot import {folder / 'damaged'}", "damaged"),)
    assert all(fault.startswith("damaged: ") for fault in faults)


SOUND = {kind: export([run_records.run(16), run_records.run(17)]) for kind, export in EXPORTS.items()}
