"""Automatic fixes of problems in sessions, in rounds, as one problem may hide another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from coach.diagnostics import edits
from coach.diagnostics.edits import show_difference
from coach.diagnostics.problem import Fix, Problem
from coach.diagnostics.source_file import decode_leniently
from coach.services import session_check
from coach.storage.atomic_write import rewrite_file
from coach.storage.file_input import read_contents
from coach.text.sanitize import escape_control_characters
from coach.yaml.fix_chooser import FixProof

MAX_ROUNDS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedFiles:
    """The contents of files before and after, by the names that messages show, and the problems that were fixed."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that changed."""
        return tuple(file for file in self.after if self.after[file] != self.before[file])


def apply_fixes(paths: Iterable[Path], select: Callable[[Iterable[Problem]], Iterable[Problem]] = tuple) -> FixedFiles:
    """Fix sessions and the files they use, all in memory; ``select`` chooses the problems to fix."""
    fixer = _Fixer(select=select)
    for path in paths:
        fixer.fix(path)
    return FixedFiles(before=fixer.before, after=fixer.after, problems=tuple(fixer.problems))


def write_fixes(fixed: FixedFiles) -> None:
    """Write the changed files, and list what was fixed.

    Raises:
        ExternalError: a file cannot be written; it stays as it was.
    """
    for file in fixed.files:
        rewrite_file(Path(file), fixed.after[file])
        here = sorted(problem for problem in fixed.problems if problem.location.file == file)
        lines = (f"fixed {file}:{problem.location.line}: {problem.fix.title}" for problem in here if problem.fix)
        click.echo("\n".join(map(escape_control_characters, lines)) + "\n", err=True)


def print_fixes(fixed: FixedFiles) -> int:
    """Print what the fixes would change; return 1 if they would change anything."""
    for file in fixed.files:
        click.echo("\n".join(show_difference(file, fixed.before[file], fixed.after[file], how="fixed")))
    return 1 if fixed.files else 0


@dataclass(kw_only=True, slots=True)
class _Fixer:
    select: Callable[[Iterable[Problem]], Iterable[Problem]]
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    proofs: dict[str, FixProof] = field(default_factory=dict)

    def fix(self, path: Path) -> None:
        """Fix one session and the files it uses, until nothing is left that can be fixed."""
        for _ in range(MAX_ROUNDS):
            fixable = [problem for problem in self._find_problems(path) if problem.fix]
            compatible = edits.select_compatible(problem.fix for problem in fixable if problem.fix)
            chosen = {
                id(fix) for file in dict.fromkeys(map(_name_file, compatible)) for fix in self._accept(file, compatible)
            }
            fixed = [problem for problem in fixable if id(problem.fix) in chosen]
            if not fixed:
                return
            self.problems += fixed

    def _accept(self, file: str, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
        """Apply those fixes of a file that keep all its words together."""
        if file not in self.after:
            self.before[file] = self.after[file] = read_contents(Path(file))
            self.proofs[file] = FixProof(decode_leniently(self.after[file]), session_check.get_vocabulary())
        accepted = self.proofs[file].accept([fix for fix in fixes if _name_file(fix) == file])
        self.after[file] = edits.apply_edits(self.after[file], (edit for fix in accepted for edit in fix.edits))
        return accepted

    def _find_problems(self, path: Path) -> Iterable[Problem]:
        unsaved = {Path(file).resolve(): data for file, data in self.after.items()}
        return self.select(session_check.check_session(path, unsaved))


def _name_file(fix: Fix) -> str:
    return fix.edits[0].location.file
