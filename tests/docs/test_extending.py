"""Every extension on the page works: made in a copy of the project, it passes the tests of the built-in ones."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_examples import DOCS, Fence, fences

PAGE = "extending.md"
ROOT = DOCS.parent
_FILE = re.compile(r"\*\*(New|Changed): `([^`]+)`\*\*(?: \(the rest as in `([^`]+)`\))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """All examples under one heading."""

    heading: str
    fences: tuple[Fence, ...]

    def __str__(self) -> str:
        return self.heading.lower().replace(" ", "-")


def sections() -> Iterator[Section]:
    lines = (DOCS / PAGE).read_text(encoding="utf-8").split("\n")
    examples = fences(PAGE)
    shown = {fence.line + index for fence in examples for index in range(fence.text.count("\n"))}
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("## ") and number not in shown]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        inside = tuple(fence for fence in examples if start < fence.line < end)
        yield Section(heading=lines[start - 1].removeprefix("## "), fences=inside)


SECTIONS = tuple(sections())
OFTEN_CHANGED = ("a voice", "a kind of block", "a kind of value", "a language")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, without its history and its environment."""
    for name in ("coach", "tests", "sessions"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def make(project: Path, fence: Fence) -> None:
    """Make the change that an example shows."""
    found = _FILE.fullmatch(fence.before)
    assert found, f"{fence}: nothing says which file this is"
    path = project / found[2]
    if found[1] == "Changed":
        change(path, fence)
        return
    assert not path.exists(), f"{path} is there already"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fence.text if found[3] is None else merged(project / found[3], fence.text), encoding="utf-8")


def change(path: Path, fence: Fence) -> None:
    """Apply a diff, whose lines begin with a space, - or +; an empty line is one that stays."""
    lines = [line or " " for line in fence.text.removesuffix("\n").split("\n")]
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{fence}: {path.name} has these lines {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def merged(original: Path, beginning: str) -> str:
    """A page of wording that begins as shown and takes all that is not shown from another."""
    page: dict[str, Any] = yaml.safe_load(original.read_text(encoding="utf-8"))
    shown: dict[str, Any] = yaml.safe_load(beginning)
    shown["kinds"] = page["kinds"] | shown["kinds"]
    return yaml.safe_dump(page | shown, allow_unicode=True, sort_keys=False)


def commands(section: Section) -> list[list[str]]:
    return [shlex.split(line) for fence in section.fences if fence.language == "sh" for line in fence.text.splitlines()]


def run(project: Path, command: list[str]) -> str:
    """Run a command of the page in the copy; `scripts/` would make an environment for it, and there is one."""
    programs = {"scripts/test": ["pytest", "-q", "-p", "no:cacheprovider"], "scripts/coach": ["coach"]}
    environment = os.environ | {
        "PYTHONPATH": str(project),
        "COACH_CACHE_DIR": str(project / "cache"),
        "COACH_DATA_DIR": str(project / "data"),
        "COLUMNS": "200",
    }
    done = subprocess.run(
        [sys.executable, "-m", *programs[command[0]], *command[1:]],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.parametrize(
    "section",
    [
        pytest.param(each, marks=[pytest.mark.thorough] * (each.heading.lower() not in OFTEN_CHANGED), id=str(each))
        for each in SECTIONS
    ],
)
def test_an_extension_lives_the_life_of_the_built_in_ones(project: Path, section: Section) -> None:
    for fence in section.fences:
        if fence.language != "sh":
            make(project, fence)
    said = [run(project, command) for command in commands(section)]
    assert len(said) == len(commands(section)) > 0
    for command, output in zip(commands(section), said, strict=True):
        if command[0] == "scripts/test":
            assert re.search(r"^\d+ passed", output, re.MULTILINE), output
        if command[:2] == ["scripts/coach", "check"]:
            assert re.fullmatch(r"\d sessions? checked: no problems\n", output), output
        if command[:2] == ["scripts/coach", "week"]:
            assert output.startswith("Woche ")


def test_every_extension_of_the_page_is_in_its_table() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    linked = re.findall(r"^\| \[([^\]]+)\]", page, re.MULTILINE)
    assert [name.lower() for name in linked] == [section.heading.lower() for section in SECTIONS]


def test_the_copy_is_what_runs(project: Path) -> None:
    """The examples would prove nothing if the installed coach were imported instead of the copy."""
    where = [sys.executable, "-c", "import coach; print(coach.__file__)"]
    environment = os.environ | {"PYTHONPATH": str(project)}
    said = subprocess.run(where, cwd=project, env=environment, capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(project / "coach" / "__init__.py")
