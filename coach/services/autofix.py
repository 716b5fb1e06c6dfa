"""What can certainly be mended in sessions, mended: in rounds, as one slip may hide another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import click

from coach.diagnostics import edits
from coach.diagnostics.edits import show_difference
from coach.diagnostics.problem import Edit, Problem
from coach.services import session_check
from coach.storage.atomic_write import read_contents, rewrite_file
from coach.text.sanitize import escape_control_characters

MOST_ROUNDS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedFiles:
    """What files held and hold now, by the names they are shown by, and the problems that are no more."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Those that are other than they were."""
        return tuple(file for file in self.after if self.after[file] != self.before[file])


def apply_fixes(
    paths: Iterable[Path], of_interest: Callable[[Iterable[Problem]], Iterable[Problem]] = tuple
) -> FixedFiles:
    """Mend sessions and the files they use, all in memory; ``of_interest`` picks the problems to look at."""
    bench = _Workbench(of_interest=of_interest)
    for path in paths:
        bench.mend(path)
    return FixedFiles(before=bench.before, after=bench.after, problems=tuple(bench.problems))


def keep(mended: FixedFiles) -> None:
    """Write what was mended to where it came from, and tell what it was.

    Raises:
        OutsideError: a file cannot be written; it stays as it was.
    """
    for file in mended.files:
        rewrite_file(Path(file), mended.after[file])
        here = sorted(problem for problem in mended.problems if problem.where.file == file)
        told = (f"mended {file}:{problem.where.line}: {problem.fix.title}" for problem in here if problem.fix)
        click.echo("\n".join(map(escape_control_characters, told)) + "\n", err=True)


def show(mended: FixedFiles) -> int:
    """Print what mending would change; 1 if it would change anything."""
    for file in mended.files:
        click.echo("\n".join(show_difference(file, mended.before[file], mended.after[file], how="mended")))
    return 1 if mended.files else 0


@dataclass(kw_only=True, slots=True)
class _Workbench:
    of_interest: Callable[[Iterable[Problem]], Iterable[Problem]]
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mend(self, path: Path) -> None:
        for _ in range(MOST_ROUNDS):
            mendable = [problem for problem in self._problems(path) if problem.fix]
            chosen = set(map(id, edits.select_compatible(problem.fix for problem in mendable if problem.fix)))
            done = [problem for problem in mendable if id(problem.fix) in chosen]
            if not done:
                return
            self.problems += done
            self._make(edit for problem in done if problem.fix for edit in problem.fix.edits)

    def _problems(self, path: Path) -> Iterable[Problem]:
        unsaved = {Path(file).resolve(): data for file, data in self.after.items()}
        return self.of_interest(session_check.check_session(path, unsaved))

    def _make(self, wanted: Iterator[Edit]) -> None:
        ordered = sorted(wanted, key=lambda edit: edit.where)
        for file, of_file in groupby(ordered, key=lambda edit: edit.where.file):
            if file not in self.after:
                self.before[file] = self.after[file] = read_contents(Path(file))
            self.after[file] = edits.apply_edits(self.after[file], of_file)
