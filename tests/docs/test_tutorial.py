"""The tutorial, followed word for word by someone who has just got the coach: every command, edit and answer."""

import os
from pathlib import Path

import pytest
from markdown_examples import DOCS
from pulse_server import SoundServer
from walkthrough import StandIn, Walk, agrees, checkout, steadied

PAGE = "tutorial.md"
# Of two renders that take long, one is that of a short session, but for a thorough run.
REST = "--lang en -o reset-run.mp3"
SHORTER = {
    f"scripts/coach render reset-run {REST}": StandIn(
        command=f"scripts/coach render walk-out {REST}", prints=": 5m,", instead_of=": 24m,"
    )
}
STAND_INS = {} if os.environ.get("COACH_TEST_ALL") else SHORTER
KEPT = ("PATH", "COACH_CACHE_DIR", "CI")


@pytest.fixture
def newcomer(tmp_path: Path, sound_server: SoundServer) -> dict[str, str]:
    """The environment of someone new: an empty home, a terminal, a sound card, and nothing set."""
    (tmp_path / "home").mkdir()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **sound_server.environment, "HOME": str(tmp_path / "home"), "TERM": "xterm", "LANG": "C.UTF-8"}


def test_the_tutorial_can_be_followed_word_for_word(tmp_path: Path, newcomer: dict[str, str]) -> None:
    folder = tmp_path / "coach"
    folder.mkdir()
    checkout(folder)
    assert all(f"$ {command}\n" in (DOCS / PAGE).read_text(encoding="utf-8") for command in SHORTER)
    for fence, truth in Walk(PAGE, folder, newcomer, STAND_INS).steps():
        assert agrees(fence.text, truth), f"{fence}: there is to see\n{steadied(truth)}"
    (made,) = folder.glob("my-run*.mp3")
    assert made.stat().st_size > 1_000_000
