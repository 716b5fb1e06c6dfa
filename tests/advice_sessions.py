"""Sessions to give advice on, from no more than what matters of them."""

from collections.abc import Callable

from coach.diagnostics.problem import Problem

Advised = Callable[[str, str], tuple[Problem, ...]]
Told = Callable[[str, str], str]


def outing(*blocks: str, language: str = "en", **top: str) -> str:
    """A session of these blocks, one line each, in one language; other keys of its top by name."""
    settings = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in top.items())
    lines = "".join(f"  - {block}\n" for block in blocks)
    return f"coach: 1\nlanguage: {language}\ntitle: Evening run\n{settings}blocks:\n{lines}"


def words(number: int) -> str:
    """A text of so many words."""
    return " ".join(["so"] * number)
