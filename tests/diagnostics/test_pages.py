"""The registry of problem codes: each code has a page in each language, whose examples are what it says they are."""

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
FOLDERS = {"en": codes.FOLDER, "nl": codes.FOLDER.parent.parent / "languages" / "nl" / "pages"}
# How a page in each language says how severe a code is, and the headings of its examples.
SEVERITIES = {"en": {"error": "error", "advice": "advice"}, "nl": {"error": "fout", "advice": "advies"}}
EXAMPLES = {"en": ["## Wrong", "## Right"], "nl": ["## Zo niet", "## Zo wel"]}
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


in_each_language = pytest.mark.parametrize("language", FOLDERS)


def page(code: str, language: str) -> str:
    return (FOLDERS[language] / f"{code}.md").read_text(encoding="utf-8")


def example(code: str, language: str) -> Example:
    wrong, right = fences_in(code, page(code, language))
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


@in_each_language
def test_every_code_has_a_page_in_each_language_and_every_page_a_code(language: str) -> None:
    assert sorted(path.stem for path in FOLDERS[language].iterdir()) == list(CODES)


@in_each_language
@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_form(code: str, language: str) -> None:
    text = page(code, language)
    name, severity, before, summary, after, *_ = text.split("\n")
    headings = [line for line in text.splitlines() if line.startswith("#") and line[1] in "# "]
    assert (name, before, after) == (f"# {code}", "", "")
    assert severity == f"*{SEVERITIES[language][codes.look_up(code).severity]}*"
    assert summary.endswith(".")
    assert [line for line in headings if line in EXAMPLES[language]] == EXAMPLES[language]
    assert [fence.language for fence in fences_in(code, text)] == ["yaml", "yaml"]
    assert text.endswith("```\n")


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_as_long_in_each_language(code: str) -> None:
    assert len({page(code, language).partition("\n## ")[0].count("\n\n") for language in FOLDERS}) == 1


@in_each_language
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", [code for code in CODES if code not in {*IN_PART, UNKNOWN}])
def test_the_wrong_example_of_a_page_has_its_problem(code: str, language: str) -> None:
    wrong = example(code, language).wrong
    assert not wrong.note
    assert code in {problem.code for problem in problems(wrong.text)}


@in_each_language
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("code", CODES)
def test_the_right_example_of_a_page_has_no_problem(code: str, language: str) -> None:
    right = example(code, language).right
    assert not right.note
    assert problems(right.text) == ()


@in_each_language
def test_only_what_no_session_can_show_is_shown_in_part(language: str) -> None:
    assert {code for code in CODES if example(code, language).wrong.note == "fragment"} == {*IN_PART, UNKNOWN}


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
