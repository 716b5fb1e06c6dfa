"""Selecting problems by code, and advice that a comment suppresses."""

from pathlib import Path

import pytest

from coach.diagnostics.problem import Location, Problem
from coach.errors import UsageError
from coach.services.rule_selection import drop_suppressed, select_rules


def problem(file: Path, code: str) -> Problem:
    where = Location(file=str(file), line=1, column=1, end_column=2)
    return Problem(where=where, code=code, message="This could be better.")


@pytest.mark.parametrize(
    "comment",
    [
        "# coach: ignore late-cue",
        "  #coach:ignore late-cue",
        "# coach: ignore talks-much, late-cue",
        "# coach: ignore talks-much late-cue  ",
        "title: A\n\n# coach: ignore talks-much\n# coach: ignore late-cue\n",
    ],
)
def test_a_comment_on_a_line_of_its_own_suppresses_what_it_names(comment: str, tmp_path: Path) -> None:
    run = tmp_path / "run.yaml"
    run.write_text(comment, encoding="utf-8")
    late, quiet = problem(run, "late-cue"), problem(run, "never-quiet")
    assert list(drop_suppressed([late, quiet], run)) == [quiet]


@pytest.mark.parametrize(
    "text", ["# late-cue", "# coach: ignore", "title: A # coach: ignore late-cue", "# coach: ignore late", ""]
)
def test_any_other_line_suppresses_nothing(text: str, tmp_path: Path) -> None:
    run = tmp_path / "run.yaml"
    run.write_text(text, encoding="utf-8")
    assert list(drop_suppressed([problem(run, "late-cue")], run)) == [problem(run, "late-cue")]


def test_errors_stay(tmp_path: Path) -> None:
    run = tmp_path / "run.yaml"
    run.write_text("# coach: ignore unknown-key\n", encoding="utf-8")
    error = problem(run, "unknown-key")
    assert list(drop_suppressed([error], run)) == [error]


def test_a_session_speaks_for_the_files_it_uses_and_they_for_themselves(tmp_path: Path) -> None:
    run, part = tmp_path / "run.yaml", tmp_path / "part.yaml"
    run.write_text("# coach: ignore late-cue\n", encoding="utf-8")
    part.write_text("# coach: ignore no-pause\n", encoding="utf-8")
    problems = [problem(part, "late-cue"), problem(part, "no-pause"), problem(run, "no-pause")]
    assert list(drop_suppressed(problems, run)) == [problem(run, "no-pause")]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), ["late-cue", "no-unit", "more"]),
        (("advice",), (), ["late-cue", "more"]),
        (("no-unit",), (), ["no-unit", "more"]),
        (("no-unit, late-cue",), ("errors",), ["late-cue"]),
        ((), ("late-cue",), ["no-unit", "more"]),
    ],
)
def test_codes_and_groups_are_selected_and_ignored(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str], tmp_path: Path
) -> None:
    problems = [problem(tmp_path, code) for code in ("late-cue", "no-unit", "more")]
    assert [each.code for each in select_rules(select, ignore).filter(problems)] == codes


def test_an_unknown_code_to_select_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        select_rules(["late-cu"], [])
    assert str(refused.value) == "no problem is called 'late-cu': did you mean 'late-cue'?"
