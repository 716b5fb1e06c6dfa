"""Behind the first syntax error of a file all others are found, each where it is, and nothing that is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import SourceFile, decode
from coach.yaml import nodes
from coach.yaml.syntax_recovery import find_further

HEAD = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"

# Blocks that YAML can read, and some that it cannot, each with the line of its fault.
GOOD = (
    "  - easy: 5m\n",
    "  - say:\n      - Hoi\n      - {at: 30s, text: Daag}\n",
    '  - say: "Hoi,\n      en: door"\n',
    "  - say: |\n      - dit: is: tekst\n      {en dit\n",
    "  - repeat:\n      times: 2\n      blocks:\n        - brisk: 1m\n        - easy: 1m\n",
    "  # zacht: maar: door\n  - silence: 3m\n",
)
BAD = (
    ("  - say: Let op: brug\n", 0),
    ('  - say: "Hoi\n', 0),
    ("  - easy: {lasts: 5m\n", 0),
    ("  - easy:\n      lasts: 5m\n      say: @thuis\n", 2),
    ("  - easy:\n      parts: [kaak\n      say: Hoi\n", 1),
    ("  - repeat:\n      times: 2\n      blocks:\n        - say: *nog een\n        - easy: 1m\n", 3),
    ('  - say: "Adem \\z"\n', 0),
)


def find_faults(text: str) -> list[tuple[int, str]]:
    """The line and the code of each problem."""
    source = decode(text.encode(), "run.yaml")
    _, problems = nodes.parse(source)
    return [(problem.location.line, problem.code) for problem in find_further(source, problems)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(GOOD).map(lambda block: (block, None)), st.sampled_from(BAD)), max_size=12))
def test_each_fault_is_found_in_its_line_and_nothing_else(blocks: list[tuple[str, int | None]]) -> None:
    text, faults = HEAD, []
    for block, fault in blocks:
        faults += [] if fault is None else [text.count("\n") + 1 + fault]
        text += block
    assert sorted({line for line, _ in find_faults(text)}) == faults


@pytest.mark.parametrize(
    ("blocks", "faults"),
    [
        ('  - say: "Hoi\n  - say: Let op: zo\n  - say: "Daag"\n', [(5, "open-quote"), (6, "stray-colon")]),
        (
            '  - easy:\n      say: "Hoi\n      title: Let op: brug\n      bell: [start\n      ticks: on\n',
            [(6, "open-quote"), (7, "stray-colon"), (8, "open-list")],
        ),
        ('  - say: a: b\n  - say: "een\n      - twee: drie: vier"\n  - easy: 5m\n', [(5, "stray-colon")]),
        (
            "  - say: a: b\n  - say: &dit Hoi\n  - say: *dit\n  - say: *dat\n",
            [(5, "stray-colon"), (8, "unknown-alias")],
        ),
        ("  - say: a: b\n zomaar tekst\n nog een regel\n en nog een\n", [(5, "stray-colon")]),
        (" - easy: {lasts: 3m\n  - say: x\n", [(5, "open-mapping")]),
        ("  - say: a: b\n  - say: “Let op: brug”\n", [(5, "stray-colon")]),
    ],
)
def test_what_follows_from_an_error_is_no_other_error(blocks: str, faults: list[tuple[int, str]]) -> None:
    assert find_faults(HEAD + blocks) == faults


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters were read each time."""
    lengths: list[int] = []
    parse = nodes.parse

    def count(source: SourceFile) -> tuple[nodes.Node | None, tuple[Problem, ...]]:
        lengths.append(len(source.text))
        return parse(source)

    monkeypatch.setattr(nodes, "parse", count)
    return lengths


def test_a_text_that_yaml_reads_is_read_once(read: list[int]) -> None:
    text = HEAD + "".join(GOOD)
    assert find_faults(text) == []
    assert read == [len(text)]


@pytest.mark.parametrize("line", ["\"'\n", "- a: b: c\n", "  - say: [\n", "a: x: y\n", " {\n", '- - - - "\n'])
def test_of_a_large_file_of_marks_only_a_part_is_read_again(line: str, read: list[int]) -> None:
    text = line * (500_000 // len(line))
    assert find_faults(text)
    assert sum(read) <= len(text) + 100_000
    assert len(read) < 4_000
