"""Words that YAML took for a comment: a `#` in a text without quotes ends it."""

import re
from collections.abc import Iterator

from coach.errors import Edit, Fix, Problem, Where
from coach.practice.heard import Heard
from coach.practice.note import advice
from coach.session.nodes import Scalar

TEXTS = ("title", "about", "text", "say", "say-also", "nl", "en")
# A comment of one's own has a space after the sign, or stands behind a sentence that is finished.
_CUT = re.compile(r"\s+(#\w.*?)(?:\s+#\s.*)?")
_FINISHED = (".", "!", "?", "…")


def cut_by_comment(heard: Heard) -> Iterator[Problem]:
    """A text stops before a ` #2` that was to be said."""
    for file in heard.files:
        lines = heard.places.all_of(file).splitlines()
        for number in (number for number, line in enumerate(lines, 1) if _CUT.search(line)):
            for key, scalar in heard.places.scalars(file):
                if key in TEXTS and scalar.where.line == number and not scalar.quoted:
                    yield from _cut(scalar, lines[number - 1])


def _cut(scalar: Scalar, line: str) -> Iterator[Problem]:
    where = scalar.where
    lost = _CUT.fullmatch(line.rstrip(), where.end_column - 1)
    if lost is None or scalar.text_column is None or scalar.text.endswith(_FINISHED):
        return
    begin, end = lost.span(1)
    place = Where(file=where.file, line=where.line, column=begin + 1, end_column=begin + 2)
    whole = _quoted(line[where.column - 1 : end])
    stretch = Where(file=where.file, line=where.line, column=where.column, end_column=end + 1)
    yield advice(
        place,
        "cut-by-comment",
        f"a # after a space begins a comment, so this text ends at '{scalar.text}'",
        f"put the whole text in quotes: {whole}",
        Fix(title="put the whole text in quotes", edits=(Edit(where=stretch, text=whole),)),
    )


def _quoted(text: str) -> str:
    """A text as YAML reads it whole, whatever is in it."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
