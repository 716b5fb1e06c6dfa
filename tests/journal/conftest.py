"""A diary for each test."""

from pathlib import Path

import pytest

from coach.journal.diary import Diary


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    """An empty diary in a folder that is not there yet, with little patience."""
    return Diary(path=tmp_path / "own" / "journal.sqlite3", patience_s=0.05)
