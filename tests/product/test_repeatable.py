"""Repeatable rendering: one session makes the same file, byte for byte, wherever and whenever it is rendered."""

from pathlib import Path

import coach_process
import pytest


@pytest.fixture(params=["short.yaml", pytest.param("walk-out", marks=pytest.mark.thorough)])
def session(request: pytest.FixtureRequest, short: Path) -> str:
    """A session of two sentences, and in a thorough run a shipped one."""
    return str(short) if request.param == short.name else request.param


@pytest.mark.parametrize("language", ["en", pytest.param("nl", marks=pytest.mark.thorough)])
def test_two_empty_caches_make_the_same_file(tmp_path: Path, session: str, language: str) -> None:
    files = [from_nothing(tmp_path / name, session, "--lang", language) for name in ("one", "another")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_forced_render_from_a_full_cache_makes_the_same_file(tmp_path: Path, session: str) -> None:
    file = from_nothing(tmp_path / "one", session)
    made, before = file.read_bytes(), file.stat().st_ino
    from_nothing(tmp_path / "one", session, "--force")
    assert file.stat().st_ino != before
    assert file.read_bytes() == made


def from_nothing(folder: Path, session: str, *options: str) -> Path:
    """Render a session to a file with a cache in the folder itself."""
    folder.mkdir(exist_ok=True)
    env = coach_process.environment(COACH_CACHE_DIR=str(folder / "cache"))
    ran = coach_process.coach("render", session, *options, "-o", "run.mp3", folder=folder, env=env)
    assert ran == coach_process.Ran(code=0, out="run.mp3\n", err="")
    return folder / "run.mp3"
