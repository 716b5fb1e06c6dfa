"""Advice: a problem that stops nothing."""

from coach.errors import Fix, Problem, Where
from coach.units import seconds_to_text


def advice(where: Where, code: str, message: str, help: str, fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    """A piece of advice."""
    return Problem(where=where, code=code, message=message, help=help, severity="advice", fix=fix)


def lasting(seconds: float) -> str:
    """A time to the second, as in ``3m30s``: blocks that end on a breath are rarely whole."""
    return seconds_to_text(round(seconds))
