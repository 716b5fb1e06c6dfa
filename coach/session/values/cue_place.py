"""Cue place: when in its block a cue is said: `at` a time or share, `after` the cue before, or `every` period."""

import re

from coach.session.session import After, AtShare, Every, FromEnd, FromStart
from coach.session.values.duration import (
    DURATION_PATTERN,
    LENIENT_NUMBER,
    SURELY_NO_MINUTES,
    SURELY_SECONDS,
    TIME_HELP,
    dot_decimals,
    format_duration,
    match_positive,
    parse_duration,
    parse_positive_duration,
    repair_duration,
)
from coach.session.values.value_kind import ScalarError, ValueKind, format_number, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.translation import _, mark_message

SHORTEST_PERIOD_S = 10.0
PERCENT = 100.0
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*%")
_MEANT = dict.fromkeys(("start", "begin", "beginning"), "0s") | dict.fromkeys(
    ("half", "halfway", "middle", "midway", "halverwege", "helft", "midden"), "50%"
)
_END = ("end", "einde", "eind", "slot", "finish")
_UNDER_10_S = r"((0+h)?(0+m)?0*[0-9](\.[0-9]{1,6})?s|(0+:){1,2}0[0-9])"


class CueAt(ValueKind[FromStart | FromEnd | AtShare]):
    """``30s`` from the block's start, ``-20s`` from its end, or ``40%`` of it."""

    name = mark_message("a place")
    advice = mark_message("write 30s, -20s or 40%")
    pattern = match_whole(
        rf"(-\s*)?{DURATION_PATTERN}|(0{{0,2}}[0-9]|0?[0-9]{{2}})(\.[0-9]{{1,3}})?\s*%|100(\.0{{1,3}})?\s*%"
    )
    examples = ("30s", "-20s", "40%")

    def _parse(self, text: str) -> FromStart | FromEnd | AtShare:
        written = text.strip()
        if written.endswith("%"):
            return AtShare(share=_parse_percent(text) / PERCENT)
        try:
            seconds = parse_duration(text, below_zero=True)
        except ScalarError as error:
            is_end = normalize_typing(text) in _END
            error.help = _("write how long before the end, like -20s") if is_end else self._advise(error)
            raise
        return FromEnd(seconds=-seconds) if written.startswith("-") else FromStart(seconds=seconds)

    def _advise(self, error: ScalarError) -> str:
        return self.describe_advice() if error.help == _(TIME_HELP) else error.help

    def format(self, value: FromStart | FromEnd | AtShare) -> str:
        """Write a time with its sign, or a percentage."""
        match value:
            case FromStart(seconds=seconds):
                return format_duration(seconds)
            case FromEnd(seconds=seconds):
                return f"-{format_duration(seconds)}"
            case AtShare(share=share):
                return f"{format_number(share * PERCENT)}%"

    def _repair(self, text: str) -> str | None:
        """Accept a time from either end, or a share."""
        normalized = normalize_typing(text)
        share = re.fullmatch(rf"({LENIENT_NUMBER}) ?(?:%|percent|procent|pct)", normalized)
        if share:
            return f"{format_number(float(dot_decimals(share[1])))}%"
        known = _MEANT.get(normalized)
        return known or repair_duration(normalized, bare_from=1 if normalized.startswith("-") else SURELY_SECONDS)


def _parse_percent(text: str) -> float:
    found = _PERCENT.fullmatch(text.strip())
    if found is None or float(found[1]) > PERCENT:
        raise ScalarError(
            "not-a-share", _("{text} is not a share", text=quote(text)), _("write a share from 0% to 100%")
        )
    return float(found[1])


class CueAfter(ValueKind[After]):
    """A time after the end of the cue before."""

    name = mark_message("a time")
    advice = TIME_HELP
    pattern = match_whole(DURATION_PATTERN)
    examples = ("5s",)

    def _parse(self, text: str) -> After:
        return After(seconds=parse_duration(text))

    def format(self, value: After) -> str:
        """Write it as a time."""
        return format_duration(value.seconds)

    def _repair(self, text: str) -> str | None:
        return repair_duration(normalize_typing(text), bare_from=SURELY_NO_MINUTES)


class CueEvery(ValueKind[Every]):
    """A period of at least ten seconds."""

    name = mark_message("a time")
    advice = TIME_HELP
    pattern = match_whole(rf"(?!{_UNDER_10_S}\s*$){match_positive('$')}")
    examples = ("2m",)

    def _parse(self, text: str) -> Every:
        seconds = parse_positive_duration(text)
        if seconds < SHORTEST_PERIOD_S:
            message = _("{text} is too often to repeat a cue", text=quote(text))
            raise ScalarError("too-often", message, _("write {least:g}s or more", least=SHORTEST_PERIOD_S))
        return Every(period_s=seconds)

    def format(self, value: Every) -> str:
        """Write it as a time."""
        return format_duration(value.period_s)

    def _repair(self, text: str) -> str | None:
        return repair_duration(normalize_typing(text), bare_from=SURELY_NO_MINUTES)


CUE_AT = CueAt()
CUE_AFTER = CueAfter()
CUE_EVERY = CueEvery()
