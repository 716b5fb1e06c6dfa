"""The screen as a runner's terminal shows it."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from coach_process import COACH
from pulse_server import until
from screen_snapshots import FOLDER, kept
from tmux_terminal import Terminal

from coach.journal.diary import Diary, Run

HERE = Path(__file__).parent
DRIVER = HERE / "screen_driver.py"
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;0-9]*m")
FIGURES = slice(6, 15)
CLOCKS_WIDTH = 54


@pytest.fixture
def terminal(tool: Callable[[str], str], tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tool("tmux"), tmp_path)
    yield opened
    opened.close()


def start(terminal: Terminal, asked: Path, **environment: str) -> None:
    run(terminal, [sys.executable, str(DRIVER), str(asked)], **environment)


def run(terminal: Terminal, command: list[str], **environment: str) -> None:
    paths = os.pathsep.join([str(HERE.parent), str(HERE.parent.parent)])
    usual = {"PYTHONPATH": paths, "LC_ALL": "C.UTF-8", "TERM": "screen-256color"}
    terminal.run(command, **{**usual, **environment})


def play(terminal: Terminal, *arguments: str, **environment: str) -> None:
    """The program itself; it makes no sound, but goes on as if it did."""
    run(terminal, [*COACH, "play", *arguments, "--output", "silent", "--voice", "fake", "--lang", "en"], **environment)


def without_clocks(screen: str) -> str:
    """A screen without the figures, as their clocks run."""
    lines = [line.rstrip() for line in screen.rstrip().split("\n")]
    lines[FIGURES] = [f"{'~' * CLOCKS_WIDTH}{line[CLOCKS_WIDTH:]}" for line in lines[FIGURES]]
    return "\n".join(lines) + "\n"


def seen(terminal: Terminal, sign: str) -> str:
    """What is shown as soon as a sign is seen on it; without it, this fails."""
    screen = terminal.wait_for(lambda screen: sign in screen)
    assert sign in screen
    return screen


def seen_but_for_clocks(terminal: Terminal, name: str, sign: str) -> tuple[str, str]:
    """What is shown, and what is expected, which is waited for; both without their clocks."""
    seen(terminal, sign)
    terminal.wait_for(lambda screen: screen == terminal.screen())  # to be kept, it must have been drawn to its end
    expected = kept(name, without_clocks(terminal.screen()))
    return without_clocks(terminal.wait_for(lambda screen: without_clocks(screen) == expected)), expected


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_the_system_ends_is_kept_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    play(terminal, COACH_DATA_DIR=str(tmp_path / "own"))
    answer_the_questions(terminal)
    seen(terminal, "space pause")
    os.kill(find_coach(tmp_path / "own"), number)
    if number == signal.SIGTERM:
        assert f"ended with {128 + number}" in seen(terminal, "ended with")
        terminal.press("C-c")
    (run,) = wait_for_runs(tmp_path / "own", "stopped")
    assert (run.title, run.tension_before, run.need) == ("Mindful run", 7, "silence")
    assert run.ran_s > 0.0


def test_a_window_that_is_closed_ends_the_run_which_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    play(terminal, COACH_DATA_DIR=str(tmp_path / "own"))
    answer_the_questions(terminal)
    seen(terminal, "space pause")
    coach = find_coach(tmp_path / "own")
    terminal.close()
    (run,) = wait_for_runs(tmp_path / "own", "stopped")
    assert (run.title, run.tension_before) == ("Mindful run", 7)
    until(lambda: not Path(f"/proc/{coach}").exists(), "the coach has ended")


@pytest.mark.parametrize("answers", [1, 3])
def test_a_window_that_is_closed_before_the_run_keeps_the_answers(
    terminal: Terminal, tmp_path: Path, answers: int
) -> None:
    play(terminal, COACH_DATA_DIR=str(tmp_path / "own"))
    answer_the_questions(terminal, answers)
    seen(terminal, "What do you need" if answers == 1 else "Press Enter to go")
    terminal.close()
    (run,) = wait_for_runs(tmp_path / "own", "stopped")
    assert (run.tension_before, run.ran_s) == (7, 0.0)


def answer_the_questions(terminal: Terminal, count: int = 4) -> None:
    signs = ("very tense", "7"), ("silence,", "s"), ("How many", "25"), ("Press Enter to go", "")
    for sign, answer in signs[:count]:
        seen(terminal, sign)
        terminal.press(*answer, "Enter")


def find_coach(data: Path) -> int:
    """The process that plays: the one whose environment names this folder, and that is no shell and no worker."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            if f"COACH_DATA_DIR={data}".encode() in (process / "environ").read_bytes() and b"play" in command:
                return int(process.name)
    raise AssertionError("the coach is not running")


def wait_for_runs(data: Path, ended: str) -> tuple[Run, ...]:
    """The runs of a diary once the last has ended so."""
    diary = Diary(path=data / "journal.sqlite3")
    until(lambda: [run.ended for run in diary.read_runs()] == [ended], f"the run is {ended}")
    return diary.read_runs()


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


def test_a_run_from_the_first_question_to_the_end(terminal: Terminal, tmp_path: Path) -> None:
    play(terminal, COACH_DATA_DIR=str(tmp_path / "own"))
    for sign, answer in (("very tense", ""), ("silence,", "s"), ("How many", "25"), ("Press Enter to go", "")):
        seen(terminal, sign)
        terminal.press(*answer, "Enter")
    seen(terminal, "space pause")
    terminal.press("Space")
    seen(terminal, "» Pausing at the next breath")
    shown, expected = seen_but_for_clocks(terminal, "80x24 en paused, for real", "Take your time.")
    assert shown == expected
    terminal.press("Space")
    seen(terminal, "space pause")
    terminal.press("+")
    assert "» 156 steps a minute from the next breath on" in seen(terminal, "from the next breath on")
    terminal.press("q")
    assert "w    walk out gently, then stop" in seen(terminal, "stop now")
    terminal.press("w")
    assert "part 6 of 7" in seen(terminal, "then Afterwards")
    terminal.press("q", "s")
    shown = seen(terminal, "ended with").rstrip()
    assert shown + "\n" == kept("80x24 en around a run, for real", shown + "\n")


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["colours", "no colours"])
def test_the_screen_of_a_run_fits_any_terminal_and_ctrl_c_ends_it(
    terminal: Terminal, environment: dict[str, str]
) -> None:
    play(terminal, "reset-run", "--no-diary", "--delay", "1h", **environment)
    shown, expected = seen_but_for_clocks(terminal, "80x24 en waiting, for real", "until we begin")
    assert shown == expected
    assert bool(COLOUR.search(terminal.screen(colours=True))) is not bool(environment)
    terminal.resize(40, 12)
    assert "In a moment" in seen(terminal, "space begin now  q stop")
    terminal.resize(80, 24)
    shown, expected = seen_but_for_clocks(terminal, "80x24 en waiting, for real", "until we begin")
    assert shown == expected
    terminal.press("C-c")
    assert seen(terminal, "ended with").strip() == "ended with 0"
