"""The screen as a runner's terminal shows it."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from screens import FOLDER
from terminal import Terminal

HERE = Path(__file__).parent
DRIVER = HERE / "screen_driver.py"
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;0-9]*m")


@pytest.fixture
def terminal(tool: Callable[[str], str], tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tool("tmux"), tmp_path)
    yield opened
    opened.close()


def start(terminal: Terminal, asked: Path, **environment: str) -> None:
    paths = os.pathsep.join([str(HERE.parent), str(HERE.parent.parent)])
    usual = {"PYTHONPATH": paths, "LC_ALL": "C.UTF-8", "TERM": "screen-256color"}
    terminal.run([sys.executable, str(DRIVER), str(asked)], **{**usual, **environment})


def seen_whole(terminal: Terminal, name: str) -> tuple[str, str]:
    """What is shown, and what is expected, which is waited for."""
    expected = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip()
    return terminal.wait_for(lambda screen: screen.rstrip() == expected).rstrip(), expected


def test_a_run_is_on_the_screen_whole_and_keys_change_it(terminal: Terminal, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    start(terminal, asked)
    shown, expected = seen_whole(terminal, "80x24 nl playing")
    assert shown == expected
    terminal.press("t")
    assert "» Tikken: 0 dB" in terminal.wait_for(lambda screen: "» Tikken" in screen)
    terminal.press("Down", "Right", "+", "Space")
    assert "Neem de tijd." in terminal.wait_for(lambda screen: "Neem de tijd." in screen)
    terminal.press("q")
    assert "nu stoppen" in terminal.wait_for(lambda screen: "nu stoppen" in screen)
    terminal.press("s")
    assert "ended with 0" in terminal.wait_for(lambda screen: "ended with" in screen)
    assert asked.read_text(encoding="utf-8").splitlines() == [
        "ticks louder by -2",
        "next block",
        "change cadence by +2",
        "toggle pause",
        "stop",
    ]


def test_ctrl_c_stops_and_gives_the_terminal_back(terminal: Terminal, tmp_path: Path) -> None:
    start(terminal, tmp_path / "asked")
    terminal.wait_for(lambda screen: "hulp" in screen)
    terminal.press("C-c")
    assert terminal.wait_for(lambda screen: "ended with" in screen).strip() == "ended with 0"


def test_an_interrupt_from_elsewhere_stops_the_run_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    start(terminal, asked)
    terminal.wait_for(lambda screen: "hulp" in screen)
    os.kill(int(asked.read_text(encoding="utf-8")), signal.SIGINT)
    assert terminal.wait_for(lambda screen: "ended with" in screen).strip() == "ended with 0"
    assert asked.read_text(encoding="utf-8") == "stop"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "xterm-mono"}, {"TERM": "vt100"}], ids=str)
def test_without_colours_the_same_is_there(terminal: Terminal, tmp_path: Path, environment: dict[str, str]) -> None:
    start(terminal, tmp_path / "asked", **environment)
    shown, expected = seen_whole(terminal, "80x24 nl playing")
    assert shown == expected
    assert not COLOUR.search(terminal.screen(colours=True))


def test_with_colours_there_are_some(terminal: Terminal, tmp_path: Path) -> None:
    start(terminal, tmp_path / "asked")
    terminal.wait_for(lambda screen: "hulp" in screen)
    assert COLOUR.search(terminal.screen(colours=True))


def test_an_old_encoding_shows_ascii(terminal: Terminal, tmp_path: Path) -> None:
    start(terminal, tmp_path / "asked", PYTHONIOENCODING="latin-1")
    shown, expected = seen_whole(terminal, "80x24 nl playing, ascii")
    assert shown == expected
