"""Breath: steps for one in-breath and one out-breath, such as `3 in / 3 out` or `3/2`; or `none`."""

import re

from coach.session.session import NO_BREATH, Breath
from coach.session.values.value_kind import ScalarError, ValueKind, match_whole, normalize_typing
from coach.text.sanitize import quote

BREATH_STEPS = (1, 12)
_BREATH = re.compile(r"([0-9]{1,3})\s*-?\s*(?:in)?\s*/\s*([0-9]{1,3})\s*-?\s*(?:out)?", re.IGNORECASE)

_LENIENT_BREATH = re.compile(
    r"(?:in )?([0-9]{1,2}) ?-?(?:in\b)?(?: ?[-:,/&+] ?| )(?:out |uit )?([0-9]{1,2}) ?-?(?:out|uit)?"
)

_NONE = ("no", "off", "nee", "geen", "false")
_STEPS = "(0{0,2}[1-9]|0?1[0-2])"


class BreathKind(ValueKind[Breath]):
    """Steps in and steps out, 1 to 12 of each, or none."""

    name = "a breath"
    advice = "write 3 in / 3 out, 3/2, or none"
    pattern = match_whole(rf"[nN][oO][nN][eE]|{_STEPS}\s*-?\s*([iI][nN])?\s*/\s*{_STEPS}\s*-?\s*([oO][uU][tT])?")
    examples = ("3 in / 3 out", "3/2", "none")

    def _parse(self, text: str) -> Breath:
        if text.strip().lower() == "none":
            return NO_BREATH
        found = _BREATH.fullmatch(text.strip())
        if found is None:
            raise ScalarError("not-a-breath", f"{quote(text)} is not a breath", self.advice)
        low, high = BREATH_STEPS
        steps_in, steps_out = int(found[1]), int(found[2])
        if not (low <= steps_in <= high and low <= steps_out <= high):
            message = f"{quote(text)} is outside {low}-{high} steps"
            raise ScalarError("breath-out-of-range", message, "3 in / 3 out suits easy running")
        return Breath(steps_in=steps_in, steps_out=steps_out)

    def format(self, value: Breath) -> str:
        """Write both numbers in full, or none."""
        return "none" if value == NO_BREATH else f"{value.steps_in} in / {value.steps_out} out"

    def _repair(self, text: str) -> str | None:
        """Accept anything between the two numbers."""
        normalized = normalize_typing(text)
        if normalized in _NONE:
            return "none"
        steps = _LENIENT_BREATH.fullmatch(normalized)
        return f"{steps[1]} in / {steps[2]} out" if steps else None


BREATH = BreathKind()
