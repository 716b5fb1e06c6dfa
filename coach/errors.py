"""The ways a command can fail, each with its own exit code."""


class CoachError(Exception):
    """The root of every failure the coach explains to its user."""


class UsageError(CoachError):
    """The command was called with something it cannot work with."""


class ExternalError(CoachError):
    """Something outside the coach failed (a disk, a voice): what was tried, and what to do next in ``help``."""

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see before the advice
        self.message = message
        self.help = help
        super().__init__(message)
