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
    """A watch that has begun."""

    def __init__(self, coach: "subprocess.Popen[str]", url: str) -> None:
        self.url = url
        self.coach = coach
        self._told: list[str] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    @property
    def told(self) -> list[str]:
        """The lines in the terminal so far, without the time of day."""
        return [_TIME.sub("", line) for line in self._told]

    def tells(self, saves: int) -> list[str]:
        """The lines in the terminal once so many saves have been told."""
        until(lambda: sum(map(bool, map(_TIME.match, self._told))) == saves, f"{saves} saves are told")
        return self.told

    def interrupt(self) -> int:
        """Ctrl-C, and how it ends."""
        self.coach.send_signal(signal.SIGINT)
        return self.coach.wait()

    def end(self) -> None:
        """End it, if it has not ended yet."""
        self.coach.kill()
        self._reading.join()

    def _read(self) -> None:
        assert self.coach.stderr is not None
        for line in self.coach.stderr:
            self._told.append(line.rstrip("\n"))


@contextmanager
def watched(session: Path, *options: str) -> Iterator[Watch]:
    """A session being watched until this is left."""
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
        told = re.fullmatch(r"(http://127\.0\.0\.1:\d+/[\w-]{32}/)  \(Ctrl-C ends it\)\n", coach.stdout.readline())
        assert told is not None
        watch = Watch(coach, told[1])
        try:
            yield watch
        finally:
            watch.end()
