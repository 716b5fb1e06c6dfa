"""The catalogue of problems: each code that is raised has its page, and each page tells the truth."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_examples import Fence, fences_in
from raising import Raised, raised

from coach.diagnostics import codes
from coach.diagnostics.problem import Problem
from coach.errors import UsageError
from coach.services.session_check import check_session

RAISED = tuple(raised())
CODES = codes.list_codes()
# What no short session can show: a file too large for a page, or one that is no text, and what nobody has met yet.
IN_PART = {"long-text", "not-utf-8", "not-yaml", "too-large"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A page's two examples."""

    wrong: Fence
    right: Fence


def example(code: str) -> Example:
    wrong, right = fences_in(code, codes.read_page(code).text)
    return Example(wrong=wrong, right=right)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session's folder, with a file of blocks and a recording in it."""
    (tmp_path / "warm-up.yaml").write_text("- settle: 1m\n", encoding="utf-8")
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "hello.wav").write_bytes(b"RIFF")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(text: str) -> tuple[Problem, ...]:
    Path("run.yaml").write_text(text, encoding="utf-8")
    return check_session(Path("run.yaml"))


def test_each_code_that_is_raised_has_a_page_and_each_page_is_of_a_code_that_is_raised() -> None:
    assert {found.code for found in RAISED} == set(CODES)


def test_a_page_says_how_severe_its_problem_is() -> None:
    severities: dict[str, set[str]] = defaultdict(set)
    for found in RAISED:
        severities[found.code].add(found.severity)
    severities["more"] = {"error"}  # as severe as the worst of those that it counts
    assert {code: {codes.read_page(code).severity} for code in CODES} == severities


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_form(code: str) -> None:
    page = codes.read_page(code)
    headings = [line for line in page.text.splitlines() if line.startswith("#") and line[1] in "# "]
    assert page.text.startswith(f"# {code}\n*{page.severity}*\n\n{page.summary}\n\n")
    assert page.summary.endswith(".")
    assert "\n" not in page.summary
    assert [line for line in headings if line in ("## Wrong", "## Right")] == ["## Wrong", "## Right"]
    assert [fence.language for fence in fences_in(code, page.text)] == ["yaml", "yaml"]
    assert page.text.endswith("```\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", [code for code in CODES if code not in IN_PART])
def test_what_a_page_calls_wrong_has_that_problem(code: str) -> None:
    wrong = example(code).wrong
    assert not wrong.note
    assert code in {problem.code for problem in problems(wrong.text)}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", CODES)
def test_what_a_page_calls_right_has_no_problem_at_all(code: str) -> None:
    right = example(code).right
    assert not right.note
    assert problems(right.text) == ()


def test_only_what_no_session_can_show_is_shown_in_part() -> None:
    assert {code for code in CODES if example(code).wrong.note == "fragment"} == IN_PART


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        codes.read_page("unknwon-kind")
    assert str(refused.value) == "no problem is called 'unknwon-kind': did you mean 'unknown-kind'?"


@pytest.mark.parametrize("name", ["../errors", "/etc/passwd", "", "unknown-kind.md", "a\0b"])
def test_a_name_that_is_no_code_opens_no_file(name: str) -> None:
    with pytest.raises(UsageError):
        codes.read_page(name)


def test_what_raises_a_code_is_known_by_its_place() -> None:
    assert Raised(code="unknown-key", severity="error", place="coach/session/base_model.py") in {
        Raised(code=found.code, severity=found.severity, place=found.place.partition(":")[0]) for found in RAISED
    }
