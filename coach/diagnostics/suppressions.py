"""Suppressions: problems that are left out by ``--select`` and ``--ignore``, or by a comment in the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.diagnostics import codes
from coach.diagnostics.problem import Problem

GROUPS = {"errors": "error", "advice": "advice"}
_MORE = "more"  # stands for problems that are not shown, so it goes with any
_COMMENT = re.compile(r"\s*# *coach: *ignore +([\w-]+(?:[ ,]+[\w-]+)*)[ ,]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSelection:
    """The codes and groups to select (all, if there are none) and to ignore."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def filter(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Keep the problems that are selected, in their order."""
        return tuple(problem for problem in problems if self._selects(problem))

    def _selects(self, problem: Problem) -> bool:
        names = {problem.code, *(group for group, severity in GROUPS.items() if severity == problem.severity)}
        selected = not self.select or problem.code == _MORE or names & self.select
        return bool(selected and not names & self.ignore)


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> RuleSelection:
    """Make a selection from options as a user wrote them: each holds codes and groups, with commas between.

    Raises:
        UsageError: one of them is neither a code nor a group.
    """
    return RuleSelection(select=frozenset(_split_names(select)), ignore=frozenset(_split_names(ignore)))


def _split_names(options: Sequence[str]) -> Iterable[str]:
    written = [name.strip() for names in options for name in names.split(",")]
    known = (*GROUPS, *codes.list_codes()) if written else ()
    for name in filter(None, written):
        codes.require_known(name, known)
        yield name


def drop_suppressed(problems: Iterable[Problem], session: str, lines: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Drop advice whose code a comment on a line of its own names, anywhere in the file that the advice is on.

    The comments of the session's file count for the files that it uses, too. Errors cannot be suppressed.
    ``lines`` are the lines of each file, and ``session`` is the session's, by the names that problems show.
    """
    suppressed = {file: frozenset(_find_suppressed(of_file)) for file, of_file in lines.items()}
    for problem in problems:
        files = (session, problem.location.file) if problem.severity == "advice" else ()
        if not any(problem.code in suppressed.get(file, ()) for file in files):
            yield problem


def _find_suppressed(lines: Iterable[str]) -> Iterator[str]:
    for comment in filter(None, map(_COMMENT.fullmatch, lines)):
        yield from re.findall(r"[\w-]+", comment[1])
