"""The languages in which a new session can be written."""

from collections.abc import Mapping

from coach.languages.en.english_new_session import ENGLISH
from coach.languages.new_session_words import NewSessionWords
from coach.languages.nl.dutch_new_session import DUTCH

WORDS: Mapping[str, NewSessionWords] = {"nl": DUTCH, "en": ENGLISH}

LANGUAGES = tuple(WORDS)
