"""Facts on the page about the diary, against the code."""

from typing import get_args

import platformdirs.macos
import platformdirs.unix
import pytest
from markdown_examples import DOCS, code_in, table

from coach.journal.export_runs import COLUMNS
from coach.languages.screen_words import Ended, Need
from coach.services.suggest_session import SESSIONS, TABLE
from coach.session.values.word_choice import FORMS

PAGE = "journal.md"


def test_the_columns_are_those_of_the_export() -> None:
    assert tuple(code_in(row["column"])[0] for row in table(PAGE, "column")) == COLUMNS


@pytest.mark.parametrize(
    ("column", "values"), [("ended", get_args(Ended)), ("need", get_args(Need)), ("form", tuple(FORMS))]
)
def test_the_values_of_a_column_are_all_there(column: str, values: tuple[str, ...]) -> None:
    (row,) = [row for row in table(PAGE, "column") if code_in(row["column"]) == (column,)]
    assert code_in(row["meaning"]) == values


def test_the_lines_of_the_suggestion_are_those_of_its_table() -> None:
    rows = [(code_in(row["form"])[0], code_in(row["session"])[0]) for row in table(PAGE, "you said")]
    lines = [(form, SESSIONS[form]) for _, form, reason in TABLE if reason != "movement"]  # one row with rhythm
    assert rows == lines


def test_the_folders_are_those_of_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    named = (DOCS / PAGE).read_text(encoding="utf-8").replace("~", "/home/anna")
    for system in (platformdirs.unix.Unix, platformdirs.macos.MacOS):
        assert f"`{system('mindful-run-coach', appauthor=False).user_data_dir}`" in named
