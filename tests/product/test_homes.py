"""Rendering without a home folder: the cache is put where there is room."""

import os
from pathlib import Path

import coach_process
import pytest
from coach_process import Ran

PLACES = ("COACH_CACHE_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


def render(short: Path, **env: str | None) -> Ran:
    """Render with only these environment variables about folders."""
    nowhere = dict.fromkeys(PLACES)
    return coach_process.coach(
        "render", short.name, "--lang", "nl", folder=short.parent, env=coach_process.environment(**{**nowhere, **env})
    )


def clips(folder: Path) -> list[Path]:
    return [path.parent.parent.parent for path in folder.rglob("*.clip")]


def test_an_empty_home_is_moved_into(short: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert render(short, HOME=str(home)) == Ran(code=0, out="short.nl.mp3\n", err="")
    assert clips(home)


def test_without_a_home_the_cache_goes_where_the_system_says(short: Path, tmp_path: Path) -> None:
    assert render(short, HOME=None, XDG_CACHE_HOME=str(tmp_path / "xdg")) == Ran(code=0, out="short.nl.mp3\n", err="")
    assert clips(tmp_path / "xdg")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has homes of another kind")
@pytest.mark.parametrize("home", ["read-only", "a file", "not there"])
def test_a_home_that_cannot_be_used_is_done_without(
    short: Path, tmp_path_factory: pytest.TempPathFactory, read_only_folder: Path, home: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    homes = {"read-only": read_only_folder, "a file": short, "not there": read_only_folder / "gone"}
    assert render(short, HOME=str(homes[home]), TMPDIR=str(elsewhere)).code == 0
    assert clips(elsewhere)
