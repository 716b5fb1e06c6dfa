"""The registry of problem codes: each code is its page, and each page's examples are what it says they are."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml
from markdown_examples import Fence, fences_in

from coach.diagnostics import codes
from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import SourceFile
from coach.errors import UsageError
from coach.services.session_check import check_session
from coach.yaml.syntax_errors import explain_syntax_error

CODES = codes.list_codes()
HEAD = b"coach: 1\nlanguage: en\ntitle: Evening run\nblocks:\n"
# What no page can show whole: a text or a file that is too large, and a file that is not text. And `not-yaml` is for
# what the parser may say one day that we have no words for.
IN_PART = {
    "long-text": HEAD + b"  - say: " + b"a" * 10_001,
    "not-utf-8": HEAD + b"  - say: \xff",
    "too-large": HEAD + b"#" * (1 << 20),
}
UNKNOWN = "not-yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A page's two examples."""

    wrong: Fence
    right: Fence


def example(code: str) -> Example:
    wrong, right = fences_in(code, codes.look_up(code).page)
    return Example(wrong=wrong, right=right)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session's folder, with a file of blocks and a recording in it."""
    (tmp_path / "warm-up.yaml").write_text("- settle: 1m\n", encoding="utf-8")
    (tmp_path / "recordings").mkdir()
    soundfile.write(tmp_path / "recordings" / "hello.wav", np.sin(np.arange(8_000) / 8.0) / 2.0, 8_000)
    (tmp_path / "recordings" / "notes.wav").write_text("Say hello to everyone.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(text: str) -> tuple[Problem, ...]:
    Path("run.yaml").write_text(text, encoding="utf-8")
    return check_session(Path("run.yaml"))


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_form(code: str) -> None:
    found = codes.look_up(code)
    headings = [line for line in found.page.splitlines() if line.startswith("#") and line[1] in "# "]
    assert found.page.startswith(f"# {code}\n*{found.severity}*\n\n{found.summary}\n\n")
    assert found.summary.endswith(".")
    assert "\n" not in found.summary
    assert [line for line in headings if line in ("## Wrong", "## Right")] == ["## Wrong", "## Right"]
    assert [fence.language for fence in fences_in(code, found.page)] == ["yaml", "yaml"]
    assert found.page.endswith("```\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", [code for code in CODES if code not in {*IN_PART, UNKNOWN}])
def test_the_wrong_example_of_a_page_has_its_problem(code: str) -> None:
    wrong = example(code).wrong
    assert not wrong.note
    assert code in {problem.code for problem in problems(wrong.text)}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", CODES)
def test_the_right_example_of_a_page_has_no_problem(code: str) -> None:
    right = example(code).right
    assert not right.note
    assert problems(right.text) == ()


def test_only_what_no_session_can_show_is_shown_in_part() -> None:
    assert {code for code in CODES if example(code).wrong.note == "fragment"} == {*IN_PART, UNKNOWN}


@pytest.mark.parametrize("code", IN_PART)
def test_a_partial_example_of_a_page_has_its_problem_as_a_whole(code: str, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_bytes(IN_PART[code])
    assert [problem.code for problem in check_session(tmp_path / "run.yaml")] == [code]


def test_an_unknown_message_of_the_parser_has_a_code_too() -> None:
    source = SourceFile(file="run.yaml", text="coach: 1", lines=("coach: 1",))
    assert explain_syntax_error(yaml.YAMLError(), source).code == UNKNOWN


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        codes.find_code("unknwon-kind")
    assert str(refused.value) == "no problem is called 'unknwon-kind': did you mean 'unknown-kind'?"


@pytest.mark.parametrize("name", ["../errors", "/etc/passwd", "", "unknown-kind.md", "a\0b"])
def test_a_name_that_is_no_code_opens_no_file(name: str) -> None:
    with pytest.raises(UsageError):
        codes.find_code(name)
