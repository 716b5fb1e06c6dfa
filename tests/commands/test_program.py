"""The program around the commands: help, version, terminals, pipes, and faults of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import coach_process
import pytest
from coach_process import Ran, has_terminals

from coach.commands import list_sessions

Coach = Callable[..., Ran]
COMMANDS = [
    "check",
    "devices",
    "explain",
    "fmt",
    "hear",
    "journal",
    "list",
    "new",
    "plan",
    "play",
    "record",
    "render",
    "schema",
    "script",
    "voices",
    "watch",
    "week",
]
SLOW_TO_IMPORT = {
    "pydantic",
    "numpy",
    "yaml",
    "rich",
    "textual",
    "miniaudio",
    "PIL",
    "soundfile",
    "mutagen",
    "onnxruntime",
    "scipy",
}


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help_is_quick_as_it_imports_nothing_heavy(arguments: list[str]) -> None:
    program = f"import sys; from coach.cli import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert told.stdout.startswith("Usage: coach")
    assert SLOW_TO_IMPORT & set(told.stderr.split()) == set()


def test_help_names_every_command(coach: Coach) -> None:
    told = coach("--help")
    listed = told.out.partition("Commands:\n")[2].splitlines()
    assert (told.code, told.err, [line.split()[0] for line in listed]) == (0, "", COMMANDS)
    assert all(len(line.split()) > 3 for line in listed)


def test_it_has_a_version(coach: Coach) -> None:
    assert coach("--version") == Ran(code=0, out="coach, version 1.0.0\n", err="")


def test_an_unknown_command_is_wrong_usage(coach: Coach) -> None:
    told = coach("rendr")
    assert (told.code, told.out) == (2, "")
    assert "Error: No such command 'rendr'." in told.err


@pytest.mark.skipif(not has_terminals(), reason="no terminal can be made here")
def test_at_a_terminal_there_is_a_bar_and_a_line_of_what_was_made(tmp_path: Path) -> None:
    session = tmp_path / "run.yaml"
    session.write_text(
        "coach: 1\nlanguage: en\ntitle: Bar\nblocks: [free: {lasts: 5m, say: Hello.}]\n", encoding="utf-8"
    )
    shown = coach_process.at_a_terminal("render", "run.yaml", "--voice", "fake", folder=tmp_path)
    size_mb = (tmp_path / "run.mp3").stat().st_size / 1e6
    assert "run.mp3: writing" in " ".join(shown)
    assert shown[-1] == f"run.mp3: 5m, {size_mb:.1f} MB"


def test_the_language_is_that_of_the_computer(tmp_path: Path) -> None:
    session = tmp_path / "run.yaml"
    session.write_text("coach: 1\ntitle: {nl: Even, en: A moment}\nblocks: [free: 20s]\n", encoding="utf-8")
    titles = []
    for language in ("en_GB.UTF-8", "nl_NL.UTF-8", "fr_FR.UTF-8", ""):
        env = coach_process.environment(LC_ALL=None, LC_MESSAGES=None, LANG=language)
        titles.append(coach_process.coach("plan", session, env=env).out.split(" · ")[0])
    assert titles == ["A moment", "Even", "Even", "Even"]


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    command = " ".join([*coach_process.COACH, "schema"])
    told = subprocess.run(["bash", "-c", f"{command} | head -1"], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("{\n", "")


def test_an_internal_error_has_an_exit_code_of_its_own(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sessions, "run", lambda: 1 // 0)
    assert coach("list") == Ran(
        code=4,
        out="",
        err="internal error: ZeroDivisionError: integer division or modulo by zero\n"
        "help: this is a bug in coach; run it again with COACH_DEBUG=1, and report what it prints\n",
    )


def test_who_looks_for_the_fault_is_shown_where_it_is(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sessions, "run", lambda: 1 // 0)
    monkeypatch.setenv("COACH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        coach("list")


def test_ctrl_c_ends_it_with_130(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(list_sessions, "run", interrupted)
    assert coach("list") == Ran(code=130, out="", err="\ninterrupted; no unfinished file is left behind\n")
