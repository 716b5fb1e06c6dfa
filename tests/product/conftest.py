"""What the tests of the whole product share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def players(tool: Callable[[str], str]) -> None:
    """Every file is judged by programs that are not ours."""
    for name in ("ffmpeg", "ffprobe"):
        tool(name)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A session of twenty seconds and two sentences, in a folder of its own."""
    return Path(shutil.copy(Path(__file__).with_name("short.yaml"), tmp_path))
