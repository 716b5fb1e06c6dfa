"""Advice: a problem that stops nothing."""

from coach.errors import Edit, Fix, Problem, Where


def advice(where: Where, code: str, message: str, help: str, fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    """A piece of advice."""
    return Problem(where=where, code=code, message=message, help=help, severity="advice", fix=fix)


def writing(where: Where | None, text: str) -> Fix | None:
    """The fix that writes ``text`` in a place, where that place is known."""
    return Fix(title=f"write {text}", edits=(Edit(where=where, text=text),)) if where else None
