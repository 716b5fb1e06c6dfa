"""Problems in a file: where they are, what is wrong, how severe it is, and the edits that fix them."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from coach.diagnostics.codes import Severity, look_up
from coach.errors import CoachError
from coach.translation import _, translate_plural


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Location:
    """A place in one line of a file: line and columns count from 1, in characters; ``end_column`` is exclusive.

    Line 0 is no line: see `locate_option`.
    """

    file: str
    line: int
    column: int
    end_column: int


def locate_option(option: str, value: str) -> Location:
    """Locate an option of the command line with its value: it stands for a file, and has no line."""
    return Location(file=f"{option} {value}", line=0, column=0, end_column=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Replaces a place by ``text``; where ``column`` and ``end_column`` are equal, it is inserted.

    The place may include its line's break, as one character after the last. ``title`` says what it does, where a fix
    does other things in other lines.
    """

    location: Location
    text: str
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """The edits that certainly fix a problem; ``title`` says what they do, as in "write 90s"."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """Something in a session that its author should look at: what is wrong, and in ``help`` what to do about it.

    ``fix`` is given only where it is certain. It takes no part in comparisons: a problem is the same whether or not
    its fix is known. ``worst`` is for the code ``more`` alone, which stands for problems that are not shown: it is
    as severe as the worst of them.

    Raises:
        LookupError: the code is not registered, which is a mistake in our own source.
    """

    location: Location
    code: str
    message: str
    help: str = ""
    worst: Severity | None = None
    fix: Fix | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        look_up(self.code)

    @classmethod
    def at(cls, location: Location, code: str, message: str, help: str, fix: Fix | None = None) -> Self:  # noqa: A002 - as the field
        """Make a problem, in few words."""
        return cls(location=location, code=code, message=message, help=help, fix=fix)

    @property
    def severity(self) -> Severity:
        """How severe it is, which its code decides."""
        return self.worst or look_up(self.code).severity


def count_errors(problems: Iterable[Problem]) -> int:
    """Count the errors, as opposed to advice."""
    return sum(problem.severity == "error" for problem in problems)


def summarize(problems: Sequence[Problem]) -> str:
    """Sum up problems in a few words: "2 errors, 1 to consider"."""
    errors = count_errors(problems)
    advice = len(problems) - errors
    counted = translate_plural("{count} error", "{count} errors", errors)
    parts = [counted] * bool(errors) + [_("{advice} to consider", advice=advice)] * bool(advice)
    return ", ".join(parts) or _("no problems")


def summarize_rest(rest: Sequence[Problem], message: str) -> Problem:
    """Sum up the problems that are not shown, at the location of the first of them; ``message`` has {count}."""
    return Problem(
        location=rest[0].location,
        code="more",
        message=_(message, count=len(rest)),
        help=_("fix these first"),
        worst="error" if count_errors(rest) else "advice",
    )


class SessionError(CoachError):
    """The session has problems; all are here, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("; ".join(problem.message for problem in self.problems))


def complete_command(problem: Problem, arguments: Sequence[str]) -> Problem:
    """Write in the help about an option, in place of another value for it, the command as it was typed with that."""
    option = problem.location.file.partition(" ")[0]
    found = None if problem.location.line else re.search(rf"`{re.escape(option)} ([^ `]+)`", problem.help)
    if found is None:
        return problem
    typed = list(arguments)
    for index, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            typed[index] = f"{option}={found[1]}"
        elif index and arguments[index - 1] == option:
            typed[index] = found[1]
    return replace(problem, help=problem.help.replace(found[0], f"`{shlex.join(('coach', *typed))}`"))
