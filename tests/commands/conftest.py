"""The commands, called in this process: quicker than a new one for each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import Ran

from coach.cli import main
from coach.commands import play

Coach = Callable[..., Ran]


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Coach:
    """Runs a command in a folder of the test's own, with nobody at the screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(play, "come_first", lambda: None)  # this thread goes on to run other tests

    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        code = main(arguments)
        out, err = capfd.readouterr()
        return Ran(code=code, out=out, err=err)

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file into the test's folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
