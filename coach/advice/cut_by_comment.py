"""Text cut by a comment: a `#` after a space ends a text without quotes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.languages.registry import LANGUAGES
from coach.text.sanitize import quote
from coach.yaml.nodes import Scalar

TEXTS = ("title", "about", "text", "say", "say-also", *LANGUAGES)

# A comment that is meant has a space after the sign, or follows a finished sentence.
_SIGN = re.compile(r"(?<=\s)#\w")

_COMMENT = re.compile(r"\s#\s")

_FINISHED = (".", "!", "?", "…")

LONGEST_SHOWN = 60


def cut_by_comment(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text stops before a ` #2` that should be said."""
    for file in facts.files:
        lines = facts.places.read_lines(file)
        if not any(_SIGN.search(line) for line in lines):
            continue
        for key, scalar in facts.places.walk_scalars(file):
            if key in TEXTS and not scalar.quoted and scalar.text_column and not scalar.text.endswith(_FINISHED):
                yield from _check_text(scalar, lines[scalar.where.line - 1])


def _check_text(scalar: Scalar, line: str) -> Iterator[Problem]:
    where = scalar.where
    rest = line[where.end_column - 1 :].lstrip()
    begin = len(line) - len(rest)
    if not rest or not _SIGN.match(line, begin):
        return
    comment = _COMMENT.search(line, begin)
    whole = _quote_whole(line[where.column - 1 : comment.start() if comment else len(line)].rstrip())
    yield Problem.at(
        replace(where, column=begin + 1, end_column=begin + 2),
        "cut-by-comment",
        f"a # after a space begins a comment, so this text ends at {quote(scalar.text)}",
        "put the whole text in quotes" + f": {whole}" * (len(whole) <= LONGEST_SHOWN),
        Fix(title="put the whole text in quotes", edits=(Edit(where=_find_whole(where, line, comment), text=whole),)),
    )


def _find_whole(where: Location, line: str, comment: re.Match[str] | None) -> Location:
    """Find the place of the text with what was cut off, up to a real comment."""
    return replace(where, end_column=len(line[: comment.start()] if comment else line.rstrip()) + 1)


def _quote_whole(text: str) -> str:
    """Quote a text so that YAML reads all of it, whatever it holds."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
