"""A page that is followed word for word: its commands typed at a terminal, its edits made in a file, in a new checkout.

What a page may show, each in a fence of its own:

- ``console``: commands after ``$``, each with all that it prints beneath it; ``^C`` is where its author ends it. One
  that goes on prints on in the ``text`` fences that follow, until then.
- ``yaml title="Find"``, then ``yaml title="Write instead"``: lines of the file, and what to write in their place; in
  Dutch ``Zoek`` and ``Maak ervan``.
- ``yaml title="NAME"``: the whole of a file as it is by now.
"""

import fcntl
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_examples import DOCS, Fence, fences

ROOT = DOCS.parent
FIND = ('title="Find"', 'title="Zoek"')
WRITE = ('title="Write instead"', 'title="Maak ervan"')
WIDTH = 110
PATIENCE_S = 180.0
GO_ON = ("watch", "hear")
CTRL_C = "^C"
_STYLING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")
_VARYING = (
    (re.compile(r"http://127\.0\.0\.1:\d+\S*"), "http://127.0.0.1:49152/"),
    (re.compile(r"^\d\d:\d\d:\d\d(?=  )", re.MULTILINE), "09:41:00"),
    (re.compile(r"\d+\.\d MB"), "12.0 MB"),
    (re.compile(r"^espeak (?:zegt|says) .*\n?", re.MULTILINE), ""),  # where the model of a neural voice is missing
)
_BAR = re.compile(r"^.*[━╸╺].*\n?", re.MULTILINE)


def steadied(text: str) -> str:
    """Output with what differs from run to run, or from machine to machine, made equal."""
    for varying, steady in _VARYING:
        text = varying.sub(steady, text)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait for something that a person would wait for, too."""
    given_up_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < given_up_s, f"{what}: waited for {PATIENCE_S:.0f} s"
        time.sleep(0.02)


def agrees(shown: str, truth: str) -> bool:
    """Whether what is shown is what there is to see; a line with only … stands for any that are left out."""
    pieces = re.split(r"^…$", steadied(shown), flags=re.MULTILINE)
    return re.fullmatch(".*".join(map(re.escape, pieces)), steadied(truth), re.DOTALL) is not None


def checkout(folder: Path) -> None:
    """A copy of the project as someone new has it, set up from this environment instead of the network."""
    for name in ("coach", "sessions", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    packages = venv / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (packages / "present.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    program = venv / "bin" / "coach"
    start = f"#!{venv}/bin/python\nimport sys\nfrom coach.cli import main\nsys.exit(main())\n"
    program.write_text(start, encoding="utf-8")
    program.chmod(0o755)
    stamp = "import virtual_environment as it; (it.VENV / f'installed{it.USE}.sha256').write_text(it.fingerprint())"
    subprocess.run([str(venv / "bin" / "python"), "-c", stamp], cwd=folder / "scripts", check=True)


def _at_this_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C typed there reaches what runs there


class Running:
    """A command at a terminal, and what it has printed so far."""

    def __init__(self, command: str, folder: Path, environment: dict[str, str]) -> None:
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (50, WIDTH))
        self._process = subprocess.Popen(
            shlex.split(command),
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_at_this_terminal,  # noqa: PLW1509 - it only takes this terminal, and no lock
        )
        os.close(theirs)
        os.set_blocking(self._ours, False)
        self._printed = b""

    def press_ctrl_c(self) -> None:
        """Ask it to end."""
        os.write(self._ours, b"\x03")

    def close(self) -> None:
        """Leave the terminal; what still runs there ends with it."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._ours)

    def ended(self) -> bool:
        """Whether it has come to its end, with all it had to print."""
        over = self._process.poll() is not None
        self._read()
        return over

    def printed(self) -> str:
        """All that stands on the terminal, without styling and bars of progress."""
        self._read()
        text = _STYLING.sub("", self._printed.decode(errors="ignore")).replace("\r\n", "\n")
        lines = [line.rpartition("\r")[2] for line in text.split("\n")]
        return _BAR.sub("", "\n".join(lines))

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._ours, 1 << 16)
            except OSError:  # nothing now, or nothing any more
                return
            if not piece:
                return
            self._printed += piece


@dataclass(frozen=True, kw_only=True, slots=True)
class StandIn:
    """A command that is quicker than one of the page, and prints the same but for one piece."""

    command: str
    prints: str = ""
    instead_of: str = ""


class Walk:
    """A walk through a page: what it shows, and what there really is to see.

    Args:
        page: its name in docs/.
        folder: where the commands are typed.
        edited: the name of the file that the page edits.
        environment: all variables that they have.
        stand_ins: by command, what is typed in its place.
    """

    def __init__(
        self, page: str, folder: Path, edited: str, environment: dict[str, str], stand_ins: Mapping[str, StandIn]
    ) -> None:
        self._fences = iter(fences(page))
        self._folder = folder
        self._edited = folder / edited
        self._environment = environment
        self._stand_ins = stand_ins
        self._running: Running | None = None
        self._seen = 0

    def steps(self) -> Iterator[tuple[Fence, str]]:
        """Every fence that can be compared, with what stands in it in truth."""
        for fence in self._fences:
            match fence.language, fence.note:
                case "console", _:
                    yield fence, "\n".join(self._typed(command, shown) for command, shown in typed(fence))
                case "text", _:
                    yield fence, self._printed_next(fence.text)
                case "yaml", note if note in FIND:
                    self._edit(fence, next(self._fences))
                case "yaml", note:
                    yield fence, (self._folder / note.removeprefix("title=").strip('"')).read_text(encoding="utf-8")
        self._leave()

    def _typed(self, command: str, shown: str) -> str:
        self._leave()
        other = self._stand_ins.get(command, StandIn(command=command))
        self._running, self._seen = Running(other.command, self._folder, self._environment), 0
        printed = self._printed_next(shown, goes_on=command.split()[1] in GO_ON)
        return f"$ {command}\n{printed.replace(other.prints, other.instead_of)}"

    def _printed_next(self, shown: str, *, goes_on: bool = True) -> str:
        """What is printed next: to the end, or as much as is shown if the command goes on after that."""
        assert self._running is not None, "nothing is running"
        running = self._running
        before, ended_by_hand, _ = shown.partition(CTRL_C)
        until(lambda: running.ended() or (goes_on and agrees(before, self._news())), shown)
        if ended_by_hand:
            running.press_ctrl_c()
            until(running.ended, "Ctrl-C")
        news = self._news()
        self._seen += len(news)
        return news

    def _news(self) -> str:
        assert self._running is not None
        return self._running.printed()[self._seen :]

    def _edit(self, find: Fence, write: Fence) -> None:
        assert write.note in WRITE, f"{write}: {find} says what to find, and nothing what to write"
        path = self._edited
        text = path.read_text(encoding="utf-8")
        assert text.count(find.text) == 1, f"{find}: {path.name} has these lines {text.count(find.text)} times"
        path.write_text(text.replace(find.text, write.text), encoding="utf-8")

    def _leave(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None


def typed(fence: Fence) -> Iterator[tuple[str, str]]:
    """The commands of a console, each with what is shown beneath it."""
    for part in f"\n{fence.text}".split("\n$ ")[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown
