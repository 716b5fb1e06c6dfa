"""Prints the figures that the coach holds itself to, each with its goal: ``.venv/bin/python scripts/bench.py``.

Times are compared within one run only, the two sides in turns, as no two machines or moments are alike.
"""

import argparse
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator

import bench_authoring
import bench_fit
import bench_live
import bench_send
import bench_sound
import bench_speed
import bench_watch
from bench_running import Figure, Workspace, temporary_workspace

FIGURES: dict[str, Callable[[Workspace], Iterator[Figure]]] = {
    "memory": bench_speed.memory,
    "bed-memory": bench_speed.bed_memory,
    "help": bench_speed.starting,
    "render": bench_speed.rendering,
    "mixing": bench_speed.mixing,
    "identical": bench_speed.repeating,
    "ticks": bench_sound.ticks,
    "steps": bench_sound.steps,
    "reading": bench_sound.reading,
    "loudness": bench_sound.loudness,
    "words": bench_sound.understanding,
    "fit": bench_fit.fitting,
    "author-check": bench_authoring.checking,
    "author-many": bench_authoring.many,
    "live-start": bench_live.starting,
    "live-keys": bench_live.keys,
    "live-screen": bench_live.screen,
    "live-memory": bench_live.memory,
    "live-steady": bench_live.steady,
    "live-busy": bench_live.busy,
    "send": bench_send.downloading,
    "author-plan": bench_watch.planning,
    "author-watch": bench_watch.saving,
}
PROGRAMS = ("curl", "lame", "ffmpeg", "ffprobe", "pulseaudio", "pactl", "parec", "tmux")
_COLUMNS = "{:<58} {:<48} {:<70} {}"


def main() -> int:
    """Print the table; 1 if a goal is missed."""
    arguments = _arguments()
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING, format="%(message)s")
    logging.getLogger("faster_whisper").setLevel(logging.WARNING)
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        packages = "curl lame ffmpeg pulseaudio pulseaudio-utils tmux"
        raise SystemExit(f"the bench needs {' and '.join(missing)}, not found here; on Debian: apt install {packages}")
    print(f"{os.cpu_count()} processors, load {_load()} before")
    print(_COLUMNS.format("figure", "goal", "measured", "verdict"))
    missed = 0
    with temporary_workspace(quick=arguments.quick) as workspace:
        for name in _named(arguments.only):
            for figure in FIGURES[name](workspace):
                verdict = "holds" if figure.holds else "MISSED"
                print(_COLUMNS.format(figure.name, figure.goal, figure.figure, verdict), flush=True)
                missed += not figure.holds
    print(f"{missed or 'none'} missed; load {_load()} after")
    return 1 if missed else 0


def _named(asked: list[str] | None) -> list[str]:
    """The figures that are asked for, by their names or by what several names begin with."""
    return [name for name in FIGURES if not asked or name in asked or name.partition("-")[0] in asked]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Print the figures that the coach holds itself to.")
    parser.add_argument("--quick", action="store_true", help="fewer turns and fewer sessions")
    names = [*FIGURES, *sorted({name.partition("-")[0] for name in FIGURES if "-" in name})]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=f"one of {', '.join(names)}")
    parser.add_argument("--verbose", action="store_true", help="show what was misunderstood")
    return parser.parse_args()


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    sys.exit(main())
