"""Problems as text for people: full, with the source line and help, or concise, one line each."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

from coach.diagnostics.codes import Severity
from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import Lines
from coach.text.cell_width import measure_character_widths
from coach.text.sanitize import escape_character, escape_control_characters
from coach.translation import _, mark_message, translate_plural


def render_concise(problems: Iterable[Problem]) -> str:
    """Render problems, a line each."""
    return "\n".join(map(_render_line, problems))


def render_location(problem: Problem) -> str:
    """Render where a problem is: ``file:line:column``, or an option of the command line."""
    file, line = escape_control_characters(problem.location.file), problem.location.line
    return f"{file}:{line}:{problem.location.column}" if line else file


def _render_line(problem: Problem) -> str:
    message = escape_control_characters(problem.message)
    return f"{render_location(problem)}: {problem.severity}[{problem.code}] {message}"


_SEVERITIES: Mapping[Severity, str] = {"error": mark_message("error"), "advice": mark_message("advice")}
LONGEST_EXCERPT = 100
BEFORE_MARK = 40
TAB_COLUMNS = 4

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "advice": {"fg": "cyan", "bold": True},
    "message": {"bold": True},
    "quiet": {"dim": True},
}

Styler = Callable[[str, str], str]


def apply_no_style(text: str, _role: str) -> str:
    """Return the text without any style."""
    return text


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, in colour on a terminal."""
    rendered = render_full(problems, _style_text)
    if rendered:
        click.echo(f"{rendered}\n", err=True)


def print_explain_hint(problems: Iterable[Problem]) -> None:
    """Print, in one line, how to read more about these problems."""
    codes = sorted({problem.code for problem in problems})
    if len(codes) == 1:
        click.echo(_style_text(_("'coach explain {code}' tells more", code=codes[0]), "quiet"), err=True)
    elif codes:
        click.echo(
            _style_text(_("'coach explain CODE' tells more: {codes}", codes=", ".join(codes)), "quiet"), err=True
        )


def print_fix_hint(problems: Sequence[Problem]) -> None:
    """Print, in one line, how many of these problems can be fixed without a question."""
    fixable = sum(problem.fix is not None for problem in problems)
    if fixable:
        hint = _("'coach check --fix' fixes {fixable} of them", fixable=fixable)
        if fixable == len(problems):
            hint = translate_plural("'coach check --fix' fixes it", "'coach check --fix' fixes them all", fixable)
        click.echo(_style_text(hint, "quiet"), err=True)


def render_full(problems: Iterable[Problem], style: Styler = apply_no_style) -> str:
    """Render problems in order of place, with a blank line between them; source lines are read from their files."""
    lines = Lines()
    return "\n\n".join(render_problem(problem, lines[problem.location.file], style) for problem in sorted(problems))


def render_problem(problem: Problem, source_lines: Sequence[str], style: Styler = apply_no_style) -> str:
    """Render one problem; without its line in the file, only its message and help.

    ``style`` styles a text by its role: ``error``, ``advice``, ``message`` or ``quiet``.
    """
    location, severity = problem.location, problem.severity
    level = style(f"{_(_SEVERITIES[severity])}[{problem.code}]", severity)
    parts = [f"{render_location(problem)}: {level}: {style(escape_control_characters(problem.message), 'message')}"]
    if 1 <= location.line <= len(source_lines):
        line, indent, marks = _cut_excerpt(
            source_lines[location.line - 1], location.column - 1, location.end_column - 1
        )
        number = f"{location.line:>4} |"
        gutter = " |".rjust(len(number))
        parts += [
            f"{style(number, 'quiet')} {line}".rstrip(),
            f"{style(gutter, 'quiet')} {indent}{style(marks, severity)}",
        ]
    if problem.help:
        parts.append(f"     {style(_('help:'), 'quiet')} {escape_control_characters(problem.help)}")
    return "\n".join(parts)


def render_excerpt(problem: Problem, source_lines: Sequence[str]) -> str:
    """Render the source line of a problem, and below it the mark; "" if there is no such line."""
    location = problem.location
    if not 1 <= location.line <= len(source_lines):
        return ""
    line, indent, marks = _cut_excerpt(source_lines[location.line - 1], location.column - 1, location.end_column - 1)
    return f"{line}\n{indent}{marks}"


def _style_text(text: str, role: str) -> str:
    """Colour a text by its role; click drops the colours where there is no terminal."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, **_STYLES[role])


def _cut_excerpt(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut out the line around a place, and what goes below it: spaces, then marks."""
    begin, stop = _find_window(line, start)
    lead, tail = "…" if begin else "", "…" if stop < len(line) else ""
    glyphs, widths = _measure_cells(line[begin:stop], len(lead))
    blank = len(lead) + sum(widths[: start - begin])
    marks = max(1, sum(widths[start - begin : end - begin]))
    return lead + "".join(glyphs) + tail, " " * blank, "^" * marks


def _find_window(line: str, start: int) -> tuple[int, int]:
    if len(line) <= LONGEST_EXCERPT:
        return 0, len(line)
    begin = max(0, min(start - BEFORE_MARK, len(line) - LONGEST_EXCERPT))
    return begin, min(len(line), begin + LONGEST_EXCERPT)


def _measure_cells(text: str, column: int) -> tuple[list[str], list[int]]:
    """Return what to print for each character (a tab as spaces, nothing raw), and how many columns that takes."""
    shown = [character if character == "\t" else escape_character(character) for character in text]
    glyphs: list[str] = []
    widths: list[int] = []
    for glyph, added in zip(shown, measure_character_widths("".join(shown)), strict=True):
        width = TAB_COLUMNS - (column + sum(widths)) % TAB_COLUMNS if glyph == "\t" else added
        glyphs.append(" " * width if glyph == "\t" else glyph)
        widths.append(width)
    return glyphs, widths
