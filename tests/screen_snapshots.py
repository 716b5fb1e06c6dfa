"""Whole screens kept as text, in tests/play/screens. To renew them: COACH_RENEW_SCREENS=1 scripts/test tests/play

Look at what changed (git diff tests/play/screens) before keeping it.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "play" / "screens"


def kept(name: str, shown: str) -> str:
    """The screen kept under this name; what is shown now takes its place if screens are to be renewed."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("COACH_RENEW_SCREENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def plain(lines: list[str]) -> str:
    """A screen's lines without the blanks at their ends, which editors would take away."""
    return "".join(f"{line.rstrip()}\n" for line in lines)
