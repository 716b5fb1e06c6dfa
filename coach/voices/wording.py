"""The words of an utterance as every voice gets them: plain words, whatever the text held."""

import unicodedata

from coach.voices.reading import in_words

LONGEST_WORD = 40
_SIGNS = frozenset("[]{}<>|\\^~`*_#")
_UNSPOKEN = frozenset({"Cc", "Cs", "Co", "Cn", "So", "Sk", "Zl", "Zp"})
_UNHEARD = frozenset({"Cf", "Mn", "Me"})


def speakable(text: str, language: str) -> str:
    """Text as it is read aloud, without what an engine could take for a command or read out as a symbol's name.

    Numbers, units and abbreviations become words. Control characters, brackets and other signs of markup, and emoji
    become spaces; invisible characters go; words no one could say are cut in pieces of ``LONGEST_WORD`` letters; any
    white space is one space. Empty where nothing is left to say.
    """
    words = "".join(map(_plain, in_words(unicodedata.normalize("NFC", text), language))).split()
    pieces = (word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD))
    plain = " ".join(pieces)
    return plain if any(character.isalnum() for character in plain) else ""


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in _UNHEARD:
        return ""
    return " " if character in _SIGNS or category in _UNSPOKEN else character
