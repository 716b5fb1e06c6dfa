"""Programs run and measured, in a temporary folder: the user's cache is never touched."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

COACH = (sys.executable, "-m", "coach")
FFMPEG = "ffmpeg"
ONE_CORE = ("taskset", "-c", "0")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    goal: str
    figure: str
    holds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a program took: seconds by the clock, and seconds of work of it and all that it started."""

    wall_s: float
    cpu_s: float


def measured(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> Cost:
    """Run a program and its children to their end."""
    start_s = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start_s
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return Cost(wall_s=wall_s, cpu_s=used.ru_utime + used.ru_stime)


def typical(costs: Sequence[Cost]) -> Cost:
    """The medians."""
    return Cost(wall_s=median(cost.wall_s for cost in costs), cpu_s=median(cost.cpu_s for cost in costs))


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """A temporary folder to measure in, and how thorough to be.

    ``rounds`` is how often each side of a comparison is run, in turns. ``quick`` asks for less of everything.
    """

    folder: Path
    rounds: int
    quick: bool

    def environment(self, cache: str = "cache") -> dict[str, str]:
        """This process's environment, with a cache of our own."""
        return {**os.environ, "COACH_CACHE_DIR": str(self.folder / cache)}

    def coach(self, *arguments: str | Path, cache: str = "cache") -> Cost:
        """Run the coach."""
        return measured([*COACH, *arguments], self.environment(cache))

    def render(self, session: str | Path, target: str, *options: str, cache: str = "cache") -> Path:
        """A session as a file in the folder."""
        path = self.folder / target
        self.coach("render", session, "-o", path, *options, cache=cache)
        return path

    def plan(self, session: str | Path, *options: str) -> dict[str, Any]:
        """The plan that a render follows."""
        command = [*COACH, "plan", str(session), "--json", *options]
        told = subprocess.run(command, check=True, capture_output=True, env=self.environment()).stdout
        plan: dict[str, Any] = json.loads(told)
        return plan

    def session(self, name: str, text: str) -> Path:
        """A session written for the bench."""
        path = self.folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def temporary_workspace(*, quick: bool) -> Iterator[Workspace]:
    """A workspace, deleted when the work is done."""
    with TemporaryDirectory(prefix="coach-bench-") as folder:
        yield Workspace(folder=Path(folder), rounds=1 if quick else 3, quick=quick)
