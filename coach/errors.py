"""Errors that a command reports, and the exit code of each."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of a command."""

    OK = 0
    SESSION = 1  # the session is wrong
    USAGE = 2  # the command was called with something it cannot work with
    EXTERNAL = 3  # something outside failed: a disk, a device, a voice
    INTERNAL = 4  # a bug in coach
    INTERRUPTED = 130  # Ctrl-C, as shells number it


class CoachError(Exception):
    """The base of all errors that are explained to the user."""


class UsageError(CoachError):
    """The command was called with something it cannot work with."""


class ExternalError(CoachError):
    """Something outside the coach failed (a disk, a voice): what was tried, and what to do next in ``help``."""

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see before the advice
        self.message = message
        self.help = help
        super().__init__(message)
