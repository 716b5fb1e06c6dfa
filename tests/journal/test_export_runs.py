import csv
import io
import re
from datetime import date, time

import openpyxl
import pytest
import python_calamine
import run_records
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import UsageError
from coach.journal.export_runs import runs_to_csv, runs_to_xlsx, shorten_ids
from coach.languages import LANGUAGES, find_language

TABLES = {code: find_language(code).journal.table for code in LANGUAGES}


def cells(lighter: str) -> tuple[str, str]:
    """The sentence as it stands in the table, and as it was before a sign was put in front."""
    table = runs_to_csv([run_records.run(lighter=lighter)], TABLES["nl"])
    cell = list(csv.reader(io.StringIO(table, newline=""), delimiter=";"))[1][6]
    unguarded = re.sub(r"^'(?=['\s]*[=+\-@＝＋－＠])", "", cell)  # noqa: RUF001 - wide ones count, too
    return cell, unguarded


@pytest.mark.parametrize(
    "lighter",
    ["=1+1", "+1", "-5 kg", "@home", "'=1+1", " =1", "\t=1", '=HYPERLINK("http://x")', "＝1"],  # noqa: RUF001
)
def test_formulas_become_plain_text(lighter: str) -> None:
    assert cells(lighter) == (f"'{lighter}", lighter)


@pytest.mark.parametrize("lighter", ["My head", "'s Avonds licht", "1+1", '"Quoted", and so on', "a\nb", "1-0"])
def test_any_other_text_stays_as_it_is(lighter: str) -> None:
    assert cells(lighter) == (lighter, lighter)


@settings(deadline=None)
@given(st.text(alphabet="'=+-@ \tab,\"\r\n＝", min_size=1))  # noqa: RUF001 - the same
def test_nothing_is_lost_and_no_formula_gets_through(lighter: str) -> None:
    cell, unguarded = cells(lighter)
    assert unguarded == lighter
    assert not re.match(r"\s*[=+\-@]", cell)


def test_lines_end_as_the_standard_says() -> None:
    table = runs_to_csv([run_records.run(16), run_records.run(17)], TABLES["en"])
    assert table.count("\r\n") == table.count("\n") == 3


RUN = run_records.run(ran_s=1470.5, session=None, lighter="Mijn hoofd; één zucht, meer niet.", cadence_spm=157.5)

ROWS = {
    "nl": {
        "datum": "16-11-2026",
        "tijd": "18:05",
        "gelopen (min)": "24,50833333",
        "spanning ervoor": "7",
        "spanning erna": "3",
        "nodig": "ritme",
        "wat lichter voelt": "Mijn hoofd; één zucht, meer niet.",
        "sessie": "",
        "titel": "Short reset run",
        "soort loop": "reset",
        "einde": "afgemaakt",
        "gepland (min)": "24",
        "gewenst (min)": "25",
        "stappen per minuut": "157,5",
        "taal": "en",
        "id": "161805cccccccccccccccccccccccccc",
        "started_at": "2026-11-16T18:05:00+01:00",
    },
    "en": {
        "date": "2026-11-16",
        "time": "18:05",
        "ran (min)": "24.50833333",
        "tension before": "7",
        "tension after": "3",
        "need": "rhythm",
        "what feels lighter": "Mijn hoofd; één zucht, meer niet.",
        "session": "",
        "title": "Short reset run",
        "kind of run": "reset",
        "end": "finished",
        "planned (min)": "24",
        "wanted (min)": "25",
        "steps per minute": "157.5",
        "language": "en",
        "id": "161805cccccccccccccccccccccccccc",
        "started_at": "2026-11-16T18:05:00+01:00",
    },
}


@pytest.mark.parametrize(("language", "row"), ROWS.items())
def test_a_table_is_what_a_spreadsheet_program_of_the_language_opens(language: str, row: dict[str, str]) -> None:
    data = runs_to_csv([RUN], TABLES[language]).encode()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text, delimiters=";,")
    assert dialect.delimiter == {"nl": ";", "en": ","}[language]
    assert list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)) == [row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_dates_and_numbers_for_another_reader_too(language: str) -> None:
    early = run_records.run(17, session="#N/A", title="=1+1", tension_before=None)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(runs_to_xlsx([RUN, early], TABLES[language])))
    assert book.sheet_names == [TABLES[language].sheet]
    headings, first, second = book.get_sheet_by_index(0).to_python()
    assert headings == list(ROWS[language])
    assert [type(cell) for cell in first[:4]] == [date, time, float, float]
    assert first[:2] == [date(2026, 11, 16), time(18, 5)]
    assert first[2] == pytest.approx(1470.5 / 60, abs=1e-8)
    assert first[6] == RUN.lighter
    assert (second[3], second[7], second[8]) == ("", "#N/A", "'=1+1")


def test_a_workbook_is_shown_as_the_language_writes_it() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(runs_to_xlsx([RUN, RUN], TABLES["nl"]))).active
    for row in (2, 3):
        formats = [sheet.cell(row, column).number_format for column in (1, 2, 3, 12)]
        assert formats == ["dd-mm-yyyy", "hh:mm", "0.0", "0"]
        assert sheet.cell(row, 7).alignment.wrap_text
    assert (sheet["A1"].font.bold, sheet["G2"].font.bold) == (True, False)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Q3")


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(UsageError, match=r"longer than a cell of Excel can hold; export the diary as \.csv or \.json"):
        runs_to_xlsx([run_records.run(lighter="x" * 32_768)], TABLES["nl"])


def test_ids_are_as_short_as_tells_them_apart() -> None:
    runs = [run_records.run(id=each) for each in ("abcdef01", "abcdee01", "12345678")]
    assert shorten_ids(runs) == {"abcdef01": "abcdef", "abcdee01": "abcdee", "12345678": "123456"}
    assert shorten_ids(runs[1:]) == {"abcdee01": "abcd", "12345678": "1234"}
    assert shorten_ids(()) == {}
    assert shorten_ids([run_records.run(id="ab"), run_records.run(id="abc")]) == {"ab": "ab", "abc": "abc"}
