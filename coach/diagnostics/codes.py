"""What each kind of problem means to an author: a page per code, read when it is asked for."""

from dataclasses import dataclass
from pathlib import Path

from coach.diagnostics.did_you_mean import did_you_mean
from coach.diagnostics.problem import Severity
from coach.errors import UsageError

FOLDER = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class CodePage:
    """What is told of a code: how severe it is, a sentence about it, and the whole page as Markdown."""

    code: str
    severity: Severity
    summary: str
    text: str


def list_codes() -> tuple[str, ...]:
    """Every code that a problem can have, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def read_page(code: str) -> CodePage:
    """The page of a code: its title, its severity and its summary are the first three paragraphs.

    Raises:
        UsageError: there is no such code.
    """
    known = list_codes()
    if code not in known:
        advice = did_you_mean(code, known, otherwise="'coach explain' lists them all")
        raise UsageError(f"no problem is called '{code}': {advice}")
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    heading, summary, _ = text.split("\n\n", 2)
    severity: Severity = "advice" if heading.endswith("*advice*") else "error"
    return CodePage(code=code, severity=severity, summary=" ".join(summary.split()), text=text)
