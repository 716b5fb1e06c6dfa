"""The languages, found by their folder: each folder here whose ``__init__.py`` defines ``LANGUAGE``.

Only the languages that are asked for are imported.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UsageError
from coach.text.console import system_language

if TYPE_CHECKING:  # `--help` names the languages, and needs none of their tables
    from coach.languages.language import Language

_FIRST = ("nl", "en")


def _folders() -> tuple[str, ...]:
    found = sorted(file.parent.name for file in Path(__file__).parent.glob("*/__init__.py"))
    return tuple(sorted(found, key=lambda code: (*_FIRST, code).index(code)))


LANGUAGES = _folders()

"""Their codes, in the order of messages."""


def find_language(code: str) -> "Language":
    """A language by its code.

    Raises:
        UsageError: the coach does not speak it.
    """
    if code not in LANGUAGES:
        raise UsageError(f"the coach does not speak '{code}'; choose one of {', '.join(LANGUAGES)}")
    language: Language = import_module(f"coach.languages.{code}").LANGUAGE
    return language


def language_or_english(code: str) -> "Language":
    """A language by its code; English where the coach does not speak it."""
    return find_language(code if code in LANGUAGES else "en")


def own_language() -> str:
    """The code of the computer's language; of English where the coach does not speak that."""
    return language_or_english(system_language()).code
