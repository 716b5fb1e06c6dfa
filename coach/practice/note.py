"""Advice: a problem that stops nothing."""

from coach.errors import Fix, Problem, Where
from coach.units import SECONDS_PER_MINUTE, seconds_to_text


def advice(where: Where, code: str, message: str, help: str, fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    """A piece of advice."""
    return Problem(where=where, code=code, message=message, help=help, severity="advice", fix=fix)


def lasting(seconds: float) -> str:
    """A time as in ``3m30s``; from a minute on to five seconds, as borders between blocks keep to breaths."""
    return seconds_to_text(round(seconds) if seconds < SECONDS_PER_MINUTE else 5 * round(seconds / 5))
