"""The languages the diary speaks: a page each, and a line here."""

from collections.abc import Mapping

from coach.journal.dutch import DUTCH
from coach.journal.english import ENGLISH
from coach.journal.words import Words

LANGUAGES: Mapping[str, Words] = {"nl": DUTCH, "en": ENGLISH}


def words_in(language: str) -> Words:
    """The words of a language; English where nobody has written them yet."""
    return LANGUAGES.get(language, ENGLISH)
