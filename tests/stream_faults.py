"""Every command with every fault of its standard output and error: full, closed, and no longer read.

As a program it takes one command from its arguments, and prints for each pair of faults, as JSON, the exit code and
what was readable of both streams. Each is a fork of this process, so that the program is imported once.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from coach_process import Ran

from coach.cli import main

PAIRS = (
    ("none", "none"),
    ("full", "none"),
    ("closed", "none"),
    ("unread", "none"),
    ("none", "full"),
    ("none", "closed"),
    ("closed", "closed"),
)


def run_with_faults(*arguments: str | Path, folder: Path, env: Mapping[str, str]) -> dict[tuple[str, str], Ran]:
    """Run a command with each pair of faults, of its output and of its error, in a folder that it may write to."""
    command = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return {pair: Ran(**ran) for pair, ran in zip(PAIRS, json.loads(done.stdout), strict=True)}


def _run_once(arguments: list[str], output: str, error: str) -> dict[str, int | str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _break_stream(1, output, out.fileno())
            _break_stream(2, error, err.fileno())
            sys.argv = ["coach", *arguments]
            code = _run_main()
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return {"code": code, "out": out.read().decode(), "err": err.read().decode()}


def _run_main() -> int:
    try:
        code = int(main())
        sys.stdout.flush()  # as Python does at its end
        sys.stderr.flush()
    except BaseException as failed:  # noqa: BLE001 - reported as a code that no command has
        os.write(2, repr(failed).encode())
        return 99
    return code


def _break_stream(number: int, fault: str, whole: int) -> None:
    """Give one of the standard streams a fault, as Python finds it when it starts."""
    if fault == "closed":
        os.close(number)
    elif fault == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
    elif fault == "unread":
        reading, writing = os.pipe()
        os.dup2(writing, number)
        os.close(reading)
        os.close(writing)
    else:
        os.dup2(whole, number)
    stream = None if fault == "closed" else open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open
    setattr(sys, ("stdin", "stdout", "stderr")[number], stream)


if __name__ == "__main__":
    for library in ("numpy", "pydantic", "yaml", "coach.commands.plan", "coach.commands.render"):
        importlib.import_module(library)
    sys.stdout.write(json.dumps([_run_once(sys.argv[1:], *pair) for pair in PAIRS]))
