"""The virtual environment in .venv, made on first use; a second run finds it as it should be and is instant.

It needs Python 3.11 or newer and nothing else: Debian's bare python3 has no ensurepip, so pip runs from the wheel
beside this file (pip's own, unchanged, under its MIT licence).
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = "python.exe" if os.name == "nt" else "python"
CONSTRAINTS = ROOT / "scripts" / "constraints.txt"
PIP_WHEEL = next((ROOT / "scripts").glob("pip-*.whl"))
USE, DOCS, TESTS = "[all]", "[all,docs]", "[all,test]"
INTERRUPTED = 130

# What a user has set for other installations would put packages elsewhere, refuse them, or take others.
_PIP_SETTINGS = {
    "PIP_USER": "0",
    "PIP_REQUIRE_HASHES": "0",
    "PIP_ONLY_BINARY": ":none:",
    "PIP_NO_BINARY": ":none:",
    "PIP_NO_DEPS": "0",
    "PIP_REQUIRE_VIRTUALENV": "0",
    "PIP_DRY_RUN": "0",
    "PIP_BREAK_SYSTEM_PACKAGES": "0",
}
_DROPPED = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_CONSTRAINT", "PYTHONPATH", "PYTHONHOME")

_CAUSES = (
    (r"No space left|Disk quota", "the disk is full: .venv needs about {room_mb} MB, and {free_mb} MB are free"),
    (r"Read-only file system|Permission denied|Access is denied", "{root} cannot be written to"),
    (r"CERTIFICATE_VERIFY|SSLError", "the package index is not trusted; PIP_CERT may name its certificate"),
    (
        r"NewConnectionError|NameResolution|Max retries|Connect\w*Timeout|ReadTimeout|Proxy|Temporary failure",
        "the package index cannot be reached: is there a network?",
    ),
    (
        r"error: command|subprocess-exited-with-error|Failed building wheel|Failed to build",
        "a package has no ready wheel for this system and cannot be compiled here",
    ),
    (r"Could not find a version|No matching distribution", "the package index lacks a package for this system"),
)
_ROOM_MB = 1500


class SetupError(Exception):
    """What set-up could not do, in one line or a few."""


def run(program: str, arguments: list[str], extra: str = USE, python_path: Path | None = None) -> int:
    """Run a program of the virtual environment, which is made or brought up to date first; its exit code."""
    try:
        install(extra)
    except (SetupError, OSError) as error:
        print(f"set-up failed: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\nset-up was interrupted; the next run goes on with it", file=sys.stderr)
        return INTERRUPTED
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    if python_path is not None:
        environment["PYTHONPATH"] = str(python_path)
    command = [str(BIN / program), *arguments]
    if os.name != "nt":
        os.execve(command[0], command, environment)  # noqa: S606 - our own program, in place of this one
    return subprocess.call(command, env=environment)


def install(extra: str) -> None:
    """Fill .venv with the coach and what it needs, at the versions that constraints.txt names.

    Raises:
        SetupError: with the cause, as far as pip's output tells it, and pip's own words.
    """
    stamps = [VENV / f"installed{installed}.sha256" for installed in {extra, TESTS}]
    if any(stamp.is_file() and stamp.read_text() == fingerprint() for stamp in stamps):
        if not (BIN / PYTHON).exists():  # the Python it was made with is gone, after an upgrade to the next 3.x.y
            call([sys.executable, "-m", "venv", "--without-pip", "--upgrade", str(VENV)])
        return
    print("setting up .venv; this happens once and takes a minute or two", file=sys.stderr)
    clear = [] if is_ours() else ["--clear"]
    call([sys.executable, "-m", "venv", "--without-pip", *clear, str(VENV)])
    pip = [str(BIN / PYTHON), str(PIP_WHEEL / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    call([*pip, "--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}{extra}"])
    (VENV / f"installed{extra}.sha256").write_text(fingerprint())


def call(command: list[str]) -> None:
    """Run a step of the set-up; what it prints is shown only where it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in _DROPPED} | _PIP_SETTINGS
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode < 0:
        raise SetupError(f"{Path(command[0]).name} was ended by signal {-ended.returncode}")
    if ended.returncode:
        raise SetupError(explain(ended.stdout + ended.stderr))


def explain(output: str) -> str:
    """Name the cause that a failed step's output tells, with the lines that tell it."""
    told = [line.strip() for line in output.splitlines() if re.match(r"\s*(ERROR|error|Error)\b", line)]
    shown = "\n  ".join(told[-3:] or output.strip().splitlines()[-3:])
    free_mb = shutil.disk_usage(ROOT).free // 1_000_000
    for pattern, cause in _CAUSES:
        if re.search(pattern, output):
            return f"{cause.format(root=ROOT, room_mb=_ROOM_MB, free_mb=free_mb)}\n  {shown}"
    return f"pip said:\n  {shown}"


def fingerprint() -> str:
    """Compute what decides which packages belong in .venv: Python 3.x, system, folder, and the files that name them.

    Not the last number of a Python's version: packages stay right after an upgrade from 3.12.1 to 3.12.2.
    """
    parts = [str(sys.implementation.cache_tag).encode(), sysconfig.get_platform().encode(), str(ROOT).encode()]
    parts += [path.read_bytes().replace(b"\r\n", b"\n") for path in (ROOT / "pyproject.toml", CONSTRAINTS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ours() -> bool:
    """Whether .venv is of this Python 3.x and in this folder; after a move of the folder it must be made anew."""
    program = "import sys; print(sys.implementation.cache_tag, sys.prefix)"
    try:
        told = subprocess.run([str(BIN / PYTHON), "-c", program], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return told.strip() == f"{sys.implementation.cache_tag} {VENV}"
