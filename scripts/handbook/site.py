"""The site: built once, or served while its pages are being written."""

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from handbook.staging import ROOT, stage

CONFIGURATION = "mkdocs.yml"
_POLL_S = 1.0


def build(folder: Path) -> bool:
    """Build the site in ``folder``/build/site; False if a link or an anchor is broken, which is printed."""
    _prepare(folder)
    command = [*_zensical("build", folder), "--clean", "--strict"]
    done = subprocess.run(command, cwd=folder, check=False, stderr=subprocess.PIPE, encoding="utf-8")
    print(done.stderr.partition("Traceback")[0], end="")  # how it ends where it is strict
    return done.returncode == 0


def serve(folder: Path) -> None:
    """Serve the site until interrupted; a changed page in docs/ is shown again."""
    _prepare(folder)
    ended = Event()
    watching = Thread(target=_restage, args=(folder, ended))
    watching.start()
    try:
        subprocess.run(_zensical("serve", folder), cwd=folder, check=False)
    except KeyboardInterrupt:
        pass
    finally:
        ended.set()
        watching.join()


def _prepare(folder: Path) -> None:
    stage(folder / "build" / "pages")
    if folder != ROOT:
        shutil.copy(ROOT / CONFIGURATION, folder)


def _restage(folder: Path, ended: Event) -> None:
    while not ended.wait(_POLL_S):
        stage(folder / "build" / "pages")


def _zensical(command: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "zensical", command, "--config-file", str(folder / CONFIGURATION)]
