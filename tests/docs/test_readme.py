"""Facts in the README, against the code."""

import re
from pathlib import Path

import pytest
from coach_process import coach
from markdown_examples import DOCS, code_in, fences, table

from coach import cli
from coach.services import session_reading
from coach.services.session_check import check_session
from coach.session import library
from coach.units import SECONDS_PER_MINUTE

PAGE = "../README.md"
TEXT = (DOCS / PAGE).read_text(encoding="utf-8")


def test_there_is_nothing_to_say_about_its_example(tmp_path: Path) -> None:
    (example,) = fences(PAGE)
    (tmp_path / "run.yaml").write_text(example.text, encoding="utf-8")
    assert check_session(tmp_path / "run.yaml") == ()
    assert coach("fmt", "--check", "run.yaml", folder=tmp_path).code == 0


def test_its_table_of_sessions_is_the_library() -> None:
    rows = {code_in(row["name"])[0]: row["length"] for row in table(PAGE, "name")}
    lengths = {name: session_reading.load_session(name).length_s for name in library.list_names()}
    assert rows == {name: f"{(length_s or 0) / SECONDS_PER_MINUTE:g} min" for name, length_s in lengths.items()}


@pytest.mark.parametrize("command", re.findall(r"^    scripts/coach (\w+)", TEXT, re.MULTILINE))
def test_every_command_is_one(command: str) -> None:
    assert command in cli.coach.commands
