"""Repeatable rendering: one session makes the same file, byte for byte, wherever and whenever it is rendered."""

from pathlib import Path

import coach_process
import pytest


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.thorough), "en"])
def test_two_empty_caches_make_the_same_file(tmp_path: Path, language: str) -> None:
    files = [from_nothing(tmp_path / name, language) for name in ("one", "another")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_forced_render_from_a_full_cache_makes_the_same_file(tmp_path: Path) -> None:
    file = from_nothing(tmp_path / "one", "nl")
    made, before = file.read_bytes(), file.stat().st_ino
    from_nothing(tmp_path / "one", "nl", "--force")
    assert file.stat().st_ino != before
    assert file.read_bytes() == made


def from_nothing(folder: Path, language: str, *options: str) -> Path:
    """Render a shipped session to a file with a cache in the folder itself."""
    folder.mkdir(exist_ok=True)
    env = coach_process.environment(COACH_CACHE_DIR=str(folder / "cache"))
    ran = coach_process.coach("render", "walk-out", "--lang", language, *options, folder=folder, env=env)
    file = f"walk-out.{language}.mp3"
    assert ran == coach_process.Ran(code=0, out=f"{file}\n", err="")
    return folder / file
