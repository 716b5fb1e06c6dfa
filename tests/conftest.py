"""What all tests share."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
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
