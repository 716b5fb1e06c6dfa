"""Problems in a file: where, what, how severe, and the edits that fix them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from coach.errors import CoachError

Severity = Literal["error", "advice"]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Location:
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

    where: Location
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

    where: Location
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    fix: Fix | None = field(default=None, compare=False)


class SessionError(CoachError):
    """The session itself has problems; they are all here, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(problem.message for problem in self.problems))
