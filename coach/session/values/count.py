"""Count: how many times, a whole number from 1; and the version of the format, which is 1."""

import re

from coach.session.values.value_kind import ScalarError, Schema, ValueKind, match_whole, normalize_typing
from coach.text.sanitize import quote


class Count(ValueKind[int]):
    """A whole number of at least 1."""

    name = "a number"
    advice = "write a number like 6"
    pattern = match_whole("0{0,17}[1-9][0-9]{0,17}")
    examples = (6,)

    def _parse(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text.strip()) or int(text) < 1:
            raise ScalarError("not-a-number", f"{quote(text)} is not a whole number from 1", self.advice)
        return int(text)

    def format(self, value: int) -> str:
        """Write its digits."""
        return str(value)

    def to_json_schema(self) -> Schema:
        """Describe an integer, or the text of one."""
        return {**super().to_json_schema(), "type": ["integer", "string"], "minimum": 1}

    def _repair(self, text: str) -> str | None:
        found = re.fullmatch(r"(?:x ?)?([1-9][0-9]{0,2}) ?(?:x|times?|keer)?", normalize_typing(text))
        return found[1] if found else None


class FormatVersion(ValueKind[int]):
    """The one version of the format that there is."""

    name = "the format"
    advice = "write coach: 1"
    pattern = match_whole("1")
    examples = (1,)

    def _parse(self, text: str) -> int:
        if text.strip() == "1":
            return 1
        raise ScalarError("unknown-format", f"this coach reads format 1, not {quote(text)}", self.advice)

    def format(self, value: int) -> str:
        """Write its digit."""
        return str(value)

    def to_json_schema(self) -> Schema:
        """Describe the number 1, or the text of it."""
        told = {"errorMessage": self.describe_expected()}
        return {
            "if": {"type": "string"},
            "then": {"pattern": self.pattern, **told},
            "else": {"const": 1, **told},
            "examples": list(self.examples),
        }


COUNT = Count()

FORMAT_VERSION = FormatVersion()
