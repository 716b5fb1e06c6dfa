"""Problems, their codes and their fixes."""

import pytest

from coach.diagnostics.problem import Edit, Fix, Location, Problem, complete_command, locate_option, summarize_rest
from coach.session.values.value_kind import ScalarError

HERE = Location(file="run.yaml", line=3, column=5, end_column=7)
PROBLEM = Problem(location=HERE, code="no-unit", message="90 has no unit", help="write a unit: 90s")
FIX = Fix(title="write 90s", edits=(Edit(location=HERE, text="90s"),))


def test_a_problem_has_no_fix_unless_one_is_certain() -> None:
    assert PROBLEM.fix is None


def test_the_same_problem_is_the_same_with_and_without_its_fix() -> None:
    mended = Problem(location=HERE, code="no-unit", message="90 has no unit", help="write a unit: 90s", fix=FIX)
    assert mended == PROBLEM
    assert {mended, PROBLEM} == {PROBLEM}
    assert sorted([mended, PROBLEM]) == [mended, PROBLEM]


def test_a_fix_cannot_be_changed_once_it_is_offered() -> None:
    with pytest.raises(AttributeError):
        FIX.title = "write 90m"  # type: ignore[misc]  # what is held here is that it cannot


def test_a_code_decides_how_severe_a_problem_is() -> None:
    assert PROBLEM.severity == "error"
    assert Problem(location=HERE, code="late-cue", message="these words come late").severity == "advice"


def test_a_problem_cannot_have_a_code_without_a_page() -> None:
    with pytest.raises(LookupError, match=r"^no page for code 'no-unitt': write .*/pages/no-unitt\.md$"):
        Problem(location=HERE, code="no-unitt", message="90 has no unit")


def test_nor_can_the_error_of_a_value() -> None:
    with pytest.raises(LookupError, match=r"^no page for code 'no-unitt'"):
        ScalarError("no-unitt", "90 has no unit", "write a unit: 90s")


def test_problems_that_are_not_shown_are_as_severe_as_the_worst_of_them() -> None:
    late = Problem(location=HERE, code="late-cue", message="these words come late")
    assert summarize_rest([late, late], "{count} more are not shown").severity == "advice"
    more = summarize_rest([late, PROBLEM], "{count} more problems are not shown")
    assert (more.location, more.code, more.severity) == (HERE, "more", "error")
    assert (more.message, more.help) == ("2 more problems are not shown", "fix these first")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (("play", "my run.yaml", "--length", "2h"), "coach play 'my run.yaml' --length 1m20s"),
        (("render", "a.yaml", "--length=2h", "-o", "a.mp3"), "coach render a.yaml --length=1m20s -o a.mp3"),
        (("render", "--length", "2h", "--length", "3h", "x"), "coach render --length 1m20s --length 1m20s x"),
    ],
)
def test_the_command_is_given_as_it_was_typed(typed: tuple[str, ...], command: str) -> None:
    advice = "the nearest is 1m20s: {}; or widen a block"
    option = Problem.at(
        locate_option("--length", "2h"), "length-out-of-reach", "too long", advice.format("`--length 1m20s`")
    )
    assert complete_command(option, typed).help == advice.format(f"`{command}`")


def test_a_problem_of_a_file_names_no_command() -> None:
    place = Location(file="--length", line=3, column=1, end_column=2)
    problem = Problem.at(place, "length-out-of-reach", "too long", "write `--length 1m20s`")
    assert complete_command(problem, ("plan", "--length", "2h")) == problem
