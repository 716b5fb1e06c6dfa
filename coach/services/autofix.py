"""Automatic fixes of problems in sessions, in rounds, as one problem may hide another."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from coach.diagnostics import edits
from coach.diagnostics.edits import locate_edits, replace_ranges, show_difference
from coach.diagnostics.problem import Fix, Problem
from coach.diagnostics.source_file import decode_leniently, split_lines
from coach.services import session_check
from coach.storage.atomic_write import rewrite_file
from coach.storage.file_input import read_contents
from coach.text.sanitize import escape_control_characters
from coach.translation import _
from coach.yaml.fix_safety import keeps_words
from coach.yaml.pasted_characters import keeps_text
from coach.yaml.source_words import SourceWords
from coach.yaml.vocabulary import LineEdit, Vocabulary

# How many problems are looked at, in all rounds together: more are in a file of marks alone.
_MOST_PROBLEMS = 20_000

# How many proofs of a round are made to tell the fixes that go together from the others.
_MOST_PROOFS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedFiles:
    """The contents of files before and after, by the names that messages show, and what was done.

    ``titles`` say it, each with its file and the line in which it was at first.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    titles: tuple[tuple[str, int, str], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that changed."""
        return tuple(file for file in self.after if self.after[file] != self.before[file])


def apply_fixes(paths: Iterable[Path], select: Callable[[Iterable[Problem]], Iterable[Problem]] = tuple) -> FixedFiles:
    """Fix sessions and the files they use, all in memory; ``select`` chooses the problems to fix."""
    fixer = _Fixer(select=select)
    for path in paths:
        fixer.fix(path)
    return FixedFiles(before=fixer.before, after=fixer.after, titles=tuple(fixer.titles))


def write_fixes(fixed: FixedFiles) -> None:
    """Write the changed files, and list what was fixed.

    Raises:
        ExternalError: a file cannot be written; it stays as it was.
    """
    for file in fixed.files:
        rewrite_file(Path(file), fixed.after[file])
        here = sorted((line, index, title) for index, (name, line, title) in enumerate(fixed.titles) if name == file)
        lines = (_("fixed {file}:{line}: {title}", file=file, line=line, title=title) for line, _index, title in here)
        click.echo("\n".join(map(escape_control_characters, lines)) + "\n", err=True)


def print_fixes(fixed: FixedFiles) -> int:
    """Print what the fixes would change; return 1 if they would change anything."""
    for file in fixed.files:
        click.echo("\n".join(show_difference(file, fixed.before[file], fixed.after[file], how="fixed")))
    return 1 if fixed.files else 0


class FixProof:
    """Proves of one file that fixes keep its words together: those of one round, and those of all rounds.

    Two fixes that are each right may be wrong together, where one changes what the lines of the other mean.

    Args:
        text: the file as its author wrote it.
        vocabulary: the keys of the session language.
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        lines = split_lines(text)
        self._first = self._words = SourceWords(text="\n".join(lines), vocabulary=vocabulary)
        self._origins: list[int | None] = list(range(len(self._words.text)))
        self._lines = list(range(1, len(lines) + 1))
        self._proofs_left = 0

    def list_first_lines(self) -> list[int]:
        """List for each line, and for one after the last, in which line of the author's file it was."""
        return [*self._lines, self._lines[-1]]

    def accept(self, fixes: Sequence[Fix]) -> tuple[Fix, ...]:
        """Accept the fixes of a round that keep every word together, and take the file as it is after them.

        If not all do, those of each half are accepted that do with those before them.
        """
        self._proofs_left = _MOST_PROOFS
        chosen = self._add((), tuple(fixes))
        located = tuple(self._locate(chosen))
        is_text = self._keeps_text(chosen)
        self._origins = _follow_origins(self._origins, located)
        self._lines = _follow_lines(self._lines, self._words.text, located)
        self._words = SourceWords(text=replace_ranges(self._words.text, located), vocabulary=self._words.vocabulary)
        if is_text:  # what is proved by its letters is not read word by word
            self._first, self._origins = self._words, list(range(len(self._words.text)))
        return chosen

    def _add(self, chosen: tuple[Fix, ...], fixes: tuple[Fix, ...]) -> tuple[Fix, ...]:
        """Add to fixes that keep every word all others that do with them."""
        if not fixes or not self._proofs_left:
            return chosen
        self._proofs_left -= 1
        if self._keeps((*chosen, *fixes)):
            return (*chosen, *fixes)
        half = len(fixes) // 2
        return self._add(self._add(chosen, fixes[:half]), fixes[half:]) if half else chosen

    def _locate(self, fixes: Sequence[Fix]) -> Iterator[LineEdit]:
        return locate_edits(self._words.text, [edit for fix in fixes for edit in fix.edits])

    def _keeps_text(self, fixes: Sequence[Fix]) -> bool:
        return keeps_text(self._words.text, [edit for fix in fixes for edit in fix.edits])

    def _keeps(self, fixes: Sequence[Fix]) -> bool:
        """Prove fixes together, in the file as it is and in the file as its author wrote it."""
        if self._keeps_text(fixes):
            return True
        located = tuple(self._locate(fixes))
        if not keeps_words(self._words, located):
            return False
        if self._words is self._first:
            return True
        after = replace_ranges(self._words.text, located)
        whole = _list_ranges(_follow_origins(self._origins, located), after, len(self._first.text))
        return keeps_words(self._first, whole, sure=False)


def _follow_origins(origins: Sequence[int | None], located: Iterable[LineEdit]) -> list[int | None]:
    """Return where each character of an edited text was at first; None for a new one."""
    made: list[int | None] = []
    begin = 0
    for start, end, text in located:
        made += [*origins[begin:start], *[None] * len(text)]
        begin = end
    return made + list(origins[begin:])


def _follow_lines(lines: Sequence[int], before: str, located: Iterable[LineEdit]) -> list[int]:
    """Return for each line of an edited text what stands for that in which it was."""
    made = [[line] for line in lines]
    for start, end, text in located:
        here = before.count("\n", 0, start)
        made[here] += [lines[here]] * text.count("\n")
        removed = before.count("\n", start, end)
        for number in range(here, min(here + removed, len(made))):
            made[number] = made[number][1:]
    return [line for each in made for line in each] or [1]


def _list_ranges(origins: Sequence[int | None], text: str, length: int) -> tuple[LineEdit, ...]:
    """List the ranges of the first text that are others now, with what replaces each."""
    ranges: list[LineEdit] = []
    last, new = 0, ""
    for origin, character in zip((*origins, length), (*text, ""), strict=True):
        if origin is None:
            new += character
            continue
        lines, line_break, rest = new.rpartition("\n") if origin > last else ("", "", new)
        if line_break:  # lines put in above a word are an edit of their own
            ranges.append((last, last, lines + line_break))
        if rest or origin > last:
            ranges.append((last, origin, rest))
        last, new = origin + 1, ""
    return tuple(ranges)


@dataclass(kw_only=True, slots=True)
class _Fixer:
    select: Callable[[Iterable[Problem]], Iterable[Problem]]
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    titles: list[tuple[str, int, str]] = field(default_factory=list)
    proofs: dict[str, FixProof] = field(default_factory=dict)

    def fix(self, path: Path) -> None:
        """Fix one session and the files it uses, until nothing is left that can be fixed."""
        seen: set[bytes] = set()
        left = _MOST_PROBLEMS
        while left > 0 and (now := b"\0".join(self.after.values())) not in seen:
            seen.add(now)
            problems = tuple(self._find_problems(path))
            left -= len(problems)
            fixable = [problem for problem in problems if problem.fix]
            compatible = edits.select_compatible(problem.fix for problem in fixable if problem.fix)
            chosen = {
                id(fix) for file in dict.fromkeys(map(_name_file, compatible)) for fix in self._accept(file, compatible)
            }
            if not chosen:
                return

    def _accept(self, file: str, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
        """Apply those fixes of a file that keep all its words together."""
        if file not in self.after:
            self.before[file] = self.after[file] = read_contents(Path(file))
            self.proofs[file] = FixProof(decode_leniently(self.after[file]), session_check.get_vocabulary())
        proof = self.proofs[file]
        starts = proof.list_first_lines()
        accepted = proof.accept([fix for fix in fixes if _name_file(fix) == file])
        self.titles += [(file, starts[line - 1], title) for fix in accepted for line, title in _list_titles(fix)]
        self.after[file] = edits.apply_edits(self.after[file], (edit for fix in accepted for edit in fix.edits))
        return accepted

    def _find_problems(self, path: Path) -> Iterable[Problem]:
        unsaved = {Path(file).resolve(): data for file, data in self.after.items()}
        return self.select(session_check.check_session(path, unsaved, most_problems=None))


def _list_titles(fix: Fix) -> Iterator[tuple[int, str]]:
    """List what a fix does, by line."""
    lines: dict[int, dict[str, None]] = {}
    for edit in sorted(fix.edits, key=lambda edit: edit.location):
        lines.setdefault(edit.location.line, {})[edit.title] = None
    if len(lines) == 1 or not all(any(titles) for titles in lines.values()):
        yield min(lines), fix.title
        return
    yield from ((line, ", ".join(filter(None, titles))) for line, titles in lines.items())


def _name_file(fix: Fix) -> str:
    return fix.edits[0].location.file
