"""The registry of problem codes: a code is its page, ``pages/CODE.md``, which says how severe it is and what it means.

To add a code, write its page. The first line is ``# CODE``, the second ``*error*`` or ``*advice*``; then come a
summary of one sentence, an explanation, and two sessions, one wrong and one right, which the tests check. The same page
in another language is ``coach/languages/LANGUAGE/pages/CODE.md``.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.translation import _, get_language

Severity = Literal["error", "advice"]

FOLDER = Path(__file__).resolve().parent / "pages"
_NAME = re.compile(r"[a-z0-9-]+")
_HEAD = re.compile(r"# (?P<name>.+)\n\*(?P<severity>.+)\*\n\n(?P<summary>.+)\n\n")


class ProblemCode(NamedTuple):
    """A registered code: its name, its severity, its summary in one sentence, and its whole page as Markdown."""

    name: str
    severity: Severity
    summary: str
    page: str


def list_codes() -> tuple[str, ...]:
    """Return the names of all registered codes, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def find_folder(language: str) -> Path:
    """Find the folder of the pages in a language."""
    return FOLDER if language == "en" else FOLDER.parent.parent / "languages" / language / "pages"


def look_up(name: str, language: str = "") -> ProblemCode:
    """Return a registered code in a language, or in that of the user interface. Its page is read once in a run.

    Raises:
        LookupError: it has no page, or the page does not begin as it should.
    """
    return _look_up(name, language or get_language())


@cache
def _look_up(name: str, language: str) -> ProblemCode:
    if not _NAME.fullmatch(name) or not (FOLDER / f"{name}.md").is_file():
        raise LookupError(f"no page for code {name!r}: write {FOLDER / f'{name}.md'}")
    path = find_folder(language) / f"{name}.md"
    if not path.is_file():
        return _look_up(name, "en")
    page = path.read_text(encoding="utf-8")
    head = _HEAD.match(page)
    if head is None or head["name"] != name:
        raise LookupError(f"the page of code {name!r} must begin with its name, its severity and its summary: {path}")
    if language != "en":
        return _look_up(name, "en")._replace(summary=head["summary"], page=page)
    severity: Severity = "advice" if head["severity"] == "advice" else "error"
    return ProblemCode(name=name, severity=severity, summary=head["summary"], page=page)


def find_code(name: str) -> ProblemCode:
    """Return the code that a user named.

    Raises:
        UsageError: it is not registered.
    """
    require_known(name, list_codes())
    return look_up(name)


def require_known(name: str, known: Iterable[str]) -> None:
    """Refuse a name that is not one of the known ones, and suggest the nearest.

    Raises:
        UsageError: it is unknown.
    """
    known = tuple(known)
    if name not in known:
        advice = did_you_mean(name, known, otherwise=_("'coach explain' lists them all"))
        raise UsageError(_("no problem is called '{name}': {advice}", name=name, advice=advice))
