"""Facts in the README, against the code."""

import re
from pathlib import Path

import pytest
from coach_process import coach
from markdown_examples import DOCS, code_in, fences, table

from coach import cli
from coach.audio.soundbank import measure_bell_length_s
from coach.diagnostics.problem import SessionError
from coach.services import session_reading
from coach.services.session_check import check_session
from coach.session import library
from coach.session.session import Session
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Timeline
from coach.units import SECONDS_PER_MINUTE
from coach.voices.duration_estimate import estimate_duration

PAGE, DUTCH = "../README.md", "../README.nl.md"
TEXT, IN_DUTCH = ((DOCS / page).read_text(encoding="utf-8") for page in (PAGE, DUTCH))


@pytest.mark.parametrize("page", [PAGE, DUTCH])
def test_there_is_nothing_to_say_about_its_example(tmp_path: Path, page: str) -> None:
    (example,) = fences(page)
    (tmp_path / "run.yaml").write_text(example.text, encoding="utf-8")
    assert check_session(tmp_path / "run.yaml") == ()
    assert coach("fmt", "--check", "run.yaml", folder=tmp_path).code == 0


def test_its_table_of_sessions_is_the_library() -> None:
    rows = {code_in(row["name"])[0]: row["length"] for row in table(PAGE, "name")}
    lengths = {name: session_reading.load_session(name).length_s for name in library.list_names()}
    assert rows == {name: f"{(length_s or 0) / SECONDS_PER_MINUTE:g} min" for name, length_s in lengths.items()}


@pytest.mark.parametrize("row", table(PAGE, "name"), ids=lambda row: row["name"].strip("`"))
def test_each_session_can_be_as_short_and_as_long_as_its_table_says_and_no_minute_more(row: dict[str, str]) -> None:
    session = session_reading.load_session(code_in(row["name"])[0])
    shortest, longest = (int(number) for number in re.findall(r"\d+", row["can be"]))
    for language in ("nl", "en"):
        for minutes in (shortest, (shortest + longest) // 2, longest):
            timeline = compile_at(session, language, minutes)
            assert timeline.length_s == minutes * SECONDS_PER_MINUTE
        for minutes in (shortest - 1, longest + 1):
            with pytest.raises(SessionError, match=f"the blocks of {session.path.stem} cannot last"):
                compile_at(session, language, minutes)


@pytest.mark.parametrize("row", table(PAGE, "name"), ids=lambda row: row["name"].strip("`"))
def test_the_comment_of_each_session_gives_the_same_range(row: dict[str, str]) -> None:
    text = (library.find_folder() / f"{code_in(row['name'])[0]}.yaml").read_text(encoding="utf-8")
    (written,) = re.findall(r"length \((\d+)m to (\d+)m\)", text)
    assert list(written) == re.findall(r"\d+", row["can be"])


def compile_at(session: Session, language: str, minutes: int) -> Timeline:
    options = PlanOptions(language=language, length_s=minutes * SECONDS_PER_MINUTE)
    return compile_timeline(session, options, estimate_duration, measure_bell_length_s)


def test_whatever_length_the_pages_ask_a_session_for_it_can_have() -> None:
    pages = [TEXT, IN_DUTCH, *(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))]
    commands = [
        line for page in pages for line in re.findall(r"coach (?:plan|render|play) [^\n`]*--length [^\n`]+", page)
    ]
    asked = [(command.split()[2], re.search(r"--length (\w+)", command)) for command in commands]
    shipped = [(name, found[1]) for name, found in asked if name in library.list_names() and found]
    assert shipped
    for name, length in shipped:
        compile_at(session_reading.load_session(name), "en", int(length.removesuffix("m")))


@pytest.mark.parametrize("command", re.findall(r"^    scripts/coach (\w+)", f"{TEXT}\n{IN_DUTCH}", re.MULTILINE))
def test_every_command_is_one(command: str) -> None:
    assert command in cli.coach.commands
