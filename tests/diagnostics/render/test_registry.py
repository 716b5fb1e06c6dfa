"""The registry of output formats."""

import pytest

from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render import FORMATS, render

PROBLEM = Problem(
    location=Location(file="run.yaml", line=2, column=5, end_column=8),
    code="unknown-kind",
    message="unknown kind of block 'esy'",
    help="did you mean 'easy'?",
)


@pytest.mark.parametrize("output_format", FORMATS)
def test_each_format_says_the_code_and_the_message(output_format: str) -> None:
    rendered = render([PROBLEM], output_format)
    assert PROBLEM.code in rendered
    assert PROBLEM.message in rendered
    assert not rendered.endswith("\n")


def test_concise_is_one_line_without_help() -> None:
    assert render([PROBLEM], "concise") == "run.yaml:2:5: error[unknown-kind] unknown kind of block 'esy'"


@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_without_problems_there_is_nothing_to_say(output_format: str) -> None:
    assert render([], output_format) == ""
