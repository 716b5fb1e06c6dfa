"""Every broken session of the corpus, with all its problems; ``pytest tests/session --accept`` writes them again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.diagnostics.problem import Problem
from coach.diagnostics.render.full import render_full
from coach.diagnostics.source_file import decode_leniently, split_lines
from coach.session.reader import ReadResult
from coach.translation import set_language

BROKEN = Path(__file__).parent.parent / "broken"

# A help that is only the text to write, and does not leave a part of it to the author.
WHOLE = re.compile(
    r"""(?:write (?:a\ unit:\ |a\ span\ as\ )?|did\ you\ mean\ |put\ quotes\ around\ the\ text:\ )
    (?:`(?P<key>[^`…]+)`|'(?P<word>[^'…]+)'\?|(?P<text>["{\[][^…]*["}\]])|-\ (?P<block>[^…]+)|(?P<value>[^\s`'…,]+))""",
    re.VERBOSE,
)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_a_broken_session_is_explained(
    name: str,
    language: str,
    read_file: Callable[..., ReadResult],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(BROKEN)
    set_language(language)
    said = render_full(read_file(Path(f"{name}.yaml")).problems) + "\n"
    expected = BROKEN / ("" if language == "en" else language) / f"{name}.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(list(BROKEN.glob("*.yaml"))) >= 60
    assert {path.stem for path in BROKEN.glob("*.txt")} == {path.stem for path in BROKEN.glob("*.yaml")}


def follow_help(lines: list[str], problem: Problem) -> list[str] | None:
    """Write literally what a message says, in the place that it marks; None if it says that in other words."""
    found = WHOLE.fullmatch(problem.help)
    if found is None:
        return None
    written = str(found[str(found.lastgroup)])
    number, start, end = problem.location.line - 1, problem.location.column - 1, problem.location.end_column - 1
    line = lines[number]
    if line[end : end + 1] == ":" and ":" in written:  # the key is marked, and its value is written, too
        end = len(line.rstrip(" }"))
        start -= line[:start].endswith("{") and not line.lstrip(" -").startswith("{")
        end += line[start : start + 1] == "{"
    return [*lines[:number], line[:start] + written + line[end:], *lines[number + 1 :]]


@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_what_a_message_says_to_write_is_no_error_there(
    name: str, read_file: Callable[..., ReadResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BROKEN)
    path = Path(f"{name}.yaml")
    lines = list(split_lines(decode_leniently(path.read_bytes())))
    for problem in read_file(path).problems:
        better = follow_help(lines, problem) if problem.location.file == str(path) else None
        if better is not None:
            data = "\n".join(better).encode()
            again = read_file(path, unsaved={path.resolve(): data}).problems
            place = (problem.location.line, problem.location.column)
            left = [each for each in again if each.severity == "error"]
            assert place not in {(each.location.line, each.location.column) for each in left}, problem.help
