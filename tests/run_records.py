"""Runs as a diary keeps them."""

from datetime import datetime, timedelta, timezone
from typing import Any

from coach.journal.diary import Run

AMSTERDAM = timezone(timedelta(hours=1))


def at(day: int, hour: int = 18, minute: int = 5) -> datetime:
    """A moment in November 2026; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


def run(day: int = 16, hour: int = 18, minute: int = 5, **changes: Any) -> Run:
    """A short reset run, finished, with every question answered; and with changes."""
    usual: dict[str, Any] = {
        "id": f"{day:02}{hour:02}{minute:02}".ljust(32, "c"),
        "language": "en",
        "session": "reset-run",
        "title": "Short reset run",
        "form": "reset",
        "length_s": 1440.0,
        "cadence_spm": 158.0,
        "ran_s": 1440.0,
        "ended": "finished",
        "tension_before": 7,
        "tension_after": 3,
        "need": "rhythm",
        "wanted_s": 1500.0,
        "lighter": "My shoulders.",
    }
    return Run(started_at=at(day, hour, minute), **{**usual, **changes})
