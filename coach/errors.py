"""Places in a file, the problems found there and what mends them, and the three ways a command can fail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "advice"]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Where:
    """A stretch of one line in a file: lines and columns from 1, in characters, ``end_column`` exclusive."""

    file: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """This stretch of a line becomes ``text``; where ``column`` and ``end_column`` are equal, it is put in between.

    A stretch may include its line's break, as one character after the last.
    """

    where: Where
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """What a problem's author would certainly do about it: ``title`` says so to them, as in "write 90s"."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """Something in a session an author should look at: what is wrong, and the way out in ``help``.

    ``fix`` is there only where that way out is certain. It takes no part in comparing: the same problem is the same
    whether or not someone knows how to mend it.
    """

    where: Where
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    fix: Fix | None = field(default=None, compare=False)


class CoachError(Exception):
    """The root of every failure the coach explains to its user."""


class SessionError(CoachError):
    """The session itself has problems; they are all here, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(problem.message for problem in self.problems))


class UsageError(CoachError):
    """The command was called with something it cannot work with."""


class OutsideError(CoachError):
    """Something outside the coach failed (a disk, a voice): what was tried, and what to do next in ``help``."""

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see before the advice
        self.message = message
        self.help = help
        super().__init__(message)
