"""The scores of each voice when it was last measured, in tests/ear/heard.txt.

To write them again, after a look at what changed: COACH_RENEW_HEARD=1 .ci/ear
"""

import os
from pathlib import Path

FILE = Path(__file__).parent / "ear" / "heard.txt"
HEADING = (
    "# Words misheard in a hundred, by Whisper's base model, in those that are always heard, by language and voice.\n"
)
Figures = dict[tuple[str, str], float]


def kept() -> Figures:
    """The figures by language and speaker."""
    lines = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(language, speaker): float(percent) for language, speaker, percent in lines}


def renewed(figures: Figures) -> bool:
    """Keep these from now on, if that was asked for."""
    if not os.environ.get("COACH_RENEW_HEARD"):
        return False
    lines = [f"{language}  {speaker:24}{percent:6.2f}\n" for (language, speaker), percent in figures.items()]
    FILE.write_text(HEADING + "".join(lines), encoding="utf-8")
    return True
