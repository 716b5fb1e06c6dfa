from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.source_file import SourceError, SourceFile, decode
from coach.yaml.nodes import DEEPEST, FAST_LOADER, MOST_NODES, Mapping, Node, Scalar, Sequence, parse

BROKEN = Path(__file__).parent.parent / "broken"
# The pure parser ends the document at such a line, and places the fault past it.
AGREED = sorted(path for path in BROKEN.glob("*.yaml") if path.stem != "percent-line")

WORDS = st.text(alphabet="ab é:-#'\"[]{},&*!|>%@?\\\n", max_size=12)
TREES = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


def source(text: str) -> SourceFile:
    return decode(text.encode(), "run.yaml")


def plain(node: Node | None) -> Any:
    """A tree without its places; nothing at all as None."""
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None or node.is_null else node.text


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse(source(text))[1]]


@pytest.mark.parametrize(
    "text", ["no", "on", "yes", "012", "0o14", "1:30", "1_000", "2026-01-01", "1e3", "+6", "=", "0x1F"]
)
def test_a_scalar_stays_the_text_its_author_wrote(text: str) -> None:
    assert plain(parse(source(f"a: {text}"))[0]) == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_only_yaml_1_2s_nothings_are_nothing(text: str) -> None:
    assert plain(parse(source(f"a: {text}\nb: '{text}'"))[0]) == {"a": None, "b": text}


def test_every_node_knows_its_place() -> None:
    root, _ = parse(source("a: [één, 'tw''ee', \"drie\"]\nb:\n  - c: |\n      vier\n"))
    assert isinstance(root, Mapping)
    first, second = (entry.value for entry in root.entries)
    assert isinstance(first, Sequence)
    assert isinstance(second, Sequence)
    places = [
        (item.location.column, item.location.end_column, item.text_column)
        for item in first.items
        if isinstance(item, Scalar)
    ]
    assert places == [(5, 8, 5), (10, 18, None), (20, 26, 21)]
    assert (first.location.column, first.location.end_column) == (4, 27)
    assert (second.location.line, second.location.column) == (3, 3)
    assert (second.items[0].location.line, second.items[0].location.column, second.items[0].location.end_column) == (
        3,
        5,
        6,
    )


def test_an_ordinary_alias_is_what_it_repeats() -> None:
    assert plain(parse(source("a: &x {b: c}\nd: [*x, *x]"))[0]) == {"a": {"b": "c"}, "d": [{"b": "c"}, {"b": "c"}]}


def test_forty_levels_are_allowed_and_one_more_is_not() -> None:
    assert codes("[" * DEEPEST + "a" + "]" * DEEPEST) == []
    assert codes("[" * (DEEPEST + 1) + "a" + "]" * (DEEPEST + 1)) == ["too-deep"]


DEEP = {
    "lists, never closed": "[" * 60,
    "mappings, never closed": "{" * 60,
    "lists in mappings, never closed": "[{" * 30,
    "lists that are closed once too often": "[" * 60 + "]" * 61,
    "lists that are closed by braces": "[" * 60 + "}" * 60,
    "lists with an open quote inside": "[" * 60 + "'a",
    "mappings with an open quote inside": "{" * 60 + '"a',
    "lists with a sign that begins nothing": "[" * 60 + "@a",
    "lists where a key should begin": "a:\n" + "[" * 60,
    "a list a line where a key should begin": "a:\n" + "[\n" * 60,
    "mappings where a key should begin, after Windows' line ends": "a:\r\n" + "{\r\n" * 60,
    "lists below blocks, with an open quote inside": "a:\n  - b: " + "[" * 60 + "'a",
    "block lists": "- " * 60,
    "block lists with an open quote inside": "- " * 60 + "'a",
    "block mappings, then a stray colon": "".join(" " * level + "a:\n" for level in range(60)) + "a: b: c",
    "block lists, then lists": "- " * 30 + "[" * 30,
}


@pytest.mark.parametrize("loader", [FAST_LOADER, yaml.SafeLoader])
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_too_deep_nesting_is_reported_whatever_else_is_wrong(text: str, loader: type[Any]) -> None:
    _, problems = parse(source(text), loader)
    assert [problem.message for problem in problems] == [f"this is nested more than {DEEPEST} levels deep"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * DEEPEST + "'a", "open-quote"),
        ("['" + "[" * 60 + "', @a]", "unquoted"),
        ("[ # " + "[" * 60 + "\n @a]", "unquoted"),
        ("a: @b\nc: " + "[" * 60, "unquoted"),
        ('a: "' + "[" * 60, "open-quote"),
    ],
)
def test_brackets_in_quotes_and_comments_or_after_an_error_are_no_nesting(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_the_bracket_that_is_one_too_many_is_marked() -> None:
    _, (problem,) = parse(source("a:\r\n" + "[\r\n" * 60 + "'a"))
    assert (problem.location.line, problem.location.column, problem.location.end_column) == (42, 1, 2)


def test_depth_counts_through_aliases() -> None:
    half = DEEPEST // 2
    inner = "[" * (half + 1) + "]" * (half + 1)
    assert codes(f"a: &a {inner}\nb: {'[' * half}*a{']' * half}") == ["too-deep"]


def test_size_counts_through_aliases() -> None:
    assert codes("a: &a [" + "x," * 1000 + "]\nb: [" + "*a," * (MOST_NODES // 1000) + "]") == ["too-many-values"]


def test_a_repeated_key_is_reported_and_the_first_one_kept() -> None:
    root, problems = parse(source("a: 1\nb: 2\na: 3"))
    assert plain(root) == {"a": "1", "b": "2"}
    assert [(problem.location.line, problem.message) for problem in problems] == [(3, "'a' is given twice here")]


HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "an alias in itself": "&a [*a]",
    "anchors": "&a " * 300_000,
    "one text": "a" * 1_000_000,
    "tag directives": "%TAG !a! b\n" * 50_000,
    "documents": "---\n" * 250_000,
    "tags": "- !!x a\n" * 100_000,
    "one key again and again": "a: b\n" * 200_000,
    "an endless quote": '"' + "a\n" * 500_000,
    "tabs": "\t" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_problems_or_nodes(name: str) -> None:
    root, problems = parse(source(HOSTILE[name]))
    assert problems or isinstance(root, Scalar)


@settings(deadline=None, max_examples=200)
@given(TREES, st.sampled_from([True, False, None]), st.sampled_from(["'", '"', "|", None]))
def test_the_fast_and_the_pure_parser_agree(tree: Any, flow: bool | None, style: str | None) -> None:  # noqa: FBT001 - as yaml has it
    text = source(yaml.safe_dump(tree, default_flow_style=flow, default_style=style, allow_unicode=True))
    assert parse(text) == parse(text, yaml.SafeLoader)


@settings(deadline=None, max_examples=200)
@given(TREES.filter(lambda tree: tree not in ("", None)))
def test_written_values_are_read_back(tree: Any) -> None:
    """Every text in quotes, as ``~`` and the like are nothing at all without them."""
    quotes_all = yaml.safe_dump(tree, default_style='"', allow_unicode=True)
    root, problems = parse(source(quotes_all))
    assert [problem.code for problem in problems if problem.code != "not-a-key"] == []
    assert plain(root) == tree


@pytest.mark.parametrize("path", AGREED, ids=lambda path: path.stem)
def test_the_fast_and_the_pure_parser_agree_on_broken_sessions(path: Path) -> None:
    try:
        text = decode(path.read_bytes(), path.name)
    except SourceError:
        return
    assert parse(text) == parse(text, yaml.SafeLoader)


def test_words_of_a_text_over_several_lines_have_their_own_place() -> None:
    root, _ = parse(decode(b"say: >\n  Soft [in]\n  feet [in],\n  and [out].\n", "run.yaml"))
    assert isinstance(root, Mapping)
    text = root.entries[0].value
    assert isinstance(text, Scalar)
    places = [text.locate(text.text.index(word), len(word)) for word in ("Soft", "feet", "[out]")]
    assert [(place.line, place.column, place.end_column) for place in places] == [(2, 3, 7), (3, 3, 7), (4, 7, 12)]
    second = text.locate(text.text.rindex("[in]"), 4)
    assert (second.line, second.column) == (3, 8)


def test_words_that_are_written_otherwise_than_they_read_have_the_place_of_the_whole_text() -> None:
    root, _ = parse(decode(b'say: "Soft \\u0066eet"\n', "run.yaml"))
    assert isinstance(root, Mapping)
    text = root.entries[0].value
    assert isinstance(text, Scalar)
    assert text.locate(5, 4) == text.location
    assert text.locate(0, 4).column == 7
