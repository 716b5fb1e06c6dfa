"""Word choice: one word from a list, such as when a bell rings, a cue's level, or a form of run."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.session.values.value_kind import ScalarError, Schema, ValueKind, find_meant, join_words, suggest
from coach.text.sanitize import quote
from coach.translation import _, mark_message

FORMS = MappingProxyType(
    {
        "reset": mark_message("A short run that empties your head after a full day."),
        "long": mark_message("Long, slow and mostly quiet."),
        "intervals": mark_message("Light, quick stretches, with easy ones between."),
        "mindful": mark_message("Attention on breath, body and surroundings, all the way."),
        "trail": mark_message("Among trees or over hills, with few words."),
        "other": mark_message("Anything else."),
    }
)

LEVELS = MappingProxyType(
    {
        "essential": mark_message("Always said. Without it, the run could not be followed."),
        "guide": mark_message("Ordinary guidance. Only --guidance quiet leaves it out."),
        "extra": mark_message("Pleasant to hear, and not missed. --guidance light leaves it out."),
    }
)

BELLS = MappingProxyType(
    {
        "start": mark_message("It rings as the block begins."),
        "end": mark_message("It rings towards the end, and has died away when the block is over."),
        "both": mark_message("It rings at the start and at the end."),
        "none": mark_message("It does not ring in this block."),
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
        self.advice = advice
        self.examples = tuple(meanings)

    def describe_advice(self) -> str:
        """Say how to write one: with the words where no other advice is given."""
        return _(self.advice) or (_("write {text}", text=join_words(self.meanings)) if self.meanings else "")

    def _parse(self, text: str) -> str:
        if text in self.meanings:
            return text
        code = f"unknown-{self.word.replace(' ', '-')}"
        advice = suggest(text, self.meanings)
        meant = find_meant(text, self.meanings) or ""
        raise ScalarError(code, _("unknown {word} {text}", word=_(self.word), text=quote(text)), advice, instead=meant)

    def format(self, value: str) -> str:
        """Return the word."""
        return value

    def to_json_schema(self) -> Schema:
        """Describe the words with their meanings."""
        return {
            "enum": list(self.meanings),
            "enumDescriptions": [_(meaning) for meaning in self.meanings.values()],
            "errorMessage": _(
                "expected {kind}: write {words}", kind=self.describe_name(), words=join_words(self.meanings)
            ),
        }

    def to_list_schema(self) -> Schema:
        """Describe one or more of the words, in a list or one alone."""
        one = {"enum": list(self.meanings), "errorMessage": self.to_json_schema()["errorMessage"]}
        several = {"type": ["array", "string"], "items": one, "minItems": 1, "errorMessage": self.describe_expected()}
        return {**several, "if": {"type": "string"}, "then": one}


BELL = WordChoice(mark_message("bell"), BELLS, name=mark_message("a bell"))
LEVEL = WordChoice(mark_message("level"), LEVELS, name=mark_message("a level"))
FORM = WordChoice(mark_message("form"), FORMS, name=mark_message("a form"))


def make_part_choice(parts: tuple[str, ...]) -> WordChoice:
    """Make the choice of the parts of one kind of block."""
    return WordChoice(
        mark_message("part"),
        dict.fromkeys(parts, ""),
        name=mark_message("a part"),
        advice=mark_message("write names, like [shoulders, jaw]"),
    )


def make_language_choice(names: Mapping[str, str]) -> WordChoice:
    """Make the choice of the languages that the coach speaks, each with its name."""
    return WordChoice(
        mark_message("language"), names, name=mark_message("a language"), advice=mark_message("write one like nl")
    )
