"""Vocabulary: the keys of the session language, labels in words that may not be said, and what a line means.

A label is a word or two with a colon: a key, a place in time, a note to oneself, or a language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from coach.translation import _, mark_message
from coach.units import TIME_WORD_PATTERN

# What only a setting's value looks like.
LIKE_A_VALUE = re.compile(r"\s*(?:[-+]?[0-9].*|on|off|none|start|end|both|[\[{].*)")

NEARLY_ALIKE = 0.75

# A time or a share, as a place of a cue.
_MOMENT = (
    rf"-?[0-9]+(?:[:.,][0-9]+)*[ \t]*(?:(?:{TIME_WORD_PATTERN})\b\.?(?:[ \t]*[0-9]+[ \t]*s)?|%)|-?[0-9]+:[0-9]{{2}}"
)

# A place or a level of a cue without its key or colon.
PLACED = re.compile(
    rf"(?:(?P<key>at|after|every|level)[ \t]+(?=[\w-])|(?=-|[0-9]+[ \t]*%))(?P<place>{_MOMENT}|essential|guide|extra)"
    r"[ \t]*:(?:[ \t]+|$)"
)

# It begins behind a sign, so that no place within words is tried.
_LABEL = re.compile(
    r"(?<![^,;:：\r\n])(?P<label>[^,;:：\r\n]*[^\s,;:：\r\n])[ \t]*[:：](?=\s|$)"  # noqa: RUF001 - as input methods write it
)

_TIGHT = re.compile(r"\s*[{\[]?\s*(?P<label>[\w-]+):(?=\S)")

_BRACKETS = re.compile(r"\s*(?:\{[^{}]*(?:,|:\s)[^{}]*\}|\[[^\[\]]*(?:,|:\s)[^\[\]]*\])")

_BEFORE_PLACE = (
    r"na|op|om|bij|vanaf|tot|in|voor|elke|iedere|om de|at|after|from|to|till|until|every|each|around|before|rond|about"
    r"|ongeveer|the|de|het|aan|laatste|eerste|last|first|final|halve|half|hele|per|minuut|minute|min|een|one|a"
)

_PLACE = re.compile(
    rf"(?:(?:{_BEFORE_PLACE})\s+)*"
    rf"(?:[-+~@]?\s*[0-9]+(?:[:.,][0-9]+)*\s*(?:(?:{TIME_WORD_PATTERN})\b\.?(?:\s*[0-9]+\s*s?)?|%|procent|percent|e|x|×)?"
    rf"|{TIME_WORD_PATTERN}|halverwege|halfway|midway|begin|start|einde?|end)"
    r"(?:\s+(?:na|voor|before|after|from|van|tot|het|de|the|einde?|end|begin|start|in))*",
    re.IGNORECASE,
)

_NOTE = re.compile(
    r"(?:opmerking(?:en)?|opm|noot|notitie|notes?|n\.?b|p\.?s|to ?do|fixme|comments?|commentaar|remarks?|memo"
    r"|aantekening(?:en)?|toelichting|uitleg|intern|internal|regie)\b",
    re.IGNORECASE,
)

_LONGEST_NOTE = 4

_LANGUAGE = re.compile(
    r"(?:[a-z]{2}|[A-Z]{2})(?:[-_][A-Za-z]{2,4})?|(?i:nld|ned|dut|eng|deu|ger|dui|fra|fre|spa|esp|ita|por"
    r"|nederlands|vlaams|engels|duits|frans|spaans|dutch|english|german|french|spanish|deutsch|français|español)"
)

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]?\s+")  # noqa: RUF001 - what may follow the end of a sentence

_FINISHED = re.compile(r"[.!?…\"'”’)]\s*[,;]\s*$")  # noqa: RUF001 - as above

_LEVELS = ("essential", "guide", "extra")

Role = Literal["key", "value", "said", "comment", "unsure"]

LineEdit = tuple[int, int, str]

_WAYS = {
    "setting": mark_message("put a setting on a line of its own under its block"),
    "place": mark_message("write a place as `at: 30s`, and the words behind `text: `"),
    "note": mark_message("put a note behind `# `, on a line of its own"),
    "language": mark_message("put each language in braces, as in {nl: …, en: …}"),
}

_Standing = Literal["start", "comma", "sentence"]


@dataclass(frozen=True, kw_only=True, slots=True)
class WordLabel:
    """A label in words: what stands before its colon, and what it may be."""

    name: str
    kind: Literal["setting", "place", "note", "language"]

    def advise(self, advice: str) -> str:
        """Say what to write for it, by advice that does not speak of quotes, and how to have it said."""
        if self.kind == "note" or _("quotes") in advice:
            advice = _(_WAYS[self.kind])
        if self.name in ("{", "["):
            return _("{advice}; or put the whole text in quotes, if the brackets are to be said", advice=advice)
        return _("{advice}; or put the whole text in quotes, if '{name}:' is to be said", advice=advice, name=self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The keys of the session language: those that hold texts, all others, and those under which names are free.

    ``kinds`` are the kinds of block among them, and ``languages`` the languages. ``is_synonym`` tells whether authors
    write a word for one of the keys, and ``find_meant`` for which, or which was misspelt, if that is certain.
    """

    texts: frozenset[str]
    settings: frozenset[str]
    free: frozenset[str]
    kinds: frozenset[str]
    languages: frozenset[str]
    is_synonym: Callable[[str], bool]
    find_meant: Callable[[str], str | None]

    def is_key(self, word: str) -> bool:
        """Return whether a word is a key."""
        return word in self.texts or word in self.settings

    def is_like_a_key(self, word: str) -> bool:
        """Return whether a word certainly stands for a key: with a typo, or in other words."""
        return self.is_synonym(word) or self.find_meant(word) is not None

    def resolve(self, word: str) -> str:
        """Return the key that a word stands for; the word itself, if that is not certain."""
        return word if self.is_key(word) else self.find_meant(word) or word

    def is_setting(self, word: str) -> bool:
        """Return whether a word is a key, or stands for one, that makes no block."""
        return word in self.settings - self.kinds or (not self.is_key(word) and self.is_synonym(word))

    def is_block(self, word: str) -> bool:
        """Return whether a key makes a block of its own wherever it stands."""
        return word in ("repeat", "use") or (word in self.kinds and word not in self.texts)

    def find_label(self, words: str, *, is_flow: bool = False) -> WordLabel | None:
        """Find the first label in words that may not be said with them.

        Args:
            words: the words of one text, with line breaks where it is written in several lines.
            is_flow: whether they stand between brackets, where a comma ends a text.
        """
        if _BRACKETS.match(words):
            return WordLabel(name=words.strip()[:1], kind="setting")
        tight = _TIGHT.match(words)
        if tight and tight["label"] in self.languages:
            return WordLabel(name=tight["label"], kind="language")
        for found in _LABEL.finditer(words):
            label = self._judge(words, found, is_flow=is_flow)
            if label:
                return label
        return None

    def _judge(self, words: str, found: re.Match[str], *, is_flow: bool) -> WordLabel | None:
        before, value = words[: found.start()], re.split(r"[,;\r\n}]", words[found.end() :], maxsplit=1)[0]
        last = before.rstrip(" \t")[-1:]
        *_, name = _SENTENCE_END.split(found["label"].strip())
        if name != found["label"].strip() or last in (":", "："):  # noqa: RUF001 - as input methods write it
            return self._judge_name(name, value, "sentence")
        name = name.lstrip("{[\"'").rstrip("\"'")
        if last not in (",", ";"):
            return self._judge_name(name, value, "start")
        is_single = re.fullmatch(r"[\w-]{2,}", name) is not None  # no label has one letter only
        ended = _FINISHED.search(before) is not None and len(name.split()) < _LONGEST_NOTE
        known = self._judge_name(name, value, "comma")
        return known or (WordLabel(name=name, kind="setting") if ended or (is_single and is_flow) else None)

    def _judge_name(self, name: str, value: str, place: _Standing) -> WordLabel | None:
        """Judge a label by its words, and by where it stands: only some can be one behind the end of a sentence."""
        if _NOTE.match(name) and len(name.split()) <= _LONGEST_NOTE:
            return WordLabel(name=name, kind="note")
        *_, last = name.split() or [""]
        if self.is_key(last) and last not in self.languages and LIKE_A_VALUE.fullmatch(value):
            return WordLabel(name=last, kind="setting")
        if place == "sentence":
            return None
        if _PLACE.fullmatch(name):
            return WordLabel(name=name, kind="place")
        if _LANGUAGE.fullmatch(name) or name in self.languages:
            return WordLabel(name=name, kind="language")
        return WordLabel(name=name, kind="setting") if self._is_setting(name, value, place) else None

    def _is_setting(self, name: str, value: str, place: _Standing) -> bool:
        first, _, rest = name.partition(" ")
        if rest:
            first = self.resolve(first)
            return self.is_key(first) and (rest in _LEVELS or LIKE_A_VALUE.fullmatch(rest) is not None)
        if place == "start" and not name[:1].islower():  # as a sentence begins
            return False
        is_value = LIKE_A_VALUE.fullmatch(value) is not None and bool(value.strip())
        keys = self.texts | self.settings
        return is_value or self.is_key(name) or self.is_like_a_key(name) or _is_near(name, keys)


@dataclass(frozen=True, kw_only=True, slots=True)
class LinePart:
    """A part of a line, in columns from 0. ``goes_on`` says that it is the same text as the last part before."""

    role: Role
    start: int
    end: int
    quoted: bool = False
    goes_on: bool = False


@dataclass(kw_only=True, slots=True)
class LineReading:
    """What a line means: its parts, the edits after which YAML reads them so, and whether nothing else can be meant.

    ``together`` are the lines whose edits make sense only with these. ``label`` is one in a text that may not be said.
    """

    parts: list[LinePart] = field(default_factory=list)
    edits: list[LineEdit] = field(default_factory=list)
    certain: bool = True
    together: set[int] = field(default_factory=set)
    label: WordLabel | None = None

    def add_label(self, label: WordLabel | None) -> None:
        """Add a label in a text, after which the line may be meant in two ways."""
        self.label = self.label or label
        self.certain &= label is None


@lru_cache(maxsize=2048)
def _is_near(word: str, keys: frozenset[str]) -> bool:
    """Return whether a word is nearly a key."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only where something is to be fixed

    return bool(get_close_matches(word.lower()[:40], keys, n=1, cutoff=NEARLY_ALIKE))


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundKey:
    """A key: its name as the language has it, its columns, where its value may begin, and what must be edited."""

    name: str
    start: int
    end: int
    after: int
    edits: tuple[LineEdit, ...] = ()


_DASHES = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")


def measure_dashes(line: str) -> int:
    """Return the column behind the indentation and the dashes that a line begins with."""
    return len(_DASHES.match(line)[0])  # type: ignore[index] # it matches everywhere


def count_list_sign(sign: str) -> int:
    """Return the number that an item of a list has by its number or letter, from 1."""
    return int(sign) if sign.isdigit() else ord(sign) - ord("a") + 1


def measure_indent(line: str) -> int:
    """Return the column that a line begins in, from 0."""
    return len(line) - len(line.lstrip(" \t"))


def find_closing_quote(line: str, quote: str) -> int | None:
    """Find the end of a quoted text that began in a line above, if it is here and nothing but a comment follows."""
    pattern = r"(?:[^\"\\]|\\.)*\"" if quote == '"' else r"(?:[^']|'')*'"
    found = re.match(pattern, line)
    return found.end() if found and re.fullmatch(r"\s*|\s+#.*", line[found.end() :]) else None
