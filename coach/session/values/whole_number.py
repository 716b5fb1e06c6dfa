"""Whole numbers: how many times, a number in an album, a year; and the version of the format, which is 1."""

import re

from coach.session.session import Times
from coach.session.values.value_kind import ScalarError, Schema, ValueKind, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.translation import _, mark_message


class WholeNumber(ValueKind[int]):
    """A whole number from ``least`` to ``most``, None for no limit; ``digits`` is its pattern."""

    name = mark_message("a number")
    least = 1
    most: int | None = None
    digits: str

    def _parse(self, text: str) -> int:
        if not re.fullmatch(self.digits, text.strip()):
            template = mark_message("{text} is not a whole number from {least}")
            if self.most is not None:
                template = mark_message("{text} is not a whole number from {least} to {most}")
            message = _(template, text=quote(text), least=self.least, most=self.most)
            raise ScalarError("not-a-number", message, self.describe_advice())
        return int(text)

    def format(self, value: int) -> str:
        """Write its digits."""
        return str(value)

    def to_json_schema(self) -> Schema:
        """Describe an integer, or the text of one."""
        limits = {"minimum": self.least} if self.most is None else {"minimum": self.least, "maximum": self.most}
        return {**super().to_json_schema(), "type": ["integer", "string"], **limits}


class Count(WholeNumber):
    """How many times."""

    advice = mark_message("write a number like 6")
    digits = "0{0,17}[1-9][0-9]{0,17}"
    pattern = match_whole(digits)
    examples = (6,)

    def _repair(self, text: str) -> str | None:
        found = re.fullmatch(r"(?:x ?)?([1-9][0-9]{0,2}) ?(?:x|times?|keer)?", normalize_typing(text))
        return found[1] if found else None


class TimesKind(ValueKind[Times]):
    """How many times, or from how few to how many, for the session to reach its length."""

    name = mark_message("a number, or two such as 3..10")
    advice = mark_message("write a number like 6, or 3..10 to fit it to the length")
    pattern = match_whole(rf"({Count.digits})(\s*\.\.\s*\.?({Count.digits}))?")
    examples = (6, "3..10")

    def _parse(self, text: str) -> Times:
        first, dots, last = text.partition("..")
        if not dots:
            times = COUNT.parse(text)
            return Times(least=times, most=times)
        least, most = COUNT.parse(first), COUNT.parse(last.removeprefix("."))
        if least > most:
            advice = _("write {text}", text=f"{last.strip()}..{first.strip()}")
            raise ScalarError("backwards-span", _("{text} runs from many to few", text=quote(text)), advice)
        return Times(least=least, most=most)

    def format(self, value: Times) -> str:
        """Write one number, or two."""
        return "..".join(map(str, dict.fromkeys((value.least, value.most))))

    def _repair(self, text: str) -> str | None:
        return COUNT.correct(text)

    def to_json_schema(self) -> Schema:
        """Describe an integer, or the text of one or two."""
        return {**super().to_json_schema(), "type": ["integer", "string"], "minimum": 1}


class TrackNumber(WholeNumber):
    """A number in an album."""

    advice = mark_message("write a number like 3")
    most = 999
    digits = "0{0,2}[1-9][0-9]{0,2}"
    pattern = match_whole(digits)
    examples = (3,)


class Year(WholeNumber):
    """A year of our era, in four digits."""

    name = mark_message("a year")
    advice = mark_message("write a year like 2026")
    least = 1000
    most = 2999
    digits = "[12][0-9]{3}"
    pattern = match_whole(digits)
    examples = (2026,)


class FormatVersion(ValueKind[int]):
    """The one version of the format that there is."""

    name = mark_message("the format")
    advice = mark_message("write coach: 1")
    pattern = match_whole("1")
    examples = (1,)

    def _parse(self, text: str) -> int:
        if text.strip() == "1":
            return 1
        raise ScalarError(
            "unknown-format", _("this coach reads format 1, not {text}", text=quote(text)), self.describe_advice()
        )

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
TIMES = TimesKind()
TRACK_NUMBER = TrackNumber()
YEAR = Year()
FORMAT_VERSION = FormatVersion()
