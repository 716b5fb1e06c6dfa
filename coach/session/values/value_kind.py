"""Value kind: one sort of value in a session file, from its text to what editors are told of it."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from coach.diagnostics.codes import look_up

T = TypeVar("T")

Schema = dict[str, Any]

LONGEST_CORRECTION = 120

_WAYS_TO_NAME = ("write {}", "write a unit: {}", "write a span as {}", "did you mean '{}'?")

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")  # noqa: RUF001 - those that word processors put for a hyphen

_QUOTES = " \"'`´“”„‟‘’‚‛«»"  # noqa: RUF001 - those that word processors put around a text


class ScalarError(ValueError):
    """A text that is not the value it should be; ``offset`` and ``length`` say which stretch of it, where known.

    ``instead`` is what that stretch certainly should be, where that is known.
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
    r"""All that is known of one kind of value.

    A new kind is a subclass in a module of its own, and a line in `registry`. It says how a text is read
    (``_parse``), how a value is written (``format``), what an author certainly meant by a text that is not quite a
    value (``_repair``), and what editors are told (``pattern``, ``examples``).

    Attributes:
        name: what it is called in messages, with its article: ``a time``.
        advice: how to write one, as a request.
        pattern: the rule as a regular expression. It means the same to Python and to ECMAScript, with its ``u`` flag
            and without, and so to all that reads JSON Schema. It never refuses what ``parse`` accepts. What it cannot
            see, such as a sum of hours and minutes, ``parse`` alone checks.
        examples: values as authors may write them.
    """

    name: str
    advice: str
    pattern: str
    examples: tuple[object, ...]

    def parse(self, text: str) -> T:
        """Read a value from its text.

        Raises:
            ScalarError: it is no such value. Where it is certain what was meant, ``instead`` holds that, and ``help``
                names exactly that.
        """
        try:
            return self._parse(text)
        except ScalarError as error:
            error.instead = self._find_correction(text, error.instead) or ""
            if error.instead and not _names(error.help, error.instead):
                error.help = f"write {error.instead}"
            raise

    def correct(self, text: str) -> str | None:
        """What was certainly meant by a text, as a valid text of this kind; None where more than one could be meant."""
        return self._find_correction(text, "")

    @abstractmethod
    def format(self, value: T) -> str:
        """The text of a value, in the one way the coach writes it."""

    def rewrite(self, text: str) -> str:
        """A text in the one way the coach writes it; unchanged where it is no value or would become another one."""
        try:
            written = self._canonical(text)
            return written if self._parse(written) == self._parse(text) else text
        except ScalarError:
            return text

    def to_json_schema(self) -> Schema:
        """What may stand there, and what editors say of what may not."""
        return {
            "type": "string",
            "pattern": self.pattern,
            "errorMessage": self.describe_expected(),
            "examples": list(self.examples),
        }

    def describe_expected(self) -> str:
        """What to say where something else stands."""
        return f"expected {self.name}: {self.advice}"

    @abstractmethod
    def _parse(self, text: str) -> T:
        """Read a value strictly.

        Raises:
            ScalarError: it is no such value.
        """

    def _repair(self, text: str) -> str | None:  # noqa: ARG002 - for the kinds that know of slips
        """What was probably meant by a text; whether that is a value is for ``_parse`` to say."""
        return None

    def _canonical(self, text: str) -> str:
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


def _names(advice: str, meant: str) -> bool:
    """Whether advice names just this value: not as one of several, nor as a part of another."""
    return advice in (way.format(meant) for way in _WAYS_TO_NAME)


def normalize_typing(text: str) -> str:
    """A value as a keyboard types it: no curly quotes around it, no typographic dashes, no odd spaces or capitals."""
    known = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return " ".join(known.strip(_QUOTES).split()).lower()


def format_number(value: float) -> str:
    """A number with six decimals at most, and no zeros that say nothing."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def match_whole(inner: str) -> str:
    """A pattern for all of a text, spaces around it aside."""
    return rf"^\s*({inner})\s*$"


def join_words(words: Iterable[str]) -> str:
    """Words as a choice: ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def require_mapping(message: str) -> Schema:
    """A mapping, without a ``type`` from which editors would make one up."""
    return {"if": {"not": {"type": "object"}}, "then": {"type": "object", "errorMessage": message}}


def refuse_types(refused: Iterable[str], wanted: Iterable[str], message: str) -> Schema:
    """Whatever is not of some types; a plain ``type`` would make editors offer true, false and null."""
    return {"if": {"type": list(refused)}, "then": {"type": list(wanted), "errorMessage": message}}


def refer_to(name: str) -> Schema:
    """A place where the definition of that name belongs."""
    return {"x-shared": name}
