"""Check of any file: its problems are printed in each format, lie inside the file, and are all explained."""

import json
from pathlib import Path

import pytest
import sarif
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.cli import main
from coach.diagnostics import codes
from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render.full import render_concise, render_full
from coach.diagnostics.render.github import render_github
from coach.diagnostics.render.json import render_json
from coach.diagnostics.render.sarif import render_sarif
from coach.diagnostics.source_file import read_lines_leniently
from coach.services.session_check import check_session
from coach.session import library

SHIPPED = [library.find(name).read_text(encoding="utf-8") for name in library.list_names()]
WORDS = [
    *("3m", "0s", "8m..3m", "400", "-20s", "158", "150 -> 160", "3 in / 9 out", "none", "on", "[in]", "[9m]", "{name}"),
    *("lasts", "say", "text", "at", "every", "clip", "use", "repeat", "times", "blocks", "silence", "body-scan", "nl"),
    *(
        "🏃‍♀️",
        "深呼吸",
        "e\u0301",
        "\t",
        "\ufeff",
        "\u2028",
        "\x1b[2J",
        "%",
        "::",
        "](",
        "{0}",
        "'",
        '"',
        "|",
        "&a",
        "*a",
    ),
]
PIECES = st.one_of(st.sampled_from(WORDS), st.text(max_size=6))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@st.composite
def altered(draw: st.DrawFn) -> str:
    """A shipped session with up to four of its lines taken out, doubled, moved, indented, or written over in part."""
    lines = draw(st.sampled_from(SHIPPED)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "move", "indent", "key", "value", "insert"])):
            case "delete":
                del lines[number : number + draw(st.integers(1, 8))]
                lines = lines or [""]
            case "double":
                lines.insert(number, lines[number])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(number))
            case "indent":
                lines[number] = " " * draw(st.integers(0, 6)) + lines[number].lstrip()
            case "key":
                lines[number] = draw(PIECES) + lines[number][lines[number].find(":") :]
            case "value":
                lines[number] = f"{lines[number].partition(':')[0]}: {draw(PIECES)}"
            case _:
                column = draw(st.integers(0, len(lines[number])))
                lines[number] = lines[number][:column] + draw(PIECES) + lines[number][column:]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def holds(folder: Path, data: bytes) -> None:
    path = folder / "run.yaml"
    path.write_bytes(data)
    problems = check_session(path)
    for problem in problems:
        explained = codes.look_up(problem.code)
        assert problem.severity == explained.severity or problem.code == "more"
        inside(problem.location)
    in_every_form(problems)


def inside(location: Location) -> None:
    """A place begins in its line, or just after it, and is not empty."""
    lines = read_lines_leniently(Path(location.file))
    assert 1 <= location.line <= len(lines)
    assert 1 <= location.column <= len(lines[location.line - 1]) + 1
    assert location.column < location.end_column <= len(lines[location.line - 1]) + 2


def in_every_form(problems: tuple[Problem, ...]) -> None:
    said = render_full(problems)
    assert said.count("[") >= len(problems)
    assert not set(said) & {"\x1b", "\r", "\t", "\u2028"}
    assert len(render_concise(problems).splitlines()) == len(problems)
    commands = render_github(problems).splitlines()
    assert len(commands) == len(problems)
    assert all(command.startswith(("::error file=", "::notice file=")) for command in commands)
    objects = json.loads(render_json(problems))
    assert [each["code"] for each in objects] == [problem.code for problem in problems]
    found = sarif.results(json.loads(render_sarif(problems)))
    assert [each["ruleId"] for each in found] == [problem.code for problem in problems]
    for problem, each, result in zip(problems, objects, found, strict=True):
        place = result["locations"][0]["physicalLocation"]["region"]
        assert [each["line"], each["column"]] == [place["startLine"], place["startColumn"]]
        assert place["endColumn"] <= len(read_lines_leniently(Path(problem.location.file))[place["endLine"] - 1]) + 1


@settings(deadline=None, max_examples=120)
@given(text=altered())
def test_a_shipped_session_with_lines_altered(folder: Path, text: str) -> None:
    holds(folder, text.encode("utf-8", "replace"))


@settings(deadline=None, max_examples=100)
@given(
    data=st.one_of(
        st.binary(max_size=120),
        st.lists(PIECES, max_size=20).map(lambda each: "".join(each).encode("utf-8", "replace")),
    )
)
def test_arbitrary_contents(folder: Path, data: bytes) -> None:
    holds(folder, data)


@settings(deadline=None, max_examples=60)
@given(
    cue=st.tuples(
        st.sampled_from(["at: 0s", "at: -1s", "at: 100%", "after: 9m", "every: 10s", "at: 5m"]),
        st.lists(
            st.sampled_from(["Soft feet.", "[in]", "[step] één", "[2s]", "[3m]", "{name}", "\\["]),
            min_size=1,
            max_size=6,
        ),
    ),
    lasts=st.sampled_from(["1s", "20s", "2m", "1s..3m", "3m..12h"]),
    length=st.sampled_from(["", "length: 1s\n", "length: 5m\n", "length: 12h\n"]),
    kind=st.sampled_from(["free", "silence", "breathing", "body-scan", "check-in", "walk-out", "brisk", "settle"]),
)
def test_words_in_any_place_of_any_block(
    folder: Path, cue: tuple[str, list[str]], lasts: str, length: str, kind: str
) -> None:
    text = "".join(cue[1])
    holds(
        folder,
        f"coach: 1\nlanguage: nl\ntitle: Proef\nvalues: {{name: ''}}\n{length}blocks:\n"
        f"  - {kind}: {{lasts: {lasts}, say-also: {{{cue[0]}, text: '{text}'}}}}\n".encode(),
    )


@settings(deadline=None, max_examples=100)
@given(code=st.one_of(st.text(max_size=20), st.sampled_from(WORDS)))
def test_any_word_can_be_asked_to_be_explained(code: str) -> None:
    assert main(["explain", "--", code]) in (0, 2)
    assert main(["check", "--select", code, "walk-out"]) in (0, 2)
