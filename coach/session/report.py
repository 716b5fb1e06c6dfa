"""A problem as its author sees it: where, what, the line with the place marked, and the way out."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from coach.errors import Problem
from coach.session.source import shown_lines

WIDEST = 100
BEFORE = 40
TAB = 4
_JOINERS = "\u200c\u200d"


def show(problem: Problem, source_lines: Sequence[str]) -> str:
    """A problem as text, fit for any terminal.

    Args:
        problem: the problem.
        source_lines: the lines of its file; where its line is missing, only the message and the help are shown.
    """
    where = problem.where
    head = f"{where.file}:{where.line}:{where.column}: {problem.severity}[{problem.code}]: {problem.message}"
    shown = [harmless(head)]
    if where.line <= len(source_lines):
        line, marks = _excerpt(source_lines[where.line - 1], where.column - 1, where.end_column - 1)
        number = f"{where.line:>4}"
        shown += [f"{number} | {line}".rstrip(), f"{' ' * len(number)} | {marks}"]
    if problem.help:
        shown.append(f"     help: {harmless(problem.help)}")
    return "\n".join(shown)


def show_all(problems: Iterable[Problem]) -> str:
    """Problems as text, a blank line between each, with the lines read from their files."""
    ordered = sorted(problems)
    lines = {file: shown_lines(Path(file)) for file in dict.fromkeys(problem.where.file for problem in ordered)}
    return "\n\n".join(show(problem, lines[problem.where.file]) for problem in ordered)


def harmless(text: str) -> str:
    """The text with everything replaced that a terminal would act upon instead of showing it."""
    return "".join(_glyph(character) for character in text)


def _glyph(character: str) -> str:
    if ord(character) < ord(" "):
        return chr(0x2400 + ord(character))  # the pictures of control characters
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS
    return "�" if hidden else character


def _width(character: str) -> int:
    """How many columns a terminal gives a character."""
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _excerpt(line: str, start: int, end: int) -> tuple[str, str]:
    """The line around a place, and the marks that go under it."""
    begin, stop = _window(line, start)
    lead, tail = "…" if begin else "", "…" if stop < len(line) else ""
    before = _cells(line[begin:start], len(lead))
    place = _cells(line[start : min(end, stop)], len(lead) + before[1])
    after = _cells(line[min(end, stop) : stop], len(lead) + before[1] + place[1])
    blank = " " * (len(lead) + before[1])
    return lead + before[0] + place[0] + after[0] + tail, blank + "^" * max(1, place[1])


def _window(line: str, start: int) -> tuple[int, int]:
    if len(line) <= WIDEST:
        return 0, len(line)
    begin = max(0, min(start - BEFORE, len(line) - WIDEST))
    return begin, min(len(line), begin + WIDEST)


def _cells(text: str, column: int) -> tuple[str, int]:
    """The text with its tabs as spaces and nothing raw, and how many columns it takes."""
    shown, width = "", 0
    for character in text:
        glyph = " " * (TAB - (column + width) % TAB) if character == "\t" else _glyph(character)
        shown += glyph
        width += len(glyph) if character == "\t" else _width(glyph)
    return shown, width
