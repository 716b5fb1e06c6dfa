"""Problems, and what mends them."""

import pytest

from coach.diagnostics.problem import Edit, Fix, Location, Problem

HERE = Location(file="run.yaml", line=3, column=5, end_column=7)
PROBLEM = Problem(where=HERE, code="bare-number", message="90 has no unit", help="write a unit: 90s")
FIX = Fix(title="write 90s", edits=(Edit(where=HERE, text="90s"),))


def test_a_problem_has_no_fix_unless_one_is_certain() -> None:
    assert PROBLEM.fix is None


def test_the_same_problem_is_the_same_with_and_without_its_fix() -> None:
    mended = Problem(where=HERE, code="bare-number", message="90 has no unit", help="write a unit: 90s", fix=FIX)
    assert mended == PROBLEM
    assert {mended, PROBLEM} == {PROBLEM}
    assert sorted([mended, PROBLEM]) == [mended, PROBLEM]


def test_a_fix_cannot_be_changed_once_it_is_offered() -> None:
    with pytest.raises(AttributeError):
        FIX.title = "write 90m"  # type: ignore[misc]  # what is held here is that it cannot
