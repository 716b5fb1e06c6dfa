"""Selection of problems by code, and advice that a comment suppresses."""

import pytest

from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.suppressions import drop_suppressed, select_rules
from coach.errors import UsageError

RUN, PART = "run.yaml", "part.yaml"


def problem(file: str, code: str) -> Problem:
    location = Location(file=file, line=1, column=1, end_column=2)
    return Problem(location=location, code=code, message="This could be better.")


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
def test_a_comment_on_a_line_of_its_own_suppresses_what_it_names(comment: str) -> None:
    late, quiet = problem(RUN, "late-cue"), problem(RUN, "never-quiet")
    assert list(drop_suppressed([late, quiet], RUN, {RUN: comment.split("\n")})) == [quiet]


@pytest.mark.parametrize(
    "text", ["# late-cue", "# coach: ignore", "title: A # coach: ignore late-cue", "# coach: ignore late", ""]
)
def test_any_other_line_suppresses_nothing(text: str) -> None:
    late = problem(RUN, "late-cue")
    assert list(drop_suppressed([late], RUN, {RUN: [text]})) == [late]


def test_errors_stay() -> None:
    error = problem(RUN, "unknown-key")
    assert list(drop_suppressed([error], RUN, {RUN: ["# coach: ignore unknown-key"]})) == [error]


def test_comments_of_a_session_count_for_the_files_it_uses_and_theirs_for_themselves() -> None:
    lines = {RUN: ["# coach: ignore late-cue"], PART: ["# coach: ignore no-pause"]}
    problems = [problem(PART, "late-cue"), problem(PART, "no-pause"), problem(RUN, "no-pause")]
    assert list(drop_suppressed(problems, RUN, lines)) == [problem(RUN, "no-pause")]


def test_a_file_that_was_not_read_suppresses_nothing() -> None:
    late = problem(PART, "late-cue")
    assert list(drop_suppressed([late], RUN, {})) == [late]


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
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str]
) -> None:
    problems = [problem(RUN, code) for code in ("late-cue", "no-unit", "more")]
    assert [each.code for each in select_rules(select, ignore).filter(problems)] == codes


def test_an_unknown_code_to_select_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        select_rules(["late-cu"], [])
    assert str(refused.value) == "no problem is called 'late-cu': did you mean 'late-cue'?"
