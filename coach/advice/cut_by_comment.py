"""Words that YAML took for a comment: a `#` in a text without quotes ends it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.advice.plan_facts import PlanFacts, advice
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.languages.registry import LANGUAGES
from coach.text.sanitize import quote
from coach.yaml.nodes import Scalar

TEXTS = ("title", "about", "text", "say", "say-also", *LANGUAGES)

# A comment of one's own has a space after the sign, or stands behind a sentence that is finished.
_SIGN = re.compile(r"(?<=\s)#\w")

_COMMENT = re.compile(r"\s#\s")

_FINISHED = (".", "!", "?", "…")

LONGEST_SHOWN = 60


def cut_by_comment(heard: PlanFacts) -> Iterator[Problem]:
    """A text stops before a ` #2` that was to be said."""
    for file in heard.files:
        lines = heard.places.lines(file)
        if not any(_SIGN.search(line) for line in lines):
            continue
        for key, scalar in heard.places.scalars(file):
            if key in TEXTS and not scalar.quoted and scalar.text_column and not scalar.text.endswith(_FINISHED):
                yield from _cut(scalar, lines[scalar.where.line - 1])


def _cut(scalar: Scalar, line: str) -> Iterator[Problem]:
    where = scalar.where
    rest = line[where.end_column - 1 :].lstrip()
    begin = len(line) - len(rest)
    if not rest or not _SIGN.match(line, begin):
        return
    comment = _COMMENT.search(line, begin)
    whole = _quoted(line[where.column - 1 : comment.start() if comment else len(line)].rstrip())
    yield advice(
        replace(where, column=begin + 1, end_column=begin + 2),
        "cut-by-comment",
        f"a # after a space begins a comment, so this text ends at {quote(scalar.text)}",
        "put the whole text in quotes" + f": {whole}" * (len(whole) <= LONGEST_SHOWN),
        Fix(title="put the whole text in quotes", edits=(Edit(where=_stretch(where, line, comment), text=whole),)),
    )


def _stretch(where: Location, line: str, comment: re.Match[str] | None) -> Location:
    """The words with what was cut off them, up to a real comment."""
    return replace(where, end_column=len(line[: comment.start()] if comment else line.rstrip()) + 1)


def _quoted(text: str) -> str:
    """A text as YAML reads it whole, whatever is in it."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
