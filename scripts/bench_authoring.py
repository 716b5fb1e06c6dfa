"""What checking costs an author: one session against Python itself, and a thousand of them against fewer."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench_running import COACH, ONE_CORE, Cost, Figure, Workspace, measured, typical

from coach.session import library

STARTS = 15
QUICK_STARTS = 7
MANY, QUICK_MANY = 1_000, 500


def checking(workspace: Workspace) -> Iterator[Figure]:
    """A shipped session, checked for the first time and again, each in turn with Python that does nothing."""
    costs: dict[str, list[Cost]] = {"first": [], "again": [], "python": []}
    again = _environment(workspace, "checked")
    measured([*COACH, "check", "reset-run"], again)
    for turn in range(QUICK_STARTS if workspace.quick else STARTS):
        costs["python"].append(measured([sys.executable, "-c", "pass"], again))
        costs["again"].append(measured([*COACH, "check", "reset-run"], again))
        costs["first"].append(measured([*COACH, "check", "reset-run"], _environment(workspace, f"first-{turn}")))
    python = typical(costs["python"])
    for name, words, most in (("again", "as it was when last checked", 6.0), ("first", "for the first time", 40.0)):
        coach = typical(costs[name])
        ratio = coach.wall_s / python.wall_s
        yield Figure(
            name=f"coach check of a shipped session, {words}",
            goal=f"under {most:g} x python -c pass",
            figure=f"{ratio:.1f} x ({1000 * coach.wall_s:.0f} ms against {1000 * python.wall_s:.0f})",
            holds=ratio < most,
        )


def many(workspace: Workspace) -> Iterator[Figure]:
    """Many sessions: twice as many take twice as long, two processors half as long, and a second time hardly any."""
    number = QUICK_MANY if workspace.quick else MANY
    whole, half = (_sessions(workspace.folder / f"many-{each}", each) for each in (number, number // 2))
    if not shutil.which("taskset"):
        return
    one = measured([*ONE_CORE, *COACH, "check", whole], _environment(workspace, "many-one"))
    fewer = measured([*ONE_CORE, *COACH, "check", half], _environment(workspace, "many-half"))
    yield _work(f"coach check of {number} sessions", f"of {number // 2}", one, fewer, 2.3)
    if (os.cpu_count() or 1) > 1:
        all_cores = _environment(workspace, "many-all")
        shared = measured([*COACH, "check", whole], all_cores)
        yield _ratio(f"coach check of {number} sessions on all processors", "on one", shared, one, 0.75)
        yield _ratio(
            f"coach check of {number} unchanged sessions",
            "the first time",
            measured([*COACH, "check", whole], all_cores),
            shared,
            0.1,
        )


def _work(name: str, against: str, ours: Cost, theirs: Cost, most: float) -> Figure:
    """Work against work, which nothing else that the machine does makes more or less."""
    ours, theirs = (Cost(wall_s=cost.cpu_s, cpu_s=cost.cpu_s) for cost in (ours, theirs))
    return _ratio(name, f"the work {against}", ours, theirs, most)


def _ratio(name: str, against: str, ours: Cost, theirs: Cost, most: float) -> Figure:
    ratio = ours.wall_s / theirs.wall_s
    return Figure(
        name=name,
        goal=f"at most {most:g} x {against}",
        figure=f"{ratio:.2f} x ({ours.wall_s:.1f} s against {theirs.wall_s:.1f})",
        holds=ratio <= most,
    )


def _sessions(folder: Path, number: int) -> Path:
    """A folder of sessions, each a shipped one and none the same."""
    folder.mkdir()
    shipped = [library.find(name).read_text(encoding="utf-8") for name in library.list_names()]
    for each in range(number):
        text = f"{shipped[each % len(shipped)]}\n# {each}\n"
        (folder / f"run-{each:04}.yaml").write_text(text, encoding="utf-8")
    return folder


def _environment(workspace: Workspace, cache: str) -> dict[str, str]:
    """A cache of our own, and modules compiled once, as they are where the coach is installed."""
    wanted = {**workspace.environment(cache), "PYTHONPYCACHEPREFIX": str(workspace.folder / "compiled")}
    return {name: value for name, value in wanted.items() if name != "PYTHONDONTWRITEBYTECODE"}
