"""Advice that an author has considered and does not want to hear again: ``# coach: ignore talks-much, late-cue``."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import shown_lines

_COMMENT = re.compile(r"\s*# *coach: *ignore +([\w-]+(?:[ ,]+[\w-]+)*)[ ,]*")


def drop_suppressed(problems: Iterable[Problem], path: Path) -> Iterator[Problem]:
    """The problems without advice whose code stands in such a comment, on a line of its own, anywhere in its file.

    What the session's file says holds for the files that it uses, too. Errors cannot be waived.

    Args:
        problems: what was found.
        path: the session's file.
    """
    by_file: dict[Path, frozenset[str]] = {}
    for problem in problems:
        files = (path, Path(problem.where.file)) if problem.severity == "advice" else ()
        for file in files:
            if file not in by_file:
                by_file[file] = frozenset(_codes(shown_lines(file)))
        if not any(problem.code in by_file[file] for file in files):
            yield problem


def _codes(lines: Iterable[str]) -> Iterator[str]:
    for comment in filter(None, map(_COMMENT.fullmatch, lines)):
        yield from re.findall(r"[\w-]+", comment[1])
