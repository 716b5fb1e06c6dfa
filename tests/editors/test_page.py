"""Facts on the page about editors, against an editor's language server."""

from pathlib import Path

import pytest
from lsp import Document, Server
from markdown_examples import Fence, fences

from coach.commands.schema import FILE, format_schema
from coach.services.session_check import check_session

EXAMPLES = [fence for fence in fences("editors.md") if fence.language == "yaml"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the schema in it, as the page has it made."""
    (tmp_path / "session.schema.json").write_text(format_schema(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_first_line_leads_to_the_schema_beside_it(server: Server, folder: Path, example: Fence) -> None:
    assert Document.opened(server, folder / "good.yaml", example.text).problems() == []
    slip = example.text.replace("- settle: ", "- setle: ").replace("- easy: ", "- esy: ")
    problems = Document.opened(server, folder / "slip.yaml", slip).problems()
    assert [problem["message"].partition(":")[0] for problem in problems] == ["expected a block"]


def test_the_examples_are_good_to_the_coach_as_well(folder: Path) -> None:
    session, blocks = EXAMPLES
    (folder / "warm-up.yaml").write_text(blocks.text, encoding="utf-8")
    path = folder / "run.yaml"
    path.write_text(session.text + "  - use: warm-up.yaml\n", encoding="utf-8")
    assert [problem for problem in check_session(path) if problem.severity == "error"] == []


@pytest.mark.parametrize("begin", ["", "coach: 1\n"])
def test_a_file_of_blocks_may_be_a_mapping(server: Server, folder: Path, begin: str) -> None:
    modeline = "# yaml-language-server: $schema=session.schema.json#/definitions/Blocks\n"
    problems = Document.opened(server, folder / "used.yaml", f"{modeline}{begin}blocks:\n  - settle: 2m\n").problems()
    assert [problem["message"] for problem in problems] == ([] if begin else ['Missing property "coach".'])


def test_without_a_first_line_the_address_in_the_settings_leads_there(
    language_server: list[str], tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()
    with Server(command=language_server, schemas={FILE.as_uri(): "**/runs/*.yaml"}) as server:
        elsewhere = Document.opened(server, tmp_path / "shopping.yaml", "coach: two\n")
        assert elsewhere.problems() == []
        session = Document.opened(server, tmp_path / "runs" / "run.yaml", "coach: 1\ntitle: Run\nblocks: [esy: 3m]\n")
        assert [problem["message"].partition(":")[0] for problem in session.problems()] == ["expected a block"]
