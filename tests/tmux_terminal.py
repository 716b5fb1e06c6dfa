"""A terminal of 80 by 24, in tmux: keys go in, and what its user would see comes out."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PATIENCE_S = 20.0
BETWEEN_LOOKS_S = 0.05
UNSET = ("-u", "NO_COLOR", "-u", "COLUMNS", "-u", "LINES")  # a test runner may set them; a terminal has its own size


class Terminal:
    """A program in a terminal of its own, on a tmux server of its own."""

    def __init__(self, tmux: str, folder: Path, *, width: int = 80, height: int = 24) -> None:
        self._tmux = [tmux, "-u", "-S", str(folder / "tmux"), "-f", os.devnull]
        self._size = ["-x", str(width), "-y", str(height)]

    def run(self, command: Sequence[str], **environment: str) -> None:
        """Start a program; the terminal stays when it ends."""
        settings = [f"{name}={value}" for name, value in environment.items()]
        program = shlex.join(["env", *UNSET, *settings, *command])
        self._ask("new-session", "-d", *self._size, f"{program}; echo ended with $?; sleep 60")

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        self._ask("send-keys", *keys)

    def resize(self, width: int, height: int) -> None:
        """Make it larger or smaller."""
        self._ask("resize-window", "-x", str(width), "-y", str(height))

    def screen(self, *, colours: bool = False) -> str:
        """What is on the screen, a line for each row; with colours as escape sequences if asked for."""
        return self._ask("capture-pane", "-p", *["-e"] * colours)

    def wait_for(self, seen: Callable[[str], bool]) -> str:
        """Look until the screen is as expected, and give it; after a while, give what there is then."""
        until = time.monotonic() + PATIENCE_S
        while not seen(screen := self.screen()) and time.monotonic() < until:
            time.sleep(BETWEEN_LOOKS_S)
        return screen

    def close(self) -> None:
        """End the program and the server."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)

    def _ask(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], check=True, capture_output=True, encoding="utf-8")
        return done.stdout
