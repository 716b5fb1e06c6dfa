"""Short sessions for the tests of advice rules, and the types of their fixtures."""

from collections.abc import Callable

from coach.diagnostics.problem import Problem

FindAdvice = Callable[[str, str], tuple[Problem, ...]]
RenderAdvice = Callable[[str, str], str]


def make_session(*blocks: str, language: str = "en", **top: str) -> str:
    """Write a session of these blocks, one line each, in one language; other top-level keys by name."""
    settings = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in top.items())
    lines = "".join(f"  - {block}\n" for block in blocks)
    return f"coach: 1\nlanguage: {language}\ntitle: Evening run\n{settings}blocks:\n{lines}"


def words(number: int) -> str:
    """Write a text of so many words."""
    return " ".join(["so"] * number)
