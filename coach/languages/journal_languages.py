"""The languages the diary speaks: a page each, and a line here."""

from collections.abc import Mapping

from coach.languages.en.english_journal import ENGLISH
from coach.languages.journal_words import JournalWords
from coach.languages.nl.dutch_journal import DUTCH

LANGUAGES: Mapping[str, JournalWords] = {"nl": DUTCH, "en": ENGLISH}


def journal_words_in(language: str) -> JournalWords:
    """The words of a language; English where nobody has written them yet."""
    return LANGUAGES.get(language, ENGLISH)
