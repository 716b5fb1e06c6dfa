"""The program around the commands: help, version, terminals, pipes, and internal errors."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import coach_process
import pytest
from coach_process import Ran, has_terminals
from stream_faults import run_with_faults

from coach import __version__
from coach.cli import coach as coach_group
from coach.cli.command_line import COMMANDS as COMMANDS_BY_NAME
from coach.commands import list_sessions
from coach.languages import LANGUAGES

Coach = Callable[..., Ran]
COMMANDS = [
    "check",
    "devices",
    "explain",
    "export",
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
    "send",
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


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of an own log file, which does not exist yet."""
    monkeypatch.setenv("COACH_LOG_DIR", str(tmp_path / "log"))
    return tmp_path / "log" / "coach.log"


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help_is_quick_as_it_imports_nothing_heavy(arguments: list[str]) -> None:
    program = f"import sys; from coach.cli import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stdout.startswith("Usage: coach")
    assert SLOW_TO_IMPORT & set(ran.stderr.split()) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_declares_no_options_of_others(command: str) -> None:
    program = f"import sys; from coach.cli import main; main([{command!r}, '--help']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    places = {path.rpartition(".")[0] for path in COMMANDS_BY_NAME.values()}
    assert places & set(ran.stdout.split()) == {COMMANDS_BY_NAME[command].rpartition(".")[0]}


def test_each_command_is_declared_under_its_name() -> None:
    assert sorted(coach_group.commands) == COMMANDS
    assert [command.name for command in coach_group.commands.values()] == list(COMMANDS_BY_NAME)


def test_a_check_needs_neither_numpy_nor_a_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))  # nothing was checked before
    program = "import sys; from coach.cli import main; main(['check', 'reset-run']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    imported = set(ran.stdout.split())
    assert "coach.advice.registry" in imported
    assert imported & (SLOW_TO_IMPORT - {"pydantic", "yaml"} | {"coach.voices.registry"}) == set()


def test_what_is_rendered_is_sent_without_numpy_and_advice() -> None:
    program = "import sys, coach.commands.send; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    imported = set(ran.stdout.split())
    assert "coach.services.session_render" in imported
    assert imported & (SLOW_TO_IMPORT - {"pydantic", "yaml"} | {"coach.advice.registry", "multiprocessing"}) == set()


def test_help_names_every_command(coach: Coach) -> None:
    ran = coach("--help")
    listed = ran.out.partition("Commands:\n")[2].splitlines()
    assert (ran.code, ran.err, [line.split()[0] for line in listed]) == (0, "", COMMANDS)
    assert all(len(line.split()) > 3 for line in listed)


def test_it_has_a_version(coach: Coach) -> None:
    assert coach("--version") == Ran(code=0, out=f"coach, version {__version__}\n", err="")


def test_an_unknown_command_is_wrong_usage(coach: Coach) -> None:
    ran = coach("rendr")
    assert (ran.code, ran.out) == (2, "")
    assert "Error: No such command 'rendr'." in ran.err


@pytest.mark.skipif(not hasattr(click.exceptions, "NoSuchCommand"), reason="this click suggests nothing")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_that_is_alike_is_suggested(coach: Coach, language: str) -> None:
    assert "'render'" in coach(f"--ui={language}", "rendr").err


def test_the_shell_completes_commands_and_their_options() -> None:
    assert complete("coach re") == ["record", "render"]
    assert complete("coach journal ed") == ["edit"]
    assert complete("coach check --f") == ["--format", "--fix"]


def complete(line: str) -> list[str]:
    environment = {**os.environ, "_COACH_COMPLETE": "bash_complete", "COMP_WORDS": line}
    environment["COMP_CWORD"] = str(len(line.split()) - 1)
    program = "from coach.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment)
    return [found.partition(",")[2] for found in ran.stdout.splitlines()]


@pytest.mark.skipif(not has_terminals(), reason="no terminal can be made here")
def test_at_a_terminal_there_is_a_bar_and_a_line_of_what_was_made(tmp_path: Path) -> None:
    session = tmp_path / "run.yaml"
    session.write_text(
        "coach: 1\nlanguage: en\ntitle: Bar\nblocks: [free: {lasts: 5m, say: Hello.}]\n", encoding="utf-8"
    )
    shown = coach_process.at_a_terminal("render", "run.yaml", "--voice", "fake", folder=tmp_path)
    size_mb = (tmp_path / "run-fake.mp3").stat().st_size / 1e6
    assert "run-fake.mp3: writing" in " ".join(shown)
    assert shown[-1] == f"run-fake.mp3: 5m, {size_mb:.1f} MB"


def test_the_language_is_that_of_the_computer(
    coach: Coach, written: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    written("run.yaml", "coach: 1\ntitle: {nl: Even, en: A moment}\nblocks: [free: 20s]\n")
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    titles = []
    for language in ("en_GB.UTF-8", "nl_NL.UTF-8", "fr_FR.UTF-8", ""):
        monkeypatch.setenv("LANG", language)
        titles.append(coach("plan", "run.yaml").out.split(" · ")[0])
    assert titles == ["A moment", "Even", "Even", "Even"]


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    command = " ".join([*coach_process.COACH, "schema"])
    ran = subprocess.run(["bash", "-c", f"{command} | head -1"], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("{\n", "")


def test_an_internal_error_has_an_exit_code_of_its_own_and_is_in_the_log(
    coach: Coach, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_sessions, "run", lambda: 1 / 0)
    assert coach("list") == Ran(
        code=4,
        out="",
        err="internal error: ZeroDivisionError: division by zero\n"
        f"help: this is a bug in coach; report it with {log_file}\n",
    )
    first, error, *traceback, versions, last = log_file.read_text(encoding="utf-8").splitlines()
    assert first.endswith(" INFO coach: coach list")
    assert error.endswith(" ERROR coach: internal error")
    assert (traceback[0], traceback[-1]) == (
        "Traceback (most recent call last):",
        "ZeroDivisionError: division by zero",
    )
    assert f" INFO coach: coach {__version__}, Python " in versions
    assert ", numpy " in versions
    assert last.endswith(" INFO coach: exit code 4")


def test_an_internal_error_is_reported_where_no_log_can_be_written(
    coach: Coach, written: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LOG_DIR", str(written("file", "") / "log"))
    monkeypatch.setattr(list_sessions, "run", lambda: 1 / 0)
    assert coach("list") == Ran(
        code=4,
        out="",
        err="internal error: ZeroDivisionError: division by zero\n"
        "help: this is a bug in coach; run it again with COACH_DEBUG=1, and report what it prints\n",
    )


@pytest.mark.parametrize(
    "command",
    [
        ("render", "walk-out", "--lang", "en", "-o"),
        ("plan", "walk-out", "--picture"),
        ("script", "walk-out", "--html"),
        ("journal", "export"),
    ],
)
def test_a_name_that_is_too_long_is_no_fault_of_the_coach(
    coach: Coach, log_file: Path, command: tuple[str, ...]
) -> None:
    ending = {"plan": "svg", "script": "html", "journal": "csv"}.get(command[0], "mp3")
    ran = coach(*command, f"{'a' * 300}.{ending}")
    assert (ran.code, ran.out) == (3, "")
    error, advice = ran.err.splitlines()[-2:]
    assert error.endswith(f"{'a' * 300}.{ending}: the name is too long")
    assert advice == "help: choose a shorter name"
    assert not log_file.exists() or "Traceback" not in log_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["script --html \0 reset-run", "render reset-run -o a/\0.mp3", "journal import \0"])
def test_a_name_that_no_file_can_have_is_wrong_usage(coach: Coach, command: str) -> None:
    ran = coach(*command.split(" "))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: a name cannot contain a null character\n")


def test_verbose_prints_what_is_logged(coach: Coach, log_file: Path) -> None:
    ran = coach("--verbose", "schema", "--where")
    assert (ran.code, ran.out.startswith("file://")) == (0, True)
    assert ran.err == log_file.read_text(encoding="utf-8")
    first, *_, last = ran.err.splitlines()
    assert first.endswith(" INFO coach: coach --verbose schema --where")
    assert last.endswith(" INFO coach: exit code 0")


def test_a_command_that_needs_nothing_of_the_machine_writes_no_log(coach: Coach, log_file: Path) -> None:
    assert coach("schema", "--where").code == 0
    assert not log_file.exists()


def test_it_is_also_a_module_of_python() -> None:
    command = [sys.executable, "-m", "coach", "--version"]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"coach, version {__version__}\n"
    )


def test_the_debug_variable_shows_the_traceback(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sessions, "run", lambda: 1 / 0)
    monkeypatch.setenv("COACH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        coach("list")


def test_ctrl_c_ends_it_with_130(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(list_sessions, "run", interrupted)
    assert coach("list") == Ran(code=130, out="", err="\ninterrupted; no unfinished file is left behind\n")


GOOD = "coach: 1\nlanguage: en\ntitle: A run\nblocks: [free: {lasts: 1s, say: Hm.}]\n"
USUAL = {"list", "plan", "render", "no-such-command"}
WITH_STREAMS = {
    "check bad.yaml": 1,
    "check bad.yaml --format json": 1,
    "devices --output silent": 0,
    "explain bad-escape": 0,
    "fmt --check good.yaml": 1,
    "fmt --diff bad.yaml": 1,
    "journal": 0,
    "list": 0,
    "new good --yes": 2,
    "plan good.yaml --voice fake": 0,
    "plan bad.yaml": 1,
    "play good.yaml --plain --no-diary --voice fake --output silent": 0,
    "record good.yaml --split missing.wav": 3,
    "render good.yaml --voice fake --force -o made.wav": 0,
    "schema": 0,
    "script good.yaml": 0,
    "voices": 0,
    "watch missing.yaml": 2,
    "week": 0,
    "--help": 0,
    "--version": 0,
    "no-such-command": 2,
}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or not Path("/dev/full").exists(), reason="no device is always full here")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param(command, code, marks=[pytest.mark.thorough] * (command.split()[0] not in USUAL), id=command)
        for command, code in WITH_STREAMS.items()
    ],
)
def test_streams_that_fail_neither_stop_a_command_nor_change_what_it_says(
    command: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("free", "fre"), encoding="utf-8")
    env = coach_process.environment(PYTHONPATH=str(Path(coach_process.__file__).parent.parent), COACH_DEBUG=None)
    env |= {"COACH_DATA_DIR": str(tmp_path)}
    ran = run_with_faults(*command.split(), folder=tmp_path, env=env)
    sound = ran["none", "none"]
    assert sound.code == code
    for (output, error), each in ran.items():
        is_lost = bool(sound.out) and output in {"full", "closed"}
        assert each.code == (code or (3 if is_lost else 0)), (output, error)
        why = {"full": "the disk is full", "closed": "it is closed"}.get(output)
        told = f"error: cannot write to standard output: {why}\n"
        told += "help: send it to the terminal, or to a file on a disk with space\n"
        assert each.err == ((sound.err + told * is_lost) if error == "none" else ""), (output, error)
        assert each.out == (sound.out if output == "none" else ""), (output, error)
