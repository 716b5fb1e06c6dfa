"""Log file of a command: versions, options, devices and faults, so that a glitch on another machine can be reported.

It contains nothing private: no session texts, no diary answers, no path of the home folder.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import coach
from coach.errors import ExternalError

if TYPE_CHECKING:  # few commands write a log, and the others need not wait for it
    import logging

FILE = "coach.log"

# A larger file is renamed, over the previous one: a few hundred runs are kept.
MAX_BYTES = 256 * 1024

PACKAGES = (
    "click",
    "espeakng-loader",
    "hibari-tts",
    "imageio-ffmpeg",
    "lameenc",
    "miniaudio",
    "numpy",
    "onnxruntime",
    "piper-tts",
    "pydantic",
    "pyttsx3",
    "soundfile",
    "soxr",
    "textual",
)

_PRIVATE = ("--set", "--speaker", "--licence")
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class CommandLog:
    """Writes the log of one command. If the file cannot be written, the command continues without it."""

    def __init__(self, arguments: Iterable[str]) -> None:
        self._arguments = tuple(arguments)
        self._handlers: list[logging.Handler] = []
        self._path: Path | None = None

    def start(self, *, verbose: bool = False) -> None:
        """Log every module of the coach to the file from now on, and with ``verbose`` to standard error."""
        import logging  # noqa: PLC0415 - few commands write a log

        self._path, file = _open_file()
        streams = ([file] if file else []) + ([_StandardError()] if verbose else [])
        self._handlers = [logging.StreamHandler(stream) for stream in streams] or [logging.NullHandler()]
        logger = logging.getLogger("coach")
        logger.setLevel(logging.DEBUG if verbose else logging.INFO)
        logger.propagate = False  # some packages, such as fit-tool, print whatever reaches the root
        for handler in self._handlers:
            handler.setFormatter(logging.Formatter(_FORMAT))
            logger.addHandler(handler)
        logger.info("coach %s", " ".join(mask_arguments(self._arguments)))

    def write_error(self, error: BaseException) -> Path | None:
        """Write the traceback of an error; return the log file, or None if there is none."""
        import logging  # noqa: PLC0415 - few commands write a log

        if not self._handlers:
            self.start()
        logging.getLogger("coach").error("internal error", exc_info=error)
        return self._path

    def finish(self, exit_code: int) -> None:
        """Write the versions of all packages and the exit code, then close the file."""
        if not self._handlers:
            return
        import logging  # noqa: PLC0415 - few commands write a log

        logger = logging.getLogger("coach")
        logger.info("%s", ", ".join(list_versions()))
        logger.info("exit code %d", exit_code)
        for handler in self._handlers:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
        self._handlers = []


def mask_arguments(arguments: Iterable[str]) -> Iterator[str]:
    """Mask private values in the arguments of a command."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib fails where there is no home
    is_private = False
    for argument in arguments:
        option, equals, _ = argument.partition("=")
        if is_private:
            yield "..."
        elif equals and option in _PRIVATE:
            yield f"{option}=..."
        else:
            yield argument.replace(home, "~") if len(home) > 1 else argument
        is_private = argument in _PRIVATE


def list_versions() -> Iterator[str]:
    """List the versions of coach, Python, the system, and each package that may take part in the sound."""
    import platform  # noqa: PLC0415 - few commands write a log
    from importlib import metadata  # noqa: PLC0415 - the same

    yield f"coach {coach.__version__}"
    yield f"Python {platform.python_version()}"
    yield platform.platform()
    for package in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            yield f"{package} {metadata.version(package)}"


class _StandardError:
    """Standard error as it is at the moment of writing: a full-screen interface takes it while it runs."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class _LogFile:
    """A file that ignores write errors: a full disk should not fail the command."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, text: str) -> None:
        with suppress(OSError):
            append(self._path, text)

    def flush(self) -> None:
        """Do nothing, as nothing is buffered."""


def append(path: Path, text: str) -> None:
    """Append text to a file, created if needed, that only its owner can read. A pipe in its place is not waited for.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0), 0o600)
    try:
        os.write(descriptor, text.encode("utf-8", "backslashreplace"))
    finally:
        os.close(descriptor)


def _open_file() -> tuple[Path | None, _LogFile | None]:
    """Open the log file to append to it, if it can be written."""
    from coach.storage.folders import find_log_folder  # noqa: PLC0415 - platformdirs takes longer than all the rest of --help

    with suppress(OSError, ExternalError):
        path = find_log_folder() / FILE
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(".log.1"))
        append(path, "")
        return path, _LogFile(path)
    return None, None
