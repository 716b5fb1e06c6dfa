"""Cadence: steps per minute, such as `158`, `+6` relative to the session's, or a ramp `112 -> 156`."""

import math
import re
from abc import abstractmethod
from typing import TypeVar

from coach.session.session import AbsoluteCadence, CadenceValue, Ramp, RelativeCadence
from coach.session.values.duration import LENIENT_NUMBER, dot_decimals
from coach.session.values.value_kind import ScalarError, Schema, ValueKind, format_number, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.translation import _, mark_message

CADENCE_SPM = (60.0, 220.0)
_CADENCE = re.compile(r"([+-]?)([0-9]{1,4}(?:\.[0-9]{1,3})?)")
_RAMP = re.compile(r"\s*(?:->|→)\s*")
_LENIENT_RAMP = re.compile(r" ?(?:[-=]*>|→| (?:to|tot|naar) ) ?")
_THOUSANDTHS = r"(\.[0-9]{1,3})?"
_STEADY = rf"((0{{0,2}}[6-9][0-9]|0?(1[0-9][0-9]|2[01][0-9])){_THOUSANDTHS}|0?220(\.0{{1,3}})?)"
_RELATIVE = rf"[+-]((0{{0,3}}[0-9]|0{{0,2}}[0-9]{{2}}|0?1[0-5][0-9]){_THOUSANDTHS}|0?160(\.0{{1,3}})?)"
T = TypeVar("T")


def _parse_end(text: str) -> CadenceValue:
    written = text.strip()
    found = _CADENCE.fullmatch(written)
    if found is None:
        raise ScalarError(
            "not-a-cadence", _("{written} is not a cadence", written=quote(written)), _(_CadenceKind.advice)
        )
    spm = float(found[2])
    low, high = CADENCE_SPM
    if found[1]:
        if spm > high - low:
            raise ScalarError(
                "cadence-out-of-range",
                _(
                    "{written} leads outside {low:g}-{high:g} steps per minute",
                    written=quote(written),
                    low=low,
                    high=high,
                ),
                _("write a small step"),
            )
        return RelativeCadence(offset_spm=-spm if found[1] == "-" else spm)
    if not low <= spm <= high:
        message = _(
            "{written} is outside {low:g}-{high:g} steps per minute", written=quote(written), low=low, high=high
        )
        raise ScalarError("cadence-out-of-range", message, _("easy running is about 154-160, walking 100-115"))
    return AbsoluteCadence(spm=spm)


def _parse_ramp(text: str) -> Ramp:
    ends = [_parse_end(end) for end in _RAMP.split(text.strip(), maxsplit=1)]
    return Ramp(start=ends[0], end=ends[-1])


def _format_end(value: CadenceValue) -> str:
    if isinstance(value, AbsoluteCadence):
        return format_number(value.spm)
    return f"{'-' if math.copysign(1.0, value.offset_spm) < 0 else '+'}{format_number(abs(value.offset_spm))}"


class _CadenceKind(ValueKind[T]):
    name = mark_message("a cadence")
    advice = mark_message("write steps per minute like 158, +6, -8, or 150 -> 160")
    lowest_spm = CADENCE_SPM[0]

    def to_json_schema(self) -> Schema:
        """Describe a number or a text: in YAML, a value with a sign or an arrow may be either."""
        return {
            "type": ["number", "string"],
            "pattern": self.pattern,
            "errorMessage": self.describe_expected(),
            "examples": list(self.examples),
            "minimum": int(self.lowest_spm),
            "maximum": int(CADENCE_SPM[1]),
        }

    @abstractmethod
    def _parse(self, text: str) -> T: ...

    def _canonicalize(self, text: str) -> str:
        """Keep two equal ends as two."""
        return " -> ".join(_format_end(_parse_end(end)) for end in _RAMP.split(text.strip(), maxsplit=1))

    def _repair(self, text: str) -> str | None:
        """Accept a cadence with its unit, or a ramp with another arrow or a word for it."""
        bare = re.sub(rf"({LENIENT_NUMBER}) ?(?:spm|steps/min|bpm)\b", r"\1", normalize_typing(text))
        return " -> ".join(dot_decimals(end) for end in _LENIENT_RAMP.split(bare))


class Cadence(_CadenceKind[Ramp]):
    """A block's cadence: steady or a ramp, each end absolute or relative to the session's."""

    pattern = match_whole(rf"({_STEADY}|{_RELATIVE})(\s*(->|→)\s*({_STEADY}|{_RELATIVE}))?")
    examples = (158, "+6", "112 -> 156")
    lowest_spm = CADENCE_SPM[0] - CADENCE_SPM[1]  # YAML takes -8 for a number, too

    def _parse(self, text: str) -> Ramp:
        return _parse_ramp(text)

    def format(self, value: Ramp) -> str:
        """Write one end, or two for a ramp."""
        return " -> ".join(map(_format_end, dict.fromkeys((value.start, value.end))))


class SteadyCadence(_CadenceKind[float]):
    """The session's own cadence: one plain number of steps per minute."""

    pattern = match_whole(_STEADY)
    examples = (158,)

    def _parse(self, text: str) -> float:
        ramp = _parse_ramp(text)
        if isinstance(ramp.start, RelativeCadence) or _RAMP.search(text):
            message = _("the session's cadence is one plain number, not {text}", text=quote(text))
            raise ScalarError("not-a-cadence", message, _("write a number like 158 here, and the change in a block"))
        return ramp.start.spm

    def format(self, value: float) -> str:
        """Write the plain number."""
        return format_number(value)

    def describe_expected(self) -> str:
        """Describe what was expected, for instance where the change of a block is."""
        return _("the session's cadence is one plain number: write it like 158, and the change in a block")


CADENCE = Cadence()
STEADY_CADENCE = SteadyCadence()
