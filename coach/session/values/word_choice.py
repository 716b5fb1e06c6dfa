"""Word choice: one word from a list, such as when a bell rings, a cue's level, or a form of run."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.session.values.value_kind import ScalarError, Schema, ValueKind, find_meant, join_words, suggest
from coach.text.sanitize import quote

FORMS = MappingProxyType(
    {
        "reset": "A short run that empties your head after a full day.",
        "long": "Long, slow and mostly quiet.",
        "intervals": "Light, quick stretches, with easy ones between.",
        "mindful": "Attention on breath, body and surroundings, all the way.",
        "trail": "Among trees or over hills, with few words.",
        "other": "Anything else.",
    }
)

LEVELS = MappingProxyType(
    {
        "essential": "Always said. Without it, the run could not be followed.",
        "guide": "Ordinary guidance. Only --guidance quiet leaves it out.",
        "extra": "Pleasant to hear, and not missed. --guidance light leaves it out.",
    }
)

BELLS = MappingProxyType(
    {
        "start": "It rings as the block begins.",
        "end": "It rings towards the end, and has died away when the block is over.",
        "both": "It rings at the start and at the end.",
        "none": "It does not ring in this block.",
    }
)


class WordChoice(ValueKind[str]):
    """One of some words.

    Args:
        word: what is chosen, as in ``unknown bell`` and the code ``unknown-bell``.
        meanings: the words, each with its description in editors, which may be empty where only parsing matters.
        name: its name in messages; by default ``a`` and the word.
        advice: how to write one; by default it names all words.
    """

    def __init__(self, word: str, meanings: Mapping[str, str], *, name: str = "", advice: str = "") -> None:
        self.word = word
        self.meanings = meanings
        self.name = name or f"a {word}"
        self.advice = advice or (f"write {join_words(meanings)}" if meanings else "")
        self.examples = tuple(meanings)

    def _parse(self, text: str) -> str:
        if text in self.meanings:
            return text
        code = f"unknown-{self.word.replace(' ', '-')}"
        advice = suggest(text, self.meanings)
        meant = find_meant(text, self.meanings) or ""
        raise ScalarError(code, f"unknown {self.word} {quote(text)}", advice, instead=meant)

    def format(self, value: str) -> str:
        """Return the word."""
        return value

    def to_json_schema(self) -> Schema:
        """Describe the words with their meanings."""
        return {
            "enum": list(self.meanings),
            "enumDescriptions": list(self.meanings.values()),
            "errorMessage": f"expected {self.name}: write {join_words(self.meanings)}",
        }

    def to_list_schema(self) -> Schema:
        """Describe one or more of the words, in a list or one alone."""
        one = {"enum": list(self.meanings), "errorMessage": self.to_json_schema()["errorMessage"]}
        several = {"type": ["array", "string"], "items": one, "minItems": 1, "errorMessage": self.describe_expected()}
        return {**several, "if": {"type": "string"}, "then": one}


BELL = WordChoice("bell", BELLS)
LEVEL = WordChoice("level", LEVELS)
FORM = WordChoice("form", FORMS)


def make_part_choice(parts: tuple[str, ...]) -> WordChoice:
    """Make the choice of the parts of one kind of block."""
    return WordChoice("part", dict.fromkeys(parts, ""), advice="write names, like [shoulders, jaw]")


def make_language_choice(names: Mapping[str, str]) -> WordChoice:
    """Make the choice of the languages that the coach speaks, each with its name."""
    return WordChoice("language", names, advice="write one like nl")
