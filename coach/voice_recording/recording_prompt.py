"""A reader at the terminal: asked by lines, and shown a level that moves only where it can."""

import sys
import threading
import time
from collections.abc import Callable, Iterator

import click

from coach.devices.registry import find_backend
from coach.sounds.clip import Clip, Samples
from coach.text.cell_width import clean_text
from coach.text.console import echo_line

LOOKS_S = 0.1

_LEVEL_CELLS = 60


class TerminalPrompt:
    """See ``coach.voice_recording.recorder.RecordingPrompt``."""

    def show(self, text: str) -> None:
        """Print a line that may hold a session's words."""
        echo_line(text[: len(text) - len(text.lstrip())] + clean_text(text))

    def ask(self, question: str) -> str:
        """One answer."""
        click.echo(f"{question} > ", nl=False)
        return _line()

    def until_enter(self) -> Iterator[None]:
        """Come by until a line was typed, or nobody is there any more."""
        click.echo("Recording. Press Enter when you have said it.")
        typed = threading.Event()

        def wait() -> None:
            _line()
            typed.set()

        threading.Thread(target=wait, daemon=True).start()
        while not typed.wait(LOOKS_S):
            yield

    def level(self, text: str) -> None:
        """Write over the last level."""
        if sys.stdout.isatty():
            click.echo(f"\r{text:{_LEVEL_CELLS}}\r", nl=False)


def _line() -> str:
    line = sys.stdin.readline()
    return line.strip().lower() if line else "q"


def hear(clip: Clip, wait: Callable[[float], None] = time.sleep) -> None:
    """Play a recording once, on the default device.

    Raises:
        OutsideError: there is nothing to play on.
    """
    import numpy as np  # noqa: PLC0415 - only where there is sound

    rest = np.repeat(clip.samples, 2, axis=1)

    def pull(frames: int) -> Samples:
        nonlocal rest
        now, rest = rest[:frames], rest[frames:]
        return np.pad(now, ((0, frames - len(now)), (0, 0)))

    output = find_backend("speaker").open(None, clip.rate_hz)
    try:
        output.start(pull)
        while len(rest) and not output.lost:
            wait(LOOKS_S)
        wait(2 * output.latency_s)
    finally:
        output.close()
