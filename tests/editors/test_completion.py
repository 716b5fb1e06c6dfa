"""Completions in an editor: every snippet makes a session that passes the check."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsp import Document, Message, Place

from coach.blocks.registry import KINDS, SYNTAX
from coach.commands.schema import build_full_schema
from coach.services.session_reading import read_session
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.values import word_choice
from coach.sounds.registry import ABOUT, TICKS

Open = Callable[[str], Document]

CURSOR = "│"
HEAD = "coach: 1\ntitle: Run\nlanguage: en\n"
BLOCK = build_full_schema()["definitions"]["Block"]
SNIPPETS = [snippet["label"] for snippet in BLOCK["defaultSnippets"]]
# Where a block may begin: in a list of one, after another block, before one, where no space follows the dash, deeper.
PLACES = {
    "alone": "blocks:\n  - │\n",
    "last": "blocks:\n  - easy: 3m\n  - │\n",
    "begun": "blocks:\n  - easy: 3m\n  - b│\n",
    "no space": "blocks:\n  - easy: 3m\n  -│\n",
    "repeated": "blocks:\n  - repeat:\n      times: 2\n      blocks:\n        - │\n",
}


def opened(editor: Open, marked: str) -> tuple[Document, Place]:
    """A document, and where the cursor stands in it."""
    document = editor(marked.replace(CURSOR, ""))
    begin = len(document.text) - len(marked.replace(CURSOR, ""))
    before = document.text[: begin + marked.index(CURSOR)]
    return document, (before.count("\n"), len(before) - before.rfind("\n") - 1)


def offered(editor: Open, marked: str) -> dict[str, Message]:
    """What is offered at the cursor, by its label."""
    document, place = opened(editor, marked)
    return {item["label"]: item for item in document.completions(place)}


def read_documentation(item: Message) -> str:
    """Read what an editor shows beside an item of a completion."""
    documentation: Any = item.get("documentation", "")
    return str(documentation["value"] if isinstance(documentation, dict) else documentation)


def complaints(document: Document) -> Iterator[str]:
    """All that the check and the editor say of a document's text."""
    yield from (problem.message for problem in read_session(document.path).problems)
    yield from (problem["message"] for problem in document.problems())


@pytest.fixture
def written(editor: Open, tmp_path: Path) -> Callable[[str, str], Document]:
    """Chooses what is offered by a label at the cursor, and opens what comes of it."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "warm-up.yaml").write_text("- settle: 3m\n", encoding="utf-8")

    def choose(marked: str, label: str) -> Document:
        document, place = opened(editor, marked)
        item = next(item for item in document.completions(place) if item["label"] == label)
        return Document.opened(document.server, tmp_path / "chosen.yaml", document.with_item(item, place))

    return choose


def test_an_empty_file_becomes_a_session_in_one_choice(written: Callable[[str, str], Document]) -> None:
    document = written("│", "a whole session")
    assert list(complaints(document)) == []
    assert "title: My run\nlanguage: nl\nlength: 24m\nblocks:\n  - check-in: 90s\n" in document.text


def test_a_session_that_was_begun_is_completed_with_what_it_lacks(written: Callable[[str, str], Document]) -> None:
    document = written("coach: 1\ntitle: Avondloop\n│\n", "a whole session")
    assert list(complaints(document)) == []
    assert document.text.count("title:") == document.text.count("coach:") == 1


def test_at_the_top_every_key_is_offered_with_its_meaning(editor: Open) -> None:
    found = offered(editor, "│")
    assert set(SessionFileModel.list_known_keys()) <= set(found)
    for name, field in SessionFileModel.model_fields.items():
        key = field.alias or name
        assert read_documentation(found[key]) == build_full_schema()["properties"][key]["description"]


def test_a_key_that_is_there_is_not_offered_again(editor: Open) -> None:
    assert not {"coach", "title", "language"} & set(offered(editor, f"{HEAD}│\n"))


@pytest.mark.parametrize("place", PLACES)
def test_where_a_block_begins_all_kinds_are_offered_with_their_meaning(editor: Open, place: str) -> None:
    found = offered(editor, HEAD + PLACES[place])
    assert set(found) == {*KINDS, "repeat", "use", *SNIPPETS}
    for name, kind in KINDS.items():
        assert read_documentation(found[name]) == kind.about


def test_every_kind_has_a_snippet() -> None:
    more = ["easy, for any length", "repeat", "repeat, with rounds", "use"]
    assert [label.removesuffix(", with settings") for label in SNIPPETS] == [*KINDS, *more]


@pytest.mark.parametrize("place", ["alone", "no space", "repeated"])
@pytest.mark.parametrize("label", dict.fromkeys((*SNIPPETS, *KINDS)))
def test_the_completions_of_a_block_make_a_valid_session(
    written: Callable[[str, str], Document], label: str, place: str
) -> None:
    document = written(HEAD + PLACES[place], label)
    assert list(complaints(document)) == []
    kind, _, more = label.partition(", ")
    assert f"- {kind}:" in document.text
    if kind in SYNTAX and more == "with settings":
        assert all(f" {key}: {value}\n" in document.text for key, value in SYNTAX[kind].example)


def test_in_a_block_its_settings_are_offered_with_their_meaning(editor: Open) -> None:
    found = offered(editor, f"{HEAD}blocks:\n  - easy:\n      │\n")
    assert set(found) == set(BlockSettings.list_known_keys())
    assert read_documentation(found["bell"]) == BlockSettings.model_fields["bell"].description
    assert "parts" in offered(editor, f"{HEAD}blocks:\n  - stretch:\n      lasts: 2m\n      │\n")


def test_in_a_cue_its_keys_are_offered_and_the_languages(editor: Open) -> None:
    found = offered(editor, f"{HEAD}blocks:\n  - easy:\n      say:\n        - │\n")
    assert set(found) - {"a cue"} == {*CueModel.list_known_keys(), "nl", "en"}
    assert read_documentation(found["at"]) == CueModel.model_fields["at"].description


@pytest.mark.parametrize(
    ("marked", "meanings"),
    [
        ("form: │\n", word_choice.FORMS),
        ("language: │\n", {"nl": "Nederlands", "en": "English"}),
        (
            "sounds:\n  tick: │\n",
            {name: ABOUT[name] for name in TICKS} | {"none": "No such sound.", "one for each phase": ""},
        ),
        ("blocks:\n  - easy:\n      bell: │\n", word_choice.BELLS),
        ("blocks:\n  - easy:\n      say:\n        - text: Yes.\n          level: │\n", word_choice.LEVELS),
    ],
)
def test_words_to_choose_from_are_offered_and_explained(editor: Open, marked: str, meanings: dict[str, str]) -> None:
    found = offered(editor, "coach: 1\ntitle: Run\n" + marked)
    assert {label: read_documentation(item) for label, item in found.items()} == meanings


@pytest.mark.parametrize(
    ("marked", "examples"),
    [
        ("length: │\n", ["24m", "1h5m"]),
        ("breath: │\n", ["3 in / 3 out", "3/2", "4 in / 2 hold / 4 out", "4/4/4/4", "none"]),
        ("blocks:\n  - easy: │\n", ["5m..10m"]),
        ("blocks:\n  - easy:\n      cadence: │\n", ["158", "+6", "112 -> 156"]),
        ("blocks:\n  - stretch:\n      parts: [│]\n", ["hips", "back", "chest"]),
        ("blocks:\n  - stretch:\n      parts:\n        - │\n", ["hips", "back", "chest"]),
    ],
)
def test_values_are_offered_by_example(editor: Open, marked: str, examples: list[str]) -> None:
    assert list(offered(editor, "coach: 1\ntitle: Run\n" + marked)) == examples
