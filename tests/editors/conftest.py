"""An editor with the language server that most have, and a session's schema where `coach schema --where` says."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from lsp import Document, Server

from coach.commands.schema import FILE

MODELINE = f"# yaml-language-server: $schema={FILE.as_uri()}\n"
Open = Callable[[str], Document]


@pytest.fixture(scope="session")
def language_server(node_modules: Path) -> list[str]:
    """The command that starts a language server."""
    return ["node", str(node_modules / "yaml-language-server" / "bin" / "yaml-language-server"), "--stdio"]


@pytest.fixture(scope="module")
def server(language_server: list[str]) -> Iterator[Server]:
    """A running language server."""
    with Server(command=language_server) as running:
        yield running


@pytest.fixture
def editor(server: Server, tmp_path: Path) -> Open:
    """Opens a text as a session whose first line names the schema."""
    numbers = count(1)  # a name is known to the server for good
    return lambda text: Document.opened(server, tmp_path / f"run-{next(numbers)}.yaml", MODELINE + text)
