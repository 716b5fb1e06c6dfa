"""Console output: lines for a terminal whose encoding may lack some letters, errors, and progress."""

import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, Self, TextIO

import click

from coach.errors import CoachError, ExternalError
from coach.translation import _

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.progress import ProgressColumn


class StandardStreams:
    """Standard input, output and error of the process, guarded: no write to them ever raises.

    Output that its reader no longer wants (``| head``) is discarded, as is standard error that cannot be written. The
    first other error of standard output is kept in `output_error`. A stream that was closed before we began is opened
    on the null device, so that no file of ours gets its number.
    """

    def __init__(self) -> None:
        _open_closed_descriptors()
        if sys.stdin is None:
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open
        self._output, sys.stdout = _guard_stream(sys.stdout, 1)
        self._error, sys.stderr = _guard_stream(sys.stderr, 2)

    @property
    def output_error(self) -> OSError | None:
        """Why standard output could not be written; None if it was, or if its reader has closed it."""
        sys.stdout.flush()
        error = self._output.error
        return None if error is None or _is_closed_by_reader(error) else error


def _open_closed_descriptors() -> None:
    """Open the null device for each closed stream: read-only for output, so that a write to it is noticed."""
    for descriptor, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)  # it gets the lowest free number  # noqa: FBT003


class _GuardedFile(io.RawIOBase):
    """A file whose first error is kept, and whatever is written after it discarded."""

    def __init__(self, raw: io.RawIOBase, stream: TextIO | None = None) -> None:
        self._raw = raw
        self._stream = stream  # which closes its file when nothing refers to it
        self._ahead = b""
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, data: "ReadableBuffer") -> int:
        counts: list[int | None] = []
        try:
            return self._write(data, counts)
        except BaseException:  # Ctrl-C, after which the buffer writes the same once more
            self._ahead = bytes(memoryview(data)[: counts[-1] or 0]) if counts else b""
            raise

    def _write(self, data: "ReadableBuffer", counts: list[int | None]) -> int:
        """Write data, unless it has been written already; add to ``counts`` how many bytes each attempt wrote."""
        ahead, self._ahead = self._ahead, b""
        if ahead and memoryview(data)[: len(ahead)] == ahead:
            return len(ahead)
        while self.error is None:
            try:
                counts.extend(map(self._raw.write, (data,)))  # one step, within which no signal is handled
                if counts[-1] is not None:
                    return counts[-1]
                select.select([], [self._raw], [])  # another program has made the stream non-blocking
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


def _guard_stream(stream: TextIO | None, descriptor: int) -> tuple[_GuardedFile, TextIO]:
    """Open a stream that writes to the same file, and a file that keeps its error."""
    if stream is None:
        guarded = _GuardedFile(io.FileIO(descriptor, "w", closefd=False))
        return guarded, io.TextIOWrapper(io.BufferedWriter(guarded), encoding="utf-8", errors="backslashreplace")
    stream.flush()
    raw: Any = getattr(stream.buffer, "raw", stream.buffer)  # the raw file itself where Python does not buffer
    guarded = _GuardedFile(raw, stream)
    return guarded, io.TextIOWrapper(
        io.BufferedWriter(guarded),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=descriptor != 1 or bool(stream.line_buffering or getattr(stream, "write_through", False)),
    )


def _is_closed_by_reader(error: OSError) -> bool:
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)


def can_encode(text: str) -> bool:
    """Return whether the encoding of standard output has every character of a text."""
    try:
        text.encode(_find_encoding())
    except UnicodeEncodeError:
        return False
    return True


def echo_line(text: str) -> None:
    """Print a text; a letter that standard output cannot encode loses its accents, or becomes a question mark."""
    click.echo(text if can_encode(text) else "".join(map(_replace_letter, text)))


def print_error(error: CoachError) -> None:
    """Print on standard error what failed, and what to do about it, without control characters."""
    from coach.text.sanitize import escape_control_characters  # noqa: PLC0415 - most commands end without an error

    lines = [_("error: {error}", error=escape_control_characters(str(error)))]
    if isinstance(error, ExternalError) and error.help:
        lines.append(_("help: {help}", help=escape_control_characters(error.help)))
    click.echo("\n".join(lines), err=True)


def _replace_letter(letter: str) -> str:
    if can_encode(letter):
        return letter
    from coach.text.sanitize import strip_accent  # noqa: PLC0415 - most terminals show every letter

    plain = strip_accent(letter)
    return plain if can_encode(plain) else "?"


def _find_encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


class ProgressReporter(Protocol):
    """Receives how far a long task is."""

    def report_speech(self, done: int, total: int) -> None:
        """Report how many of the cues have been spoken."""

    def report_sound(self, done_s: float, total_s: float) -> None:
        """Report how much of the session has been written."""


class _HiddenProgress:
    def report_speech(self, done: int, total: int) -> None:
        """Show nothing."""

    def report_sound(self, done_s: float, total_s: float) -> None:
        """Show nothing."""


@contextmanager
def show_progress(name: str) -> Iterator[ProgressReporter]:
    """Show a bar with the time left while a file is made, on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield _HiddenProgress()
        return
    with ProgressBar(name) as bar:
        yield bar


class _Bar:
    """One line at a terminal, erased at the end: a name, a bar, the columns named, and the time left."""

    def __init__(self, name: str, size: float | None, *columns: "ProgressColumn") -> None:
        from rich import progress  # noqa: PLC0415 - rich, only at a terminal
        from rich.console import Console  # noqa: PLC0415 - the same
        from rich.markup import escape  # noqa: PLC0415 - the same

        self._name = escape(name)
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(complete_style="cyan", finished_style="cyan"),
            *columns,
            progress.TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(self._name, total=size)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


class ProgressBar(_Bar):
    """One line: what is being done, a bar, and the time left. It is erased at the end."""

    def __init__(self, name: str) -> None:
        super().__init__(name, None)

    def report_speech(self, done: int, total: int) -> None:
        """Report how many of the cues have been spoken."""
        self._bar.update(self._task, description=_("{name}: speaking", name=self._name), completed=done, total=total)

    def report_sound(self, done_s: float, total_s: float) -> None:
        """Report how much of the session has been written."""
        self._bar.update(self._task, description=_("{name}: writing", name=self._name), completed=done_s, total=total_s)


class DownloadBar(_Bar):
    """One line: the name, the bytes received, the speed, and the time left. It is erased at the end."""

    def __init__(self, name: str, size_bytes: int) -> None:
        from rich.progress import DownloadColumn, TransferSpeedColumn  # noqa: PLC0415 - rich, only at a terminal

        super().__init__(name, size_bytes, DownloadColumn(), TransferSpeedColumn())

    def show_received(self, count: int) -> None:
        """Show the number of bytes received."""
        self._bar.update(self._task, completed=count)
