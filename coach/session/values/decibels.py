"""Decibels: how much louder or softer than usual a sound is, such as `-3dB` or `+2dB`."""

import re

from coach.session.values.duration import LENIENT_NUMBER, dot_decimals
from coach.session.values.value_kind import ScalarError, ValueKind, format_number, match_whole, normalize_typing
from coach.text.sanitize import quote

LEVEL_DB = (-40.0, 12.0)
_DECIMALS = r"(\.[0-9]{1,2})?"
_LEVEL = rf"(-(40(\.0{{1,2}})?|[0-3]?[0-9]{_DECIMALS})|\+?(12(\.0{{1,2}})?|(0?[0-9]|1[01]){_DECIMALS}))\s*[dD][bB]"
_NUMBER = re.compile(r"([+-]?[0-9]{1,4}(?:\.[0-9]{1,2})?)\s*[dD][bB]")
_LENIENT = re.compile(rf"([+-]?) ?({LENIENT_NUMBER}) ?(?:db|decibels?)?")


class Decibels(ValueKind[float]):
    """Decibels above what is usual, or below where negative."""

    name = "a level"
    advice = "write how much louder or softer, like +2dB or -3dB"
    pattern = match_whole(_LEVEL)
    examples = ("-3dB", "0dB", "+2dB")

    def _parse(self, text: str) -> float:
        number = _NUMBER.fullmatch(text.strip())
        if number and re.fullmatch(_LEVEL, text.strip()):
            return float(number[1]) or 0.0
        low, high = LEVEL_DB
        if number and not low <= float(number[1]) <= high:
            message = f"{quote(text)} is outside {low:g} to +{high:g} dB"
            raise ScalarError("level-out-of-range", message, "try -6dB or +3dB first, and listen")
        raise ScalarError("not-a-level", f"{quote(text)} is not a level in decibels", self.advice)

    def format(self, value: float) -> str:
        """Write the decibels, with a sign where they are more or less than usual."""
        sign = "+" if value > 0.0 else "-" if value < 0.0 else ""
        return f"{sign}{format_number(abs(value))}dB"

    def _repair(self, text: str) -> str | None:
        """Accept a number without its unit, which can only be decibels, or with a comma for its point."""
        found = _LENIENT.fullmatch(normalize_typing(text))
        return f"{found[1]}{dot_decimals(found[2])}dB" if found else None


DECIBELS = Decibels()
