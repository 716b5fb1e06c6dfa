"""Value kind: how one sort of value in a session file is parsed, written, corrected and described to editors."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from coach.diagnostics.codes import look_up
from coach.diagnostics.did_you_mean import did_you_mean, find_certain
from coach.languages import find_synonyms
from coach.translation import _, mark_message

T = TypeVar("T")

Schema = dict[str, Any]

LONGEST_CORRECTION = 120
_WAYS_TO_NAME = (
    mark_message("write {text}"),
    mark_message("write `{text}`"),
    mark_message("write a unit: {text}"),
    mark_message("write a span as {text}"),
    mark_message("did you mean '{text}'?"),
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")  # noqa: RUF001 - those that word processors put for a hyphen
_PRIMES = re.compile(r"\s*(-?)([0-9]{1,3})\s*['’′](?:\s*([0-9]{1,2})\s*(?:[\"”″]|''|’’)?)?\s*")  # noqa: RUF001 - minutes and seconds
_AROUND = " (),;\"'`´“”„‟‘’‚‛«»"  # noqa: RUF001 - and what stands around a value in a sentence


class ScalarError(ValueError):
    """A text that is not a valid value. ``offset`` and ``length`` give the wrong part of it, where known.

    ``instead`` is the certain correction of that part, where there is one.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help: str,  # noqa: A002 - the word authors see
        *,
        offset: int = 0,
        length: int = 0,
        instead: str = "",
    ) -> None:
        self.code = look_up(code).name
        self.message = message
        self.help = help
        self.offset = offset
        self.length = length
        self.instead = instead
        super().__init__(message)


class ValueKind(ABC, Generic[T]):
    r"""Everything about one kind of value.

    A new kind is a subclass in a module of its own in this package. It defines how a text is read
    (``_parse``), how a value is written (``format``), which invalid texts have a certain correction (``_repair``), and
    what editors know of it (``pattern``, ``examples``).

    Attributes:
        name: its name in messages, with its article: ``a time``.
        advice: how to write one, as a request.
        pattern: the rule as a regular expression. It means the same in Python and in ECMAScript, with or without the
            ``u`` flag, and so to all readers of JSON Schema. It never refuses what ``parse`` accepts. What it cannot
            express, such as a sum of hours and minutes, only ``parse`` checks.
        examples: values as authors may write them.
    """

    name: str
    advice: str
    pattern: str
    examples: tuple[object, ...]

    def parse(self, text: str) -> T:
        """Read a value from its text.

        Raises:
            ScalarError: it is not a valid value. If there is a certain correction, ``instead`` holds it and ``help``
                names it.
        """
        try:
            return self._parse(text)
        except ScalarError as error:
            error.instead = self._find_correction(text, error.instead) or ""
            if error.instead and not _names(error.help, error.instead):
                error.help = _("write {text}", text=error.instead)
            raise

    def correct(self, text: str) -> str | None:
        """Correct a text to the valid text that was certainly meant; None if several could be meant."""
        return self._find_correction(text, "")

    @abstractmethod
    def format(self, value: T) -> str:
        """Write a value in the coach's one spelling."""

    def rewrite(self, text: str) -> str:
        """Respell a text as the coach writes it; unchanged if it is not a value or its meaning would change."""
        try:
            written = self._canonicalize(text)
            return written if self._parse(written) == self._parse(text) else text
        except ScalarError:
            return text

    def to_json_schema(self) -> Schema:
        """Describe the valid values, and what editors say of others."""
        return {
            "type": "string",
            "pattern": self.pattern,
            "errorMessage": self.describe_expected(),
            "examples": list(self.examples),
        }

    def describe_name(self) -> str:
        """Name it in the language of messages."""
        return _(self.name)

    def describe_advice(self) -> str:
        """Say how to write one in the language of messages."""
        return _(self.advice)

    def describe_expected(self) -> str:
        """Describe what was expected, where something else was found."""
        return _("expected {kind}: {advice}", kind=self.describe_name(), advice=self.describe_advice())

    @abstractmethod
    def _parse(self, text: str) -> T:
        """Read a value strictly.

        Raises:
            ScalarError: it is not a valid value.
        """

    def _repair(self, text: str) -> str | None:  # noqa: ARG002 - for the kinds that correct typos
        """Guess what was meant by a text; ``_parse`` decides whether that is valid."""
        return None

    def _canonicalize(self, text: str) -> str:
        return self.format(self._parse(text))

    def _find_correction(self, text: str, known: str) -> str | None:
        meant = known or self._repair(text)
        if not meant or len(meant) > LONGEST_CORRECTION:
            return None
        try:
            self._parse(meant)
        except ScalarError:
            return None
        return meant


def find_meant(written: str, options: Iterable[str]) -> str | None:
    """Find the option that a word certainly stands for: itself, another word for it, or the same word with a typo."""
    known = tuple(options)
    if written in known:
        return written
    synonyms = find_synonyms(written, known)
    return (synonyms[0] if len(synonyms) == 1 else None) if synonyms else find_certain(written, known)


def suggest(written: str, options: Iterable[str]) -> str:
    """Name the options that a word may stand for, or the nearest one, or all, in a sentence of help."""
    known = tuple(options)
    synonyms = find_synonyms(written, known)
    return (
        _("write {text}", text=join_words(f"`{each}`" for each in synonyms))
        if synonyms
        else did_you_mean(written, known)
    )


def _names(advice: str, meant: str) -> bool:
    """Return whether advice names exactly this value, not one of several, nor a part of another."""
    return advice in (_(way, text=meant) for way in _WAYS_TO_NAME)


def normalize_typing(text: str) -> str:
    """Normalize a value to plain typing: no curly quotes around it, no typographic dashes, odd spaces or capitals."""
    primes = _PRIMES.fullmatch(text)
    if primes:
        text = f"{primes[1]}{primes[2] or 0}m{primes[3] or 0}s"
    known = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return " ".join(known.strip(_AROUND).split()).lower()


def format_number(value: float) -> str:
    """Format a number with at most six decimals and no trailing zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def match_whole(inner: str) -> str:
    """Make a pattern for a whole text, ignoring spaces around it."""
    return rf"^\s*({inner})\s*$"


def join_words(words: Iterable[str]) -> str:
    """Join words to a choice: ``a, b or c``."""
    *first, last = words
    return _("{first} or {last}", first=", ".join(first), last=last) if first else last


def require_mapping(message: str) -> Schema:
    """Require a mapping, without a ``type``, from which editors would complete an empty one."""
    return {"if": {"not": {"type": "object"}}, "then": {"type": "object", "errorMessage": message}}


def refuse_types(refused: Iterable[str], wanted: Iterable[str], message: str) -> Schema:
    """Refuse some types; a plain ``type`` would make editors offer true, false and null."""
    return {"if": {"type": list(refused)}, "then": {"type": list(wanted), "errorMessage": message}}


def refer_to(name: str) -> Schema:
    """Refer to the definition of that name."""
    return {"x-shared": name}
