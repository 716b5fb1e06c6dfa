"""Advice: a problem that stops nothing."""

from coach.errors import Fix, Problem, Where
from coach.units import seconds_to_text

# A border between blocks moves by a second or so to a breath, and what an author wrote as 45s is then 44.1 s.
ROUND_FROM_S = 20.0
ROUND_TO_S = 5


def advice(where: Where, code: str, message: str, help: str, fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    """A piece of advice."""
    return Problem(where=where, code=code, message=message, help=help, severity="advice", fix=fix)


def lasting(seconds: float) -> str:
    """A time as its author wrote it, give or take a breath: to five seconds, or to one if it is short."""
    step_s = ROUND_TO_S if seconds >= ROUND_FROM_S else 1
    return seconds_to_text(step_s * round(seconds / step_s))
