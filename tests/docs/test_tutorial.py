"""The tutorial, followed word for word by someone who has just got the coach: every command, edit and answer."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_examples import DOCS
from pulse_server import SoundServer
from walkthrough import StandIn, Walk, agrees, checkout, steadied

KEPT = ("PATH", "COACH_CACHE_DIR", "CI")


class Tutorial(NamedTuple):
    """A tutorial: its page, the session that it edits, the language of its reader, and what is typed in place of what.

    Of renders that take long, some are those of a short session, but for a thorough run.
    """

    page: str
    edited: str
    computer: str
    shorter: Mapping[str, StandIn]


def render_short(language: str, shown: str, file: str) -> StandIn:
    """A render of two minutes that prints what is shown of a longer one."""
    command = f"scripts/coach render calm --lang {language} --length 2m -o {file}"
    return StandIn(command=command, prints=": 2m,", instead_of=f": {shown},")


TUTORIALS = {
    "en": Tutorial(
        page="tutorial.md",
        edited="my-run.yaml",
        computer="C.UTF-8",
        shorter={
            "scripts/coach render reset-run --lang en -o reset-run.mp3": render_short("en", "24m", "reset-run.mp3"),
            "scripts/coach render my-run.yaml --lang en": render_short("en", "25m", "my-run.en.mp3"),
        },
    ),
    "nl": Tutorial(
        page="nl/tutorial.md",
        edited="mijn-loop.yaml",
        computer="nl_NL.UTF-8",
        shorter={
            "scripts/coach render reset-run --lang nl -o reset-run.mp3": render_short("nl", "24m", "reset-run.mp3"),
            "scripts/coach render mijn-loop.yaml": render_short("nl", "25m", "mijn-loop.mp3"),
        },
    ),
}


@pytest.fixture
def newcomer(tmp_path: Path, sound_server: SoundServer) -> dict[str, str]:
    """The environment of someone new: an empty home, a terminal, a sound card, and nothing set.

    The model of Kokoro is left out, which takes long to load: espeak says the few words that are not shipped as speech.
    """
    (tmp_path / "home").mkdir()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = {"HOME": str(tmp_path / "home"), "COACH_KOKORO_DIR": str(tmp_path), "TERM": "xterm"}
    return {**kept, **sound_server.environment, **home}


@pytest.mark.parametrize("language", TUTORIALS)
def test_the_tutorial_can_be_followed_word_for_word(tmp_path: Path, newcomer: dict[str, str], language: str) -> None:
    page, edited, computer, shorter = TUTORIALS[language]
    folder = tmp_path / "coach"
    folder.mkdir()
    checkout(folder)
    assert all(f"$ {command}\n" in (DOCS / page).read_text(encoding="utf-8") for command in shorter)
    environment = {**newcomer, "LANG": computer}
    stand_ins = {} if os.environ.get("COACH_TEST_ALL") else shorter
    for fence, truth in Walk(page, folder, edited, environment, stand_ins).steps():
        assert agrees(fence.text, truth), f"{fence}: there is to see\n{steadied(truth)}"
    assert all(made.stat().st_size > 1_000_000 for made in folder.glob("*.mp3"))
