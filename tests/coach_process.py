"""The coach as a command in a process of its own, as its users run it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COACH = [sys.executable, "-m", "coach"]
_STYLING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


def environment(**changes: str | None) -> dict[str, str]:
    """This process's own, in plain UTF-8 and with changes; None takes a variable away."""
    wanted = {**os.environ, "LC_ALL": "C.UTF-8", **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def coach(*arguments: str | Path, folder: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run a command to its end, with no terminal in sight."""
    done = subprocess.run(
        [*COACH, *map(str, arguments)],
        cwd=folder,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


def plan(*arguments: str | Path, folder: Path | None = None) -> dict[str, Any]:
    """The plan of a session, as `coach plan --json` prints it."""
    ran = coach("plan", *arguments, "--json", folder=folder)
    assert (ran.code, ran.err) == (0, "")
    read: dict[str, Any] = json.loads(ran.out)
    return read


def rendered(session: str | Path, target: Path, *arguments: str | Path) -> Path:
    """A session, rendered to a file."""
    ran = coach("render", session, *arguments, "-o", target)
    assert ran == Ran(code=0, out=f"{target}\n", err="")
    return target


def has_terminals() -> bool:
    """Windows has none of this kind, and a bare container may lack /dev/pts."""
    try:
        for end in os.openpty():
            os.close(end)
    except (AttributeError, OSError):
        return False
    return True


def at_a_terminal(*arguments: str | Path, folder: Path | None = None) -> list[str]:
    """The lines that a command shows in a terminal, without colours and without what it wrote over."""
    ours, theirs = os.openpty()
    command = [*COACH, *map(str, arguments)]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs) as coach:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert coach.returncode == 0
    lines = _STYLING.sub("", shown.decode()).replace("\r\n", "\n").splitlines()
    return [line.rpartition("\r")[2] for line in lines]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 12)
    except OSError:  # how Linux tells that the other end was closed
        return b""
