"""A progress bar for the terminal, which is not there when nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Told how far things are."""

    def speech(self, done: int, total: int) -> None:
        """So many cues of so many have been spoken."""

    def sound(self, done_s: float, total_s: float) -> None:
        """So much of the session has been written."""


class _Unseen:
    def speech(self, done: int, total: int) -> None:
        """Nobody looks."""

    def sound(self, done_s: float, total_s: float) -> None:
        """Nobody looks."""


@contextmanager
def progress(name: str) -> Iterator[Progress]:
    """A bar with the time left while a file is made, on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield _Unseen()
        return
    from coach.commands.progress_bar import ProgressBar  # noqa: PLC0415 - rich costs more than a cached plan

    with ProgressBar(name) as bar:
        yield bar
