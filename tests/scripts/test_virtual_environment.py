"""Set-up on machines as people have them: an old Python, settings of pip, no network, no room, an upgrade."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
import virtual_environment
from virtual_environment import ROOT, USE, SetupError, call, explain, install, run

STARTERS = ("bootstrap.py", "coach", "test", "docs")
OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.argv = ["scripts/coach", "list"]
sys.path.insert(0, {folder!r})
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the two files that name the packages, and a virtual environment of its own."""
    venv = tmp_path / ".venv"
    for name, path in {"ROOT": tmp_path, "VENV": venv, "BIN": venv / virtual_environment.BIN.name}.items():
        monkeypatch.setattr(virtual_environment, name, path)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("click==8.1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(virtual_environment, "CONSTRAINTS", constraints)
    return tmp_path


@pytest.fixture
def fail_on_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    def call_unless_pip(command: list[str]) -> None:
        assert "install" not in command, "no network is needed here"
        call(command)

    monkeypatch.setattr(virtual_environment, "call", call_unless_pip)


def be_set_up(checkout: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    (checkout / ".venv" / f"installed{USE}.sha256").write_text(virtual_environment.fingerprint())
    return virtual_environment.BIN / "python"


class TestOldPython:
    def test_is_named_with_what_is_needed(self) -> None:
        script = ROOT / "scripts" / "coach"
        program = OLD_PYTHON.format(folder=str(script.parent), script=str(script))
        ended = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PATH": "/nowhere"}
        )
        assert ended.returncode == 2
        assert ended.stderr == (
            "the coach needs Python 3.11 or newer; this is 3.9.2\n"
            "python.org has it for Windows and macOS; Linux systems have it as a package\n"
        )

    def test_is_told_of_a_newer_one_on_the_same_system(self, tmp_path: Path) -> None:
        (tmp_path / "python3.12").touch()
        script = ROOT / "scripts" / "coach"
        program = OLD_PYTHON.format(folder=str(script.parent), script=str(script))
        ended = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)}
        )
        assert ended.stderr.splitlines()[1] == f"here is one: python3.12 {script} list"

    @pytest.mark.parametrize("name", STARTERS)
    def test_can_read_what_it_is_given(self, name: str) -> None:
        tree = ast.parse((ROOT / "scripts" / name).read_text(), feature_version=(3, 4))
        newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred, ast.arg)
        assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


class TestSettingsOfPip:
    @pytest.mark.parametrize(
        "setting", [{"PIP_USER": "1"}, {"PIP_TARGET": "/x"}, {"PIP_REQUIRE_HASHES": "1"}, {"PIP_ONLY_BINARY": ":all:"}]
    )
    def test_for_other_installations_do_not_count(
        self, setting: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in setting.items():
            monkeypatch.setenv(name, value)
        name = next(iter(setting))
        program = f"import os, sys; sys.exit(os.environ.get({name!r}, '0') not in ('0', ':none:'))"
        call([sys.executable, "-c", program])

    def test_for_the_index_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PIP_INDEX_URL", "https://127.0.0.1/simple")
        call([sys.executable, "-c", "import os; assert os.environ['PIP_INDEX_URL'].startswith('https')"])


CAUSES = {
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "the disk is full",
    "Error: [Errno 30] Read-only file system: '/x/.venv'": "cannot be written to",
    "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\n"
    "ERROR: Could not find a version that satisfies the requirement click": "is there a network?",
    "ERROR: Could not find a version that satisfies the requirement soxr": "the package index lacks a package",
    "error: command 'gcc' failed: No such file\nERROR: Failed building wheel for x": "no ready wheel for this system",
    "Max retries exceeded: SSLError('CERTIFICATE_VERIFY_FAILED')\nERROR: No matching distribution": "not trusted",
    "ERROR: ResolutionImpossible: for help visit": "pip said:",
}


@pytest.mark.parametrize("output", CAUSES)
def test_a_failed_step_names_its_cause_and_keeps_the_words_of_pip(output: str) -> None:
    explained = explain(output)
    assert CAUSES[output] in explained.partition("\n")[0]
    assert output.splitlines()[-1] in explained


def test_the_network_is_named_only_where_it_is_the_network() -> None:
    assert [output for output in CAUSES if "network" in explain(output)] == [
        output for output, cause in CAUSES.items() if "network" in cause
    ]


def test_after_an_upgrade_of_python_nothing_is_installed(checkout: Path, fail_on_pip: None) -> None:  # noqa: ARG001
    python = be_set_up(checkout)
    python.unlink()  # the Python that it pointed to is gone
    install(USE)
    assert subprocess.run([python, "-c", "print(1)"], capture_output=True, text=True, check=True).stdout == "1\n"


def test_line_ends_do_not_count(checkout: Path) -> None:
    before = virtual_environment.fingerprint()
    (checkout / "pyproject.toml").write_bytes(b"[project]\r\n")
    assert virtual_environment.fingerprint() == before


def test_a_failure_is_one_clear_line_and_an_exit_code(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str) -> None:
        raise SetupError("the package index cannot be reached: is there a network?")

    monkeypatch.setattr(virtual_environment, "install", fail)
    assert run("coach", []) == 3
    assert capsys.readouterr().err == "set-up failed: the package index cannot be reached: is there a network?\n"
    assert not (checkout / ".venv").exists()


def test_ctrl_c_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(virtual_environment, "install", interrupt)
    assert run("coach", []) == 130
    assert capsys.readouterr().err == "\nset-up was interrupted; the next run goes on with it\n"


def test_a_stray_package_on_the_path_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text("raise SystemExit('a stray click')")
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r})\nimport virtual_environment as it\n"
    program += f"it.install = lambda extra: None\nit.BIN = it.Path({str(Path(sys.executable).parent)!r})\n"
    program += "sys.exit(it.run('python', ['-c', 'import click; print(click.Command.__name__)']))"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("Command\n", "")
