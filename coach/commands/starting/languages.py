"""The languages in which a new session can be written."""

from collections.abc import Mapping

from coach.commands.starting.dutch import DUTCH
from coach.commands.starting.english import ENGLISH
from coach.commands.starting.words import Words

WORDS: Mapping[str, Words] = {"nl": DUTCH, "en": ENGLISH}
LANGUAGES = tuple(WORDS)
