"""Which problems an author wants to hear of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.diagnostics import codes
from coach.diagnostics.problem import Problem

GROUPS = {"errors": "error", "advice": "advice"}

_THE_REST = "more"  # stands for problems that are not shown, so it goes with any


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSelection:
    """Codes, and groups of them, to hear of (all if there are none) and not to hear of."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def of(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems that are wanted, in their order."""
        return tuple(problem for problem in problems if self._wants(problem))

    def _wants(self, problem: Problem) -> bool:
        names = {problem.code, *(group for group, severity in GROUPS.items() if severity == problem.severity)}
        selected = not self.select or problem.code == _THE_REST or names & self.select
        return bool(selected and not names & self.ignore)


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> RuleSelection:
    """A selection, from lists of codes and groups as a user wrote them, with commas between.

    Raises:
        UsageError: one is no code and no group.
    """
    return RuleSelection(select=frozenset(_names(select)), ignore=frozenset(_names(ignore)))


def _names(lists: Sequence[str]) -> Iterable[str]:
    written = [name.strip() for names in lists for name in names.split(",")]
    known = (*GROUPS, *codes.list_codes()) if written else ()
    for name in filter(None, written):
        codes.require_known(name, known)
        yield name
