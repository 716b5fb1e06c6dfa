"""Fixtures of the tests of the whole program."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def players(tool: Callable[[str], str]) -> None:
    """Require the programs, not our own, that judge every file."""
    for name in ("ffmpeg", "ffprobe"):
        tool(name)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Write a session of twenty seconds and two sentences, in its own folder."""
    return Path(shutil.copy(Path(__file__).with_name("short.yaml"), tmp_path))
