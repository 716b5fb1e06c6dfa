"""Makes the coach's virtual environment in .venv; a second run finds it as it should be and is instant.

Needs Python 3.11 or newer and nothing else: Debian's bare python3 has no ensurepip, so pip runs from the wheel beside
this file (pip's own, unchanged, under its MIT licence).
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CONSTRAINTS = ROOT / "scripts" / "constraints.txt"
PIP_WHEEL = next((ROOT / "scripts").glob("pip-*.whl"))
OLDEST_PYTHON = (3, 11)
USE, DOCS, TESTS = "", "[docs]", "[test]"


def run(program: str, arguments: list[str], extra: str = USE) -> int:
    """Run a program of the virtual environment, which is made or brought up to date first; its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"the coach needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        install(extra)
    except subprocess.CalledProcessError as error:
        print("set-up failed (is there a network?):", *map(str, error.cmd), file=sys.stderr)
        return 3
    command = [str(BIN / program), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - our own program, in place of this one
    return subprocess.call(command)


def install(extra: str) -> None:
    """Fill .venv with the coach and what it needs, at the versions that constraints.txt names."""
    stamps = [VENV / f"installed{installed}.sha256" for installed in {extra, TESTS}]
    if any(stamp.is_file() and stamp.read_text() == fingerprint() for stamp in stamps):
        return
    print("setting up .venv; this happens once and takes a minute or two", file=sys.stderr)
    clear = [] if is_ours() else ["--clear"]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", *clear, str(VENV)], check=True)
    pip = [str(BIN / "python"), str(PIP_WHEEL / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}{extra}"], check=True)
    (VENV / f"installed{extra}.sha256").write_text(fingerprint())


def fingerprint() -> str:
    """What decides which packages should be there: this Python, this folder, and the two files that name them."""
    parts = [sys.version.encode(), str(ROOT).encode()]
    parts += [path.read_bytes() for path in (ROOT / "pyproject.toml", CONSTRAINTS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ours() -> bool:
    """Whether .venv was made by this Python; after an upgrade, or a move of the folder, it must be made anew."""
    try:
        said = subprocess.run(
            [str(BIN / "python"), "-c", "import sys; print(sys.version, sys.prefix)"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.strip() == f"{sys.version} {VENV}"
