"""The languages, found by their folder: each folder here whose ``__init__.py`` defines ``LANGUAGE``.

Only the languages that are asked for are imported.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UsageError
from coach.translation import LANGUAGE_VARIABLE, _

if TYPE_CHECKING:  # `--help` names the languages, and needs none of their tables
    from coach.languages.language import Language

_FIRST = ("nl", "en")


def _list_folders() -> tuple[str, ...]:
    found = sorted(file.parent.name for file in Path(__file__).parent.glob("*/__init__.py"))
    return tuple(sorted(found, key=lambda code: (*_FIRST, code).index(code)))


LANGUAGES = _list_folders()
"""Their codes, in the order of messages."""


def find_language(code: str) -> "Language":
    """Find a language by its code.

    Raises:
        UsageError: the coach does not speak it.
    """
    if code not in LANGUAGES:
        message = _(
            "the coach does not speak '{code}'; choose one of {languages}", code=code, languages=", ".join(LANGUAGES)
        )
        raise UsageError(message)
    language: Language = import_module(f"coach.languages.{code}").LANGUAGE
    return language


def find_language_or_english(code: str) -> "Language":
    """Find a language by its code; English where the coach does not speak it."""
    return find_language(code if code in LANGUAGES else "en")


def detect_system_language() -> str:
    """Find the computer's language, as two letters, in its environment variables; "" where they do not say.

    Python's ``locale`` reports English for a plain ``C.UTF-8``.
    """
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if os.name == "nt" and not said:
        import locale  # noqa: PLC0415 - elsewhere the environment says it

        said = locale.getlocale()[0] or ""
    return said[:2]


def detect_own_language() -> str:
    """Find the code of the computer's language; of English where the coach does not speak that."""
    return find_language_or_english(detect_system_language()).code


def detect_ui_language() -> str:
    """Find the language of messages: that of COACH_LANG, else of the computer; English where it is none of ours."""
    said = os.environ.get(LANGUAGE_VARIABLE) or detect_system_language()
    return said[:2].lower() if said[:2].lower() in LANGUAGES else "en"


def find_synonyms(written: str, options: Iterable[str]) -> tuple[str, ...]:
    """Find those options for which an author's word stands in any language.

    >>> find_synonyms("Duur", ["lasts", "say"]), find_synonyms("Walking out", ["settle", "walk-out"])
    (('lasts',), ('walk-out',))
    """
    meant = list_synonyms().get(_normalize(written), frozenset())
    return tuple(option for option in options if option in meant)


@cache
def list_synonyms() -> Mapping[str, frozenset[str]]:
    """List what authors write for the words of a session in all languages, with the titles of its kinds of block."""
    from coach.languages.block_wording import load_block_wording  # noqa: PLC0415 - needed only where a word is not known

    meant: dict[str, frozenset[str]] = {}
    for code in LANGUAGES:
        titles = {name: (kind.title,) for name, kind in load_block_wording(code).kinds.items()}
        for table in (find_language(code).synonyms, titles):
            for word, written in table.items():
                for each in map(_normalize, written):
                    meant[each] = meant.get(each, frozenset()) | {word}
    return meant


def _normalize(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word[:60].strip().lower())


def load_rewrites(language: str) -> Iterator[tuple[str, str]]:
    """Load the rewrites of a language, if it has some, from the file beside its tables."""
    file = Path(__file__).parent / language / "rewrites.txt"
    names: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        name, _, words = line.partition(" = ")
        pattern, arrow, template = line.partition("  =>  ")
        if line.startswith("@"):
            names[name] = f"(?:{words})"
        elif arrow:
            yield re.sub(r"@\w+", lambda found: names[found[0]], pattern), template


@cache
def load_pronunciations(language: str) -> Mapping[str, str]:
    """Load how words of a language are pronounced, in IPA, from the file beside its tables; none where it has none."""
    file = Path(__file__).parent / language / "pronunciations.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else ()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
