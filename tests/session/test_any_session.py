"""Reading of any file: it gives a session or problems, and never another error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.render.full import render_full
from coach.session.reader import ReadResult

ReadFile = Callable[..., ReadResult]
GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "\n",
            "  ",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "\t",
            "|",
            "&a ",
            "*a",
            "!",
            "#",
            "%",
            "\\",
            "[in]",
            "{name}",
        ]
    ),
)
CHANGES = st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), PIECES), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "run.yaml"


def check(read_file: ReadFile, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    reading = read_file(path)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.session is None) == bool(errors)
    assert all(
        problem.message and problem.location.column < problem.location.end_column for problem in reading.problems
    )
    render_full(reading.problems)


@settings(deadline=None, max_examples=200)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_arbitrary_bytes_are_read_or_explained(read_file: ReadFile, path: Path, data: bytes) -> None:
    check(read_file, path, data)


@settings(deadline=None, max_examples=300)
@given(changes=CHANGES)
def test_a_good_session_with_something_changed_is_read_or_explained(
    read_file: ReadFile, path: Path, changes: list[tuple[int, int, str]]
) -> None:
    text = GOOD
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    check(read_file, path, text.encode("utf-8", "replace"))


YAML = st.recursive(
    st.sampled_from(["3m", "nl", "none", "~", "'[in]'", "1", "crown", "40%", "'{name}'", '""', "-20s", "150 -> 160"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(
                ["lasts", "say", "text", "nl", "en", "at", "easy", "say-also", "repeat", "times", "blocks", "parts"]
            ),
            inner,
            max_size=3,
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(
    key=st.sampled_from(["title", "about", "length", "sounds", "values", "say-as", "blocks", "language"]),
    value=YAML,
    block=YAML,
)
def test_any_shape_in_any_place_is_read_or_explained(
    read_file: ReadFile, path: Path, key: str, value: str, block: str
) -> None:
    text = f"coach: 1\n{key}: {value}\n" + (
        f"blocks: [easy: {block}, say: {block}, body-scan: {block}, {block}]\n" if key != "blocks" else ""
    )
    check(read_file, path, text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b"title: " + b"a" * 3_000_000,
        b"coach: 1\nblocks:\n  - say: " + b"a" * 1_000_000,
        b"coach: 1\nblocks:\n  - say: '" + b"[in" * 300_000 + b"'",
        b"coach: 1\nvalues: {a: ''}\nblocks:\n  - say: '" + b"{b}" * 300_000 + b"'",
        b"a: &a [*a]\n",
        b"coach: 1\nblocks:\n" + b"  - easy: 5\n" * 6_000,
        b"coach: 1\nblocks:\n" + b"  - say: [{nl: a}, {en: b}]\n" * 2_000,
        b"coach: 1\nblocks:\n" + b"  - repeat: {times: 99, blocks: [\n" * 30,
        b"coach: 1\n" + b"x" * 100_000 + b": 1\n",
    ],
    ids=lambda data: data[:40].decode(),
)
def test_hostile_files_are_explained(read_file: ReadFile, path: Path, data: bytes) -> None:
    check(read_file, path, data)
