"""Progress bars for the terminal, drawn by rich, which is imported only where one is shown."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn


class ProgressBar:
    """One line: what is being done, a bar, and the time left. It is erased at the end."""

    def __init__(self, name: str) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(complete_style="cyan", finished_style="cyan"),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._name = escape(name)
        self._task = self._bar.add_task(self._name, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def report_speech(self, done: int, total: int) -> None:
        """Report how many of the cues have been spoken."""
        self._bar.update(self._task, description=f"{self._name}: speaking", completed=done, total=total)

    def report_sound(self, done_s: float, total_s: float) -> None:
        """Report how much of the session has been written."""
        self._bar.update(self._task, description=f"{self._name}: writing", completed=done_s, total=total_s)


class DownloadBar:
    """One line: the name, the bytes received, the speed, and the time left. It is erased at the end."""

    def __init__(self, name: str, size_bytes: int) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(complete_style="cyan", finished_style="cyan"),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(escape(name), total=size_bytes)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def has_come(self, count: int) -> None:
        """Show the number of bytes received."""
        self._bar.update(self._task, completed=count)
