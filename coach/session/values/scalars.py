"""The small values of the language, each read from its text by one pure function."""

import re
from collections.abc import Callable
from typing import TypeVar

from coach.diagnostics.codes import look_up
from coach.diagnostics.did_you_mean import did_you_mean, find_certain
from coach.session.session import NO_BREATH, THROUGHOUT_S, Breath, CadenceValue, CuePlace, Ramp, Span
from coach.text.sanitize import quote
from coach.units import SECONDS_PER_MINUTE, seconds_to_text

LONGEST_S = 12 * 60 * SECONDS_PER_MINUTE

CADENCE_SPM = (60.0, 220.0)

BREATH_STEPS = (1, 12)

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"

_UNITS = re.compile(rf"(?:([0-9]{{1,9}})h)?(?:([0-9]{{1,9}})m)?(?:({_NUMBER})s)?")

_CLOCK = re.compile(r"(?:([0-9]{1,9}):)?([0-9]{1,9}):([0-9]{2})")

_LOOSE = re.compile(
    rf"({_NUMBER})\s*(hours?|uur|h|minutes?|minuten|minuut|mins?|m|seconds?|seconden|secs?|s)\.?", re.IGNORECASE
)

_CADENCE = re.compile(r"([+-]?)([0-9]{1,4}(?:\.[0-9]{1,3})?)")

_BREATH = re.compile(r"([0-9]{1,3})\s*-?\s*(?:in)?\s*/\s*([0-9]{1,3})\s*-?\s*(?:out)?", re.IGNORECASE)

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*%")

_RAMP = re.compile(r"\s*(?:->|→)\s*")

T = TypeVar("T")

TIME_HELP = "write a time like 90s, 3m, 1m30s or 3:30"


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


def time(text: str, *, below_zero: bool = False) -> float:
    """Seconds from ``90s``, ``3m``, ``1m30s``, ``1h5m``, ``3:30`` or ``1:05:00``.

    Args:
        text: what the author wrote.
        below_zero: whether ``-20s`` is a time here, as where time is counted from an end.

    Raises:
        ScalarError: it is no time, has no unit, is negative where that means nothing, or is over 12 hours.
    """
    written = text.strip()
    negative = written.startswith("-")
    bare = written[1:].lstrip() if negative else written
    seconds = _clock_s(bare) if ":" in bare else _units_s(bare)
    if seconds is None:
        raise _not_a_time(written)
    if negative and not below_zero:
        raise ScalarError("negative-time", f"{quote(written)} is a negative time", f"write {bare}")
    if seconds > LONGEST_S:
        limit = seconds_to_text(LONGEST_S)
        raise ScalarError("too-long", f"{quote(written)} is longer than {limit}", f"the longest time is {limit}")
    return -seconds if negative else seconds


def _units_s(text: str) -> float | None:
    found = _UNITS.fullmatch(text) if text else None
    if found is None:
        return None
    hours, minutes, seconds = (float(part) if part else 0.0 for part in found.groups())
    total_s = (hours * SECONDS_PER_MINUTE + minutes) * SECONDS_PER_MINUTE + seconds
    if (found[1] and minutes >= SECONDS_PER_MINUTE) or ((found[1] or found[2]) and seconds >= SECONDS_PER_MINUTE):
        raise ScalarError("not-a-time", f"{quote(text)} counts past 60", f"write {seconds_to_text(total_s)}")
    return total_s


def _clock_s(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (float(part) if part else 0.0 for part in found.groups())
    total_s = (hours * SECONDS_PER_MINUTE + minutes) * SECONDS_PER_MINUTE + seconds
    if seconds >= SECONDS_PER_MINUTE or (found[1] and (minutes >= SECONDS_PER_MINUTE or len(found[2]) != 2)):  # noqa: PLR2004 - h:mm:ss
        raise ScalarError("not-a-time", f"{quote(text)} is no time on a clock", f"write {seconds_to_text(total_s)}")
    return total_s


def _not_a_time(text: str) -> ScalarError:
    if re.fullmatch(rf"[+-]?{_NUMBER}", text):
        number = text.lstrip("+")
        minutes = f" or {number}m" if re.fullmatch("[1-9]|[1-5][0-9]", number) else ""
        return ScalarError("no-unit", f"{quote(text)} has no unit", f"write a unit: {number}s{minutes}")
    if ".." in text:
        return ScalarError("not-a-time", f"{quote(text)} is a span, and one time is wanted here", TIME_HELP)
    loose = _LOOSE.fullmatch(text)
    if loose:
        unit = {"u": "h"}.get(loose[2][0].lower(), loose[2][0].lower())
        seconds = float(loose[1]) * {"h": 3600.0, "m": SECONDS_PER_MINUTE, "s": 1.0}[unit]
        return ScalarError("not-a-time", f"{quote(text)} is not a time", f"write {seconds_to_text(seconds)}")
    return ScalarError("not-a-time", f"{quote(text)} is not a time", TIME_HELP)


def lasting(text: str) -> float:
    """A time that is more than nothing, in seconds.

    Raises:
        ScalarError: it is no time, or zero.
    """
    seconds = time(text)
    if seconds == 0:
        raise ScalarError("no-time-at-all", f"{quote(text)} is no time at all", "write at least 1s")
    return seconds


def span(text: str) -> Span:
    """How long a block may last, from ``3m`` or ``3m..8m``.

    Raises:
        ScalarError: an end is no time, or the span runs backwards.
    """
    if ".." not in text:
        try:
            shortest_s = lasting(text)
        except ScalarError as error:
            raise _perhaps_a_span(text, error) from None
        return Span(shortest_s=shortest_s, longest_s=shortest_s)
    first, last = (part.strip() for part in text.split("..", 1))
    shortest_s, longest_s = lasting(first), lasting(last.removeprefix("."))
    if shortest_s > longest_s:
        raise ScalarError("backwards-span", f"{quote(text)} runs from long to short", f"write {last}..{first}")
    return Span(shortest_s=shortest_s, longest_s=longest_s)


def _perhaps_a_span(text: str, error: ScalarError) -> ScalarError:
    ends = re.split(r"\s*(?:-|–|tot|to)\s*", text.strip())
    if len(ends) != 2 or not all(re.fullmatch(r"[0-9][0-9hms:.]*", end) for end in ends):  # noqa: PLR2004 - two ends
        return error
    return ScalarError("not-a-time", f"{quote(text)} is not a time", f"write a span as {ends[0]}..{ends[1]}")


def cadence_value(text: str) -> CadenceValue:
    """Steps per minute, from ``158``, or ``+6`` and ``-8`` relative to the session's.

    Raises:
        ScalarError: it is no number, or outside 60-220 steps per minute.
    """
    written = text.strip()
    found = _CADENCE.fullmatch(written)
    if found is None:
        advice = "write steps per minute like 158, +6, -8, or 150 -> 160"
        raise ScalarError("not-a-cadence", f"{quote(written)} is not a cadence", advice)
    spm = float(found[2])
    low, high = CADENCE_SPM
    if found[1]:
        if spm > high - low:
            raise ScalarError("cadence-out-of-range", f"{quote(written)} leaves {low:g}-{high:g}", "write a small step")
        return CadenceValue(spm=-spm if found[1] == "-" else spm, relative=True)
    if not low <= spm <= high:
        message = f"{quote(written)} is outside {low:g}-{high:g} steps per minute"
        raise ScalarError("cadence-out-of-range", message, "easy running is about 154-160, walking 100-115")
    return CadenceValue(spm=spm)


def ramp(text: str) -> Ramp:
    """A cadence over a block, from ``158``, ``+6`` or ``150 -> 160``.

    Raises:
        ScalarError: an end is no cadence, or there are more than two.
    """
    ends = [cadence_value(end) for end in _RAMP.split(text.strip(), maxsplit=1)]
    return Ramp(start=ends[0], end=ends[-1])


def steady_spm(text: str) -> float:
    """The session's own cadence in steps per minute: one plain number.

    Raises:
        ScalarError: it is no cadence, or is a ramp or relative.
    """
    value = ramp(text)
    if value.start.relative or value.start != value.end:
        message = f"the session's cadence is one plain number, not {quote(text)}"
        raise ScalarError("not-a-cadence", message, "write a number like 158 here, and the change in a block")
    return value.start.spm


def breath(text: str) -> Breath:
    """Steps per in- and out-breath, from ``3 in / 3 out``, ``3/3``, ``3-in/3-out`` or ``none``.

    Raises:
        ScalarError: it is none of these, or a count is outside 1-12.
    """
    if text.strip().lower() == "none":
        return NO_BREATH
    found = _BREATH.fullmatch(text.strip())
    if found is None:
        raise ScalarError("not-a-breath", f"{quote(text)} is not a breath", "write 3 in / 3 out, 3/2, or none")
    low, high = BREATH_STEPS
    steps_in, steps_out = int(found[1]), int(found[2])
    if not (low <= steps_in <= high and low <= steps_out <= high):
        message = f"{quote(text)} is outside {low}-{high} steps"
        raise ScalarError("breath-out-of-range", message, "3 in / 3 out suits easy running")
    return Breath(steps_in=steps_in, steps_out=steps_out)


def percent(text: str) -> float:
    """A share from 0 to 1, from ``40%``.

    Raises:
        ScalarError: it is no percentage from 0 to 100.
    """
    found = _PERCENT.fullmatch(text.strip())
    if found is None or float(found[1]) > 100:  # noqa: PLR2004 - per cent
        raise ScalarError("not-a-share", f"{quote(text)} is not a share", "write a share from 0% to 100%")
    return float(found[1]) / 100


def switch(text: str) -> float:
    """How long a sound goes on, in seconds: all through for ``on``, 0 for ``off``, else the time given.

    Raises:
        ScalarError: it is none of these.
    """
    word = text.strip().lower()
    if word in ("on", "off"):
        return THROUGHOUT_S if word == "on" else 0.0
    try:
        return time(text)
    except ScalarError as error:
        if error.code != "not-a-time":
            raise
        on_or_off = {"true": "on", "yes": "on", "false": "off", "no": "off", "none": "off"}
        advice = f"write {on_or_off[word]}" if word in on_or_off else "write on, off, or how long, like 90s"
        raise ScalarError("not-a-switch", f"{quote(text)} is not on, off or a time", advice) from None


def at(text: str) -> CuePlace:
    """Where a cue belongs: ``30s`` from the block's start, ``-20s`` from its end, ``40%`` of it.

    Raises:
        ScalarError: it is none of these.
    """
    if text.strip().endswith("%"):
        return CuePlace(kind="share", amount=percent(text))
    seconds = time(text, below_zero=True)
    if text.strip().startswith("-"):
        return CuePlace(kind="end", amount=-seconds)
    return CuePlace(kind="start", amount=seconds)


def whole(text: str) -> int:
    """A whole number of at least 1.

    Raises:
        ScalarError: it is not.
    """
    if not re.fullmatch(r"[0-9]{1,18}", text.strip()) or int(text) < 1:
        raise ScalarError("not-a-number", f"{quote(text)} is not a whole number from 1", "write a number like 6")
    return int(text)


def one_of(options: tuple[str, ...], what: str) -> Callable[[str], str]:
    """A reader of a word that must be among the options.

    Raises:
        ScalarError: (the reader) the word is not.
    """

    def choose(text: str) -> str:
        if text not in options:
            code, meant = f"unknown-{what.replace(' ', '-')}", find_certain(text, options) or ""
            raise ScalarError(code, f"unknown {what} {quote(text)}", did_you_mean(text, options), instead=meant)
        return text

    return choose
