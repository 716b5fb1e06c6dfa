"""The registry of problem codes: a code is its page, ``pages/CODE.md``, which says how severe it is and what it means.

To add a code, write its page. The first line is ``# CODE``, the second ``*error*`` or ``*advice*``; then come a
summary of one sentence, an explanation, and two sessions, one wrong and one right, which the tests check.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.translation import _

Severity = Literal["error", "advice"]

FOLDER = Path(__file__).resolve().parent / "pages"
_NAME = re.compile(r"[a-z0-9-]+")
_HEAD = re.compile(r"# (?P<name>.+)\n\*(?P<severity>error|advice)\*\n\n(?P<summary>.+)\n\n")


class ProblemCode(NamedTuple):
    """A registered code: its name, its severity, its summary in one sentence, and its whole page as Markdown."""

    name: str
    severity: Severity
    summary: str
    page: str


def list_codes() -> tuple[str, ...]:
    """Return the names of all registered codes, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


@cache
def look_up(name: str) -> ProblemCode:
    """Return a registered code. Only its own page is read, once in a run.

    Raises:
        LookupError: it has no page, or the page does not begin as it should.
    """
    path = FOLDER / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise LookupError(f"no page for code {name!r}: write {path}")
    page = path.read_text(encoding="utf-8")
    head = _HEAD.match(page)
    if head is None or head["name"] != name:
        raise LookupError(f"the page of code {name!r} must begin with its name, its severity and its summary: {path}")
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
