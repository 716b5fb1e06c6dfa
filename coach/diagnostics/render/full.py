"""A problem as its author sees it: where, what, the line with the place marked, and the way out."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import Lines
from coach.text.sanitize import JOINER, JOINERS, escape_control_characters, visible

WIDEST = 100

BEFORE = 40

TAB = 4

_AS_EMOJI = "\ufe0f"

_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")

_JAMO_THAT_JOIN = ("\u1160", "\u11ff")

Paint = Callable[[str, str], str]


def leave_plain(text: str, _role: str) -> str:
    """The text as it is, for all that is no terminal."""
    return text


def render_full(problem: Problem, source_lines: Sequence[str], paint: Paint = leave_plain) -> str:
    """A problem as text, fit for any terminal.

    Args:
        problem: the problem.
        source_lines: the lines of its file; where its line is missing, only the message and the help are shown.
        paint: how a text looks in its role, one of ``error``, ``advice``, ``message`` and ``quiet``.
    """
    where, severity = problem.where, problem.severity
    level = paint(f"{severity}[{problem.code}]", severity)
    shown = [f"{_place(problem)}: {level}: {paint(escape_control_characters(problem.message), 'message')}"]
    if where.line <= len(source_lines):
        line, indent, marks = _excerpt(source_lines[where.line - 1], where.column - 1, where.end_column - 1)
        number = f"{where.line:>4} |"
        gutter = " |".rjust(len(number))
        shown += [
            f"{paint(number, 'quiet')} {line}".rstrip(),
            f"{paint(gutter, 'quiet')} {indent}{paint(marks, severity)}",
        ]
    if problem.help:
        shown.append(f"     {paint('help:', 'quiet')} {escape_control_characters(problem.help)}")
    return "\n".join(shown)


def render_excerpt(problem: Problem, source_lines: Sequence[str]) -> str:
    """The line that a problem is in, and under it the marks of its place; "" where there is no such line."""
    where = problem.where
    if where.line > len(source_lines):
        return ""
    line, indent, marks = _excerpt(source_lines[where.line - 1], where.column - 1, where.end_column - 1)
    return f"{line}\n{indent}{marks}"


def render_concise(problem: Problem) -> str:
    """A problem as one line, without its way out."""
    return f"{_place(problem)}: {problem.severity}[{problem.code}] {escape_control_characters(problem.message)}"


def render_all(problems: Iterable[Problem], paint: Paint = leave_plain) -> str:
    """Problems as text, a blank line between each, with the lines read from their files."""
    lines = Lines()
    return "\n\n".join(render_full(problem, lines[problem.where.file], paint) for problem in sorted(problems))


def _place(problem: Problem) -> str:
    return f"{escape_control_characters(problem.where.file)}:{problem.where.line}:{problem.where.column}"


def _excerpt(line: str, start: int, end: int) -> tuple[str, str, str]:
    """The line around a place, and what goes under it: spaces, then marks."""
    begin, stop = _window(line, start)
    lead, tail = "…" if begin else "", "…" if stop < len(line) else ""
    glyphs, widths = _cells(line[begin:stop], len(lead))
    blank = len(lead) + sum(widths[: start - begin])
    marks = max(1, sum(widths[start - begin : end - begin]))
    return lead + "".join(glyphs) + tail, " " * blank, "^" * marks


def _window(line: str, start: int) -> tuple[int, int]:
    if len(line) <= WIDEST:
        return 0, len(line)
    begin = max(0, min(start - BEFORE, len(line) - WIDEST))
    return begin, min(len(line), begin + WIDEST)


def _cells(text: str, column: int) -> tuple[list[str], list[int]]:
    """What to print for each character, tabs as spaces and nothing raw, and how many columns a terminal gives it."""
    glyphs: list[str] = []
    widths: list[int] = []
    before = ""
    for character in text:
        if character == "\t":
            width = TAB - (column + sum(widths)) % TAB
            glyphs.append(" " * width)
        else:
            glyphs.append(visible(character))
            width = _width(glyphs[-1], before, widths[-1] if widths else 0)
        widths.append(width)
        before = character
    return glyphs, widths


def _width(character: str, before: str, width_before: int) -> int:
    """How many columns a character adds; what joins the one before it to a single sign adds none, or makes it wide.

    As terminals do that know emoji sequences, by Unicode's annex 11 and its technical standard 51.
    """
    if character == _AS_EMOJI:
        return 1 if width_before == 1 else 0
    if character in JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    if _JAMO_THAT_JOIN[0] <= character <= _JAMO_THAT_JOIN[1]:
        return 0
    wide = unicodedata.east_asian_width(character) in ("W", "F")
    joined = before == JOINER and (wide or unicodedata.category(character) == "So")
    toned = _SKIN_TONES[0] <= character <= _SKIN_TONES[1] and width_before == 2  # noqa: PLR2004 - an emoji's columns
    if joined or toned:
        return 0
    return 2 if wide else 1
