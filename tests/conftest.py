"""What all tests share."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Tool = Callable[[str], str]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run alone, the same for all the processes that it is spread over."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def cache_of_this_run(shared_folder: Path) -> Iterator[Path]:
    """A cache of this run, so that what is said twice is spoken once, and never into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_CACHE_DIR", str(shared_folder / "cache"))
        yield shared_folder / "cache"


@pytest.fixture(scope="session")
def tool() -> Tool:
    """Finds a program that reads what we wrote: a second opinion. At home its absence skips a test; in CI it fails."""
    beside_python = str(Path(sys.executable).parent)

    def find(name: str) -> str:
        path = shutil.which(name, path=os.pathsep.join([beside_python, os.environ.get("PATH", "")]))
        if path is None and os.environ.get("CI"):
            pytest.fail(f"{name} must be installed where CI is set")
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find
