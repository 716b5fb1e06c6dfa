"""`coach watch` in a process of its own, as an author has it beside their editor."""

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import coach_process
from pulse_server import until

_TIME = re.compile(r"^\d\d:\d\d:\d\d  ")


class Watch:
    """A running `coach watch`."""

    def __init__(self, coach: "subprocess.Popen[str]", url: str) -> None:
        self.url = url
        self.coach = coach
        self._printed: list[str] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    @property
    def printed(self) -> list[str]:
        """The lines in the terminal so far, without the time of day."""
        return [_TIME.sub("", line) for line in self._printed]

    def wait_for_saves(self, saves: int) -> list[str]:
        """Wait until so many saves were reported; return the lines in the terminal."""
        until(lambda: sum(map(bool, map(_TIME.match, self._printed))) == saves, f"{saves} saves are printed")
        return self.printed

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.coach.send_signal(signal.SIGINT)
        return self.coach.wait()

    def end(self) -> None:
        """End it, if it has not ended yet."""
        self.coach.kill()
        self._reading.join()

    def _read(self) -> None:
        assert self.coach.stderr is not None
        for line in self.coach.stderr:
            self._printed.append(line.rstrip("\n"))


@contextmanager
def watched(session: Path, *options: str) -> Iterator[Watch]:
    """Watch a session until the context is left."""
    command = [*coach_process.COACH, "watch", session.name, *options]
    with subprocess.Popen(
        command,
        cwd=session.parent,
        env=coach_process.environment(BROWSER=None, DISPLAY=None),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as coach:
        assert coach.stdout is not None
        url = re.fullmatch(r"(http://127\.0\.0\.1:\d+/[\w-]{32}/)  \(Ctrl-C ends it\)\n", coach.stdout.readline())
        assert url is not None
        watch = Watch(coach, url[1])
        try:
            yield watch
        finally:
            watch.end()
