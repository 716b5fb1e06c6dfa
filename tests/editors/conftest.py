"""An editor with the language server that most have, and a session's schema where `coach schema --where` says."""

import hashlib
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from lsp import Document, Server

from coach.commands.schema import FILE

HERE = Path(__file__).parent
MODELINE = f"# yaml-language-server: $schema={FILE.as_uri()}\n"
Open = Callable[[str], Document]


def _installed() -> Path:
    version = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mindful-run-coach-editors"
    return Path(os.environ.get("COACH_EDITORS") or cache) / version / "node_modules"


@pytest.fixture(scope="session")
def node_modules(tool: Callable[[str], str]) -> Path:
    """Where `.ci/editors` has put the programs of editors. At home their absence skips a test; in CI it fails."""
    tool("node")
    place = _installed()
    if not place.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"nothing is in {place}: run .ci/editors")
    return place


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
