"""Diagnostics in an editor: those of `coach check`, on the same lines, and nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pytest
from lsp import Document, Server

from coach.blocks.registry import KINDS
from coach.commands.schema import FILE
from coach.diagnostics.problem import Problem
from coach.services.session_check import check_session
from coach.session import json_schema
from coach.session.inline_markup import ALL_MARKS

Open = Callable[[str], Document]
MODELINE = f"# yaml-language-server: $schema={FILE.as_uri()}\n"
LARGE = 20_000

# What a schema cannot see: see test_agreement.py.
UNSEEN = {
    *(
        "backwards-span",
        "too-many-blocks",
        "unknown-value",
        "not-repeated",
        "not-timed",
        "uneven-lists",
        "breath-in-seconds",
        "which-language",
        "no-common-language",
        "length-out-of-reach",
    ),
    *("no-such-file", "not-a-file", "outside-folder", "endless-use", "tag", "merge-key", "control-character", "more"),
    *("directive", "several-documents", "empty-file", "cut-by-comment"),
}
# Faults of YAML itself, which every reader notices at a place of its own.
YAML_ITSELF = {
    *(
        "open-quote",
        "open-bracket",
        "open-list",
        "open-mapping",
        "indentation",
        "stray-colon",
        "stray-dash",
        "no-colon",
    ),
    *("bad-escape", "tab", "unquoted", "unknown-alias", "endless-alias", "too-many-values", "not-a-key", "not-yaml"),
}
# Where the editor has its own idea of the place, or of the fault.
ITS_OWN_WAY = {
    "a-pdf-file": "is named by check for what was written or pasted, on its own line",
    "bullets-of-chats": "is named by check for what was written or pasted, on its own line",
    "chat-stamps": "is named by check for what was written or pasted, on its own line",
    "chat-stamps-of-android": "is named by check for what was written or pasted, on its own line",
    "kind-as-value": "is named by check for what was written or pasted, on its own line",
    "say-in-cue": "is named by check for what was written or pasted, on its own line",
    "code-fence": "is named by check for the sign that was pasted, on its own line",
    "comma-beside-a-list": "is named by check for the sign that was pasted, on its own line",
    "curly-quotes": "is named by check for the sign that was pasted, on its own line",
    "front-matter": "is named by check for the sign that was pasted, on its own line",
    "html-entities": "is named by check for the sign that was pasted, on its own line",
    "signs-in-marks": "is named by check for the sign that was pasted, on its own line",
    "language-without-a-space": "is named by check on each line that needs a space",
    "settings-beside-a-length": "is named by check for the length beside which settings stand",
    "value-alone": "a key without a value is passed over",
    "words-in-braces": "a key without a value is passed over",
    "cadence-in-octal": "a number in octal is a number",
    "relative-cadence-too-high": "so is +70",
    "old-line-ends": "a lone carriage return ends no line",
    "longer-than-12-hours": "a sum of blocks",
    "directive": "what follows a directive is another document",
    "fifty-more": "it shows more than fifty",
}


def stretches_told(document: Document) -> list[range]:
    """The stretches of lines that the editor underlines, from 1 and without the one that names the schema."""
    places = (problem["range"] for problem in document.problems())
    return [range(place["start"]["line"], place["end"]["line"] + 1) for place in places]


def opened(server: Server, folder: Path, paths: list[Path]) -> Iterator[tuple[Path, Document]]:
    """Each of these sessions, open in the editor."""
    documents = []
    for path in paths:
        text = path.read_bytes().decode("utf-8-sig")
        documents.append((path, Document.opened(server, folder / path.name, MODELINE + text)))
    yield from documents


@pytest.fixture(scope="module")
def broken() -> list[Path]:
    """The broken sessions that an editor would open at all."""
    return [
        path
        for path in corpus.BROKEN
        if path.stat().st_size < LARGE and b"\0" not in path.read_bytes() and is_utf_8(path)
    ]


def is_utf_8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def errors(path: Path) -> list[Problem]:
    return [
        problem for problem in check_session(path) if problem.severity == "error" and problem.location.file == str(path)
    ]


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def agree(found: list[Problem], underlined: list[range]) -> bool:
    """Whether the problems found are underlined, but for what a schema cannot see, and nothing without one."""
    if codes(found) & YAML_ITSELF:
        return bool(underlined)
    seen = {problem.location.line for problem in found if problem.code not in UNSEEN}
    lines = {problem.location.line for problem in found}
    return seen <= {line for each in underlined for line in each} and all(
        lines.intersection(each) for each in underlined
    )


def test_in_the_sessions_that_ship_and_in_new_ones_nothing_is_underlined(server: Server, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    paths = [*corpus.SHIPPED, *corpus.OTHERS, *corpus.new(tmp_path / "new")]
    underlined = {path.name: document.problems() for path, document in opened(server, tmp_path, paths)}
    assert underlined == {path.name: [] for path in paths}


def test_the_schema_beside_the_library_is_found_from_where_it_lies(server: Server) -> None:
    for path in corpus.SHIPPED:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=../coach/session.schema.json\n")
    item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text + "bosloop: 3m\n"}
    server.tell("textDocument/didOpen", {"textDocument": item})
    assert [problem["message"] for problem in server.problems(path.as_uri())] == ["Property bosloop is not allowed."]


def test_problems_are_underlined_on_the_line_that_check_names(
    server: Server, broken: list[Path], tmp_path: Path
) -> None:
    assert set(ITS_OWN_WAY) <= {path.stem for path in broken}
    documents = [each for each in opened(server, tmp_path, broken) if each[0].stem not in ITS_OWN_WAY]
    verdicts = {path.name: (errors(path), stretches_told(document)) for path, document in documents}
    assert {name: found for name, found in verdicts.items() if not agree(*found)} == {}
    assert sum(not codes(found) & YAML_ITSELF for found, _told in verdicts.values()) >= len(broken) / 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("length: 24", "expected a time: write a time like 90s, 3m, 1m30s or 3:30"),
        (
            "cadence: 150 -> 160",
            "the session's cadence is one plain number: write it like 158, and the change in a block",
        ),
        ("breath: 3-3", "expected a breath: write 3 in / 3 out, 4 in / 2 hold / 4 out, 4s in / 6s out, or none"),
        ("form: rest", "expected a form: write reset, long, intervals, mindful, trail or other"),
        ("sounds: none", "sounds are a mapping: write {tick: wood, bell: bowl}, or leave it out"),
        (
            "sounds: {bed: trees}",
            "expected a sound: write wind, rain, forest, sea or none, or name a file beside the session",
        ),
        ("values: {2x: a}", "this cannot be the name of a value: use letters, digits and _, with a letter first"),
        ("about: ''", "this text is empty: write what is to be said, or leave it out"),
        ("lenght: 24m", "Property lenght is not allowed."),
    ],
)
def test_at_the_top_the_editor_says_it_as_we_would(editor: Open, text: str, message: str) -> None:
    problems = editor(f"coach: 1\ntitle: Run\n{text}\nblocks: [easy: 3m]\n").problems()
    assert [(problem["range"]["start"]["line"], problem["message"]) for problem in problems] == [(3, message)]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("easy: 180", "a kind takes a time like 3m, a span like 3m..8m, or its settings, each on a line under it"),
        ("easy: 3-5m", "expected a length: write a time like 3m, or a span like 3m..8m"),
        ("easy: {ticks: yes}", "expected on, off or a time: write on, off, or how long, like 90s"),
        ("easy: {say: {at: 30s, every: 1m, text: Yes.}}", "a cue has one place: keep `at` or `every`"),
        ("stretch: {parts: tail}", "expected a part: write hips, back or chest"),
        (
            "easy: {say: 'Adem [je] rustig?'}",
            rf"a bracket or brace in this text is not a mark: {ALL_MARKS}; write \[ or \{{ for one that belongs to it",
        ),
        (
            "bosloop: 3m",
            json_schema.A_BLOCK,
        ),
        ("use: /etc/passwd", "expected a file: write the name of a file beside the session"),
    ],
)
def test_in_a_block_the_editor_says_it_as_we_would(editor: Open, block: str, message: str) -> None:
    problems = editor(f"coach: 1\ntitle: Run\nblocks:\n  - silence: 3m\n  - {block}\n").problems()
    assert [(problem["range"]["start"]["line"], problem["message"]) for problem in problems] == [(5, message)]


@pytest.mark.parametrize("kind", [*KINDS])
def test_a_kind_in_few_words_is_good(editor: Open, kind: str) -> None:
    written = "Yes." if kind == "say" else "3m"
    assert editor(f"coach: 1\ntitle: Run\nlanguage: en\nblocks:\n  - {kind}: {written}\n").problems() == []
