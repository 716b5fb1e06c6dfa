import unicodedata
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render.full import render_excerpt, render_problem
from coach.text.sanitize import escape_control_characters


def problem(line: int, column: int, end_column: int, message: str = "unknown kind", help: str = "") -> Problem:  # noqa: A002 - as Problem has it
    location = Location(file="run.yaml", line=line, column=column, end_column=end_column)
    return Problem(location=location, code="unknown-kind", message=message, help=help)


def marked(line: str, column: int, end_column: int) -> tuple[str, str]:
    _, shown, marks = render_problem(problem(1, column, end_column), [line]).splitlines()
    return shown.removeprefix("   1 | "), marks.removeprefix("     | ")


def test_a_problem_shows_where_what_the_line_and_the_way_out() -> None:
    lines = ["blocks:", "  - body-scann: 5m"]
    expected = """\
        run.yaml:2:5: error[unknown-kind]: unknown kind of block 'body-scann'
           2 |   - body-scann: 5m
             |     ^^^^^^^^^^
             help: did you mean 'body-scan'?"""
    found = problem(2, 5, 15, "unknown kind of block 'body-scann'", "did you mean 'body-scan'?")
    assert render_problem(found, lines) == dedent(expected)


def test_the_place_alone_is_the_line_and_its_marks() -> None:
    assert render_excerpt(problem(2, 3, 6), ["a:", "- xyz"]) == "- xyz\n  ^^^"
    assert render_excerpt(problem(3, 3, 6), ["a:", "- xyz"]) == ""


def test_without_its_line_a_problem_still_says_what_it_is() -> None:
    assert render_problem(problem(9, 1, 2), []) == "run.yaml:9:1: error[unknown-kind]: unknown kind"


@pytest.mark.parametrize(
    ("line", "column", "end_column", "shown", "marks"),
    [
        ("ab\tcd", 4, 6, "ab  cd", "    ^^"),
        ("\t\tx", 1, 3, "        x", "^^^^^^^^"),
        ("深呼吸 x", 1, 4, "深呼吸 x", "^^^^^^"),
        ("🏃 x", 3, 4, "🏃 x", "   ^"),
        ("e\u0301e\u0301 x", 6, 7, "e\u0301e\u0301 x", "   ^"),
        ("🏃🏽 x", 4, 5, "🏃🏽 x", "   ^"),
        ("🏃\u200d♀\ufe0f x", 6, 7, "🏃\u200d♀\ufe0f x", "   ^"),
        ("👩\u200d👩\u200d👧 x", 7, 8, "👩\u200d👩\u200d👧 x", "   ^"),
        ("👩\u200d👩\u200d👧 x", 1, 6, "👩\u200d👩\u200d👧 x", "^^"),
        ("❤\ufe0f x", 4, 5, "❤\ufe0f x", "   ^"),
        ("\u1112\u1161\u11ab x", 5, 6, "\u1112\u1161\u11ab x", "   ^"),
        ("🇳🇱 x", 4, 5, "🇳🇱 x", "   ^"),
        ("🏃", 2, 3, "🏃", "  ^"),
        ("a\x1b[31m x", 8, 9, "a␛[31m x", "       ^"),
        ("a\u202eb", 3, 4, "a\N{REPLACEMENT CHARACTER}b", "  ^"),
        ("abc", 4, 5, "abc", "   ^"),
    ],
)
def test_the_mark_stands_under_the_place(line: str, column: int, end_column: int, shown: str, marks: str) -> None:
    assert marked(line, column, end_column) == (shown, marks)


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, marks = marked("a" * 500 + "bcd" + "e" * 500, 501, 504)
    assert shown == "…" + "a" * 40 + "bcd" + "e" * 57 + "…"
    assert marks == " " * 41 + "^^^"


def test_nothing_raw_reaches_the_terminal() -> None:
    assert escape_control_characters("a\x1b[2Jb\x9b\u2028\u202e\x07") == "a␛[2Jb���␇"


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(1, 320), st.integers(0, 40), st.text(max_size=30))
def test_any_problem_in_any_line_can_be_shown(line: str, column: int, length: int, message: str) -> None:
    text = render_problem(problem(1, column, column + length, message), [line])
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in text.replace("\n", ""))
    assert text.count("\n") == 2
