"""The diary as a list for the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from coach.journal.columns import padded, tidy, wrapped
from coach.journal.run import Run
from coach.journal.week_as_text import in_numbers
from coach.units import SECONDS_PER_MINUTE, seconds_to_text

HEADINGS = ("when", "session", "ran", "tension", "what feels lighter")
WIDTHS = (16, 15, 6, 8)
GAP = "  "
BESIDE = sum(WIDTHS) + len(WIDTHS) * len(GAP)
LEAST_WIDTH = 20


def listing(runs: Sequence[Run], width: int) -> str:
    """A line for each run, with more below it for a long sentence.

    Args:
        runs: in the order to be listed.
        width: the terminal's, in columns; the sentence has 20 of them at least.
    """
    return "\n".join(line for row in (HEADINGS, *map(_row, runs)) for line in _lines(row, width))


def _row(run: Run) -> tuple[str, ...]:
    return f"{run.started_at:%Y-%m-%d %H:%M}", _session(run), _ran(run), in_numbers(run), tidy(run.lighter or "")


def _lines(row: Sequence[str], width: int) -> Iterator[str]:
    *cells, sentence = row
    beside = "".join(padded(cell, wide) + GAP for cell, wide in zip(cells, WIDTHS, strict=True))
    for line in list(wrapped(sentence, max(LEAST_WIDTH, width - BESIDE))) or [""]:
        yield f"{beside}{line}".rstrip()
        beside = " " * BESIDE


def _session(run: Run) -> str:
    """A session's name; of a path, the name of its file."""
    return tidy(PurePath(run.session).stem) if run.session else "-"


def _ran(run: Run) -> str:
    whole_s = round(run.ran_s / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    return seconds_to_text(whole_s) if whole_s else "-"
