"""Duration: a time such as `90s`, `3m` or `3:30`, in seconds; a span of two; a switch that one turns off."""

import re
from itertools import pairwise

from coach.session.session import THROUGHOUT_S, Span
from coach.session.values.value_kind import ScalarError, ValueKind, format_number, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.units import SECONDS_PER_MINUTE, TIME_WORD_PATTERN, TIME_WORDS_S

LONGEST_S = 12 * 60 * SECONDS_PER_MINUTE
TIME_HELP = mark_message("write a time like 90s, 3m, 1m30s or 3:30")
SECONDS_UNTIL_S = 2 * SECONDS_PER_MINUTE

# A bare number certainly means seconds from here on: it is too large for minutes, or is at least a minute.
SURELY_NO_MINUTES = 180
SURELY_SECONDS = 60
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_UNITS = re.compile(rf"(?:([0-9]{{1,9}})h)?(?:([0-9]{{1,9}})m)?(?:({_NUMBER})s)?")
_CLOCK = re.compile(r"(?:([0-9]{1,9}):)?([0-9]{1,9}):([0-9]{2})")
LENIENT_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?"
_PART = re.compile(rf"({LENIENT_NUMBER}) ?({TIME_WORD_PATTERN})\.?(?:,? (?:(?:and|en) )?)?")
_LENIENT_CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{2})(?: ?min(?:ut(?:es|en))?\.?)?")
_BARE = re.compile(r"-?[0-9]{1,5}")


def parse_duration(text: str, *, below_zero: bool = False) -> float:
    """Read seconds from ``90s``, ``3m``, ``1m30s``, ``1h5m``, ``3:30`` or ``1:05:00``.

    A negative time such as ``-20s`` counts from an end; it must be allowed by ``below_zero``.

    Raises:
        ScalarError: it is not a time, has no unit, is negative where that is not allowed, or is over 12 hours.
    """
    written = text.strip()
    negative = written.startswith("-")
    bare = written[1:].lstrip() if negative else written
    seconds = _parse_clock(bare) if ":" in bare else _parse_units(bare)
    if seconds is None:
        raise _explain(written)
    if negative and not below_zero:
        raise ScalarError(
            "negative-time", _("{written} is a negative time", written=quote(written)), _("write {text}", text=bare)
        )
    if seconds > LONGEST_S:
        limit = format_duration(LONGEST_S)
        raise ScalarError(
            "too-long",
            _("{written} is longer than {limit}", written=quote(written), limit=limit),
            _("the longest time is {limit}", limit=limit),
        )
    return -seconds if negative else seconds


def parse_positive_duration(text: str) -> float:
    """Read a time greater than zero.

    Raises:
        ScalarError: it is not a time, or is zero.
    """
    seconds = parse_duration(text)
    if seconds == 0:
        raise ScalarError("no-time-at-all", _("{text} is zero", text=quote(text)), _("write at least 1s"))
    return seconds


def _parse_units(text: str) -> float | None:
    found = _UNITS.fullmatch(text) if text else None
    if found is None:
        return None
    hours, minutes, seconds = (float(part) if part else 0.0 for part in found.groups())
    total_s = (hours * SECONDS_PER_MINUTE + minutes) * SECONDS_PER_MINUTE + seconds
    if (found[1] and minutes >= SECONDS_PER_MINUTE) or ((found[1] or found[2]) and seconds >= SECONDS_PER_MINUTE):
        raise ScalarError(
            "not-a-time", _("{text} counts past 60", text=quote(text)), _("write {text}", text=format_duration(total_s))
        )
    return total_s


def _parse_clock(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (float(part) if part else 0.0 for part in found.groups())
    total_s = (hours * SECONDS_PER_MINUTE + minutes) * SECONDS_PER_MINUTE + seconds
    if seconds >= SECONDS_PER_MINUTE or (found[1] and (minutes >= SECONDS_PER_MINUTE or len(found[2]) != 2)):  # noqa: PLR2004 - h:mm:ss
        raise ScalarError(
            "not-a-time",
            _("{text} is not a valid time", text=quote(text)),
            _("write {text}", text=format_duration(total_s)),
        )
    return total_s


def _explain(text: str) -> ScalarError:
    if re.fullmatch(rf"[+-]?{_NUMBER}", text):
        number = text.lstrip("+")
        both = re.fullmatch("[1-9][0-9]{0,2}", number) and int(number) < SURELY_NO_MINUTES
        advice = _("write a unit: {text}", text=f"{number}s")
        if both:
            advice = _("write a unit: {seconds} or {minutes}", seconds=f"{number}s", minutes=f"{number}m")
        return ScalarError("no-unit", _("{text} has no unit", text=quote(text)), advice)
    if ".." in text:
        return ScalarError(
            "not-a-time", _("{text} is a span, and only one time fits here", text=quote(text)), _(TIME_HELP)
        )
    return ScalarError("not-a-time", _("{text} is not a time", text=quote(text)), _(TIME_HELP))


def format_duration(seconds: float) -> str:
    """Format a time of zero or more: whole minutes as minutes, else under two minutes in seconds, else in both.

    >>> [format_duration(60), format_duration(90), format_duration(210), format_duration(3900)]
    ['1m', '90s', '3m30s', '1h5m']
    """
    if seconds < SECONDS_UNTIL_S and seconds % SECONDS_PER_MINUTE:
        return f"{format_number(seconds)}s"
    minutes, rest = divmod(seconds, SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, SECONDS_PER_MINUTE)
    parts = [f"{hours:.0f}h"] * bool(hours) + [f"{minutes:.0f}m"] * bool(minutes)
    return "".join([*parts, *[f"{format_number(rest)}s"] * bool(rest)]) or "0s"


def repair_duration(text: str, *, bare_from: int) -> str | None:
    """Correct a normalized text to a time, perhaps negative; a bare number is seconds from ``bare_from`` on."""
    sign = "-" * text.startswith("-")
    bare = text.removeprefix("-").strip()
    if _BARE.fullmatch(bare):
        return f"{sign}{bare}s" if int(bare) >= bare_from else None
    seconds = read_leniently(bare)
    return None if seconds is None else sign + format_duration(seconds)


def read_leniently(text: str) -> float | None:
    """Read seconds from a normalized text: with units in words, decimals, numbers over 60, or as on a clock."""
    clock = _LENIENT_CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * SECONDS_PER_MINUTE + int(clock[2])
    parts = list(_PART.finditer(text))
    joined = [0, *(part.end() for part in parts)]
    units = [part[2][0].replace("u", "h") for part in parts]
    whole = bool(parts) and [part.start() for part in parts] == joined[:-1] and joined[-1] == len(text)
    if not whole or any("hms".index(first) >= "hms".index(later) for first, later in pairwise(units)):
        return None
    return sum(float(dot_decimals(part[1])) * TIME_WORDS_S[part[2]] for part in parts)


def dot_decimals(number: str) -> str:
    """Write a number's decimal comma as a point."""
    return number.replace(",", ".").strip()


_FRACTION = r"(\.[0-9]{1,6})?"
_BELOW_60 = "0{0,8}[0-5]?[0-9]"
_HOURS = "0{0,8}([0-9]|1[0-2])"
_MINUTES = "0{0,8}[0-9]{1,3}"
_SECONDS_PATTERN = rf"0{{0,8}}[0-9]{{1,5}}{_FRACTION}s"
_REST = rf"({_BELOW_60}{_FRACTION}s)?"

DURATION_PATTERN = (
    rf"({_HOURS}h({_BELOW_60}m)?{_REST}|{_MINUTES}m{_REST}|{_SECONDS_PATTERN}"
    rf"|({_HOURS}:[0-5][0-9]|{_MINUTES}):[0-5][0-9])"
)


def match_positive(end: str) -> str:
    """Make a pattern for a time greater than zero; ``end`` is what follows it."""
    return rf"(?![0hms:.]+\s*{end}){DURATION_PATTERN}"


class Duration(ValueKind[float]):
    """A time in seconds; zero only where ``or_zero`` allows it."""

    name = mark_message("a time")
    advice = TIME_HELP

    def __init__(self, *, or_zero: bool = False, examples: tuple[str, ...] = ("24m", "1h5m")) -> None:
        self.examples = examples
        self.pattern = match_whole(DURATION_PATTERN if or_zero else match_positive("$"))
        self._read = parse_duration if or_zero else parse_positive_duration

    def _parse(self, text: str) -> float:
        return self._read(text)

    def format(self, value: float) -> str:
        """Write it as `format_duration` does."""
        return format_duration(value)

    def _repair(self, text: str) -> str | None:
        return repair_duration(normalize_typing(text), bare_from=SURELY_NO_MINUTES)


DURATION = Duration()
DURATION_OR_ZERO = Duration(or_zero=True)
FADE = Duration(examples=("10s", "1m"))


_ENDS = re.compile(r" ?(?:\.\.+|…|(?<!\.)-(?!-)| (?:to|tot|à) ) ?")


class SpanKind(ValueKind[Span]):
    """A time, or two times with dots between, the shorter first."""

    name = mark_message("a length")
    advice = mark_message("write a time like 3m, or a span like 3m..8m")
    pattern = match_whole(match_positive(r"(\.\.|$)") + rf"(\s*\.\.\s*\.?{match_positive('$')})?")
    examples = ("3m", "3m..8m")

    def _parse(self, text: str) -> Span:
        if ".." not in text:
            try:
                shortest_s = parse_positive_duration(text)
            except ScalarError as error:
                meant = self._repair(text) or ""
                if error.code == "not-a-time" and ".." in meant:
                    error.help = _("write a span as {text}", text=meant)
                raise
            return Span(shortest_s=shortest_s, longest_s=shortest_s)
        first, last = _split(text)
        shortest_s, longest_s = parse_positive_duration(first), parse_positive_duration(last)
        if shortest_s > longest_s:
            raise ScalarError(
                "backwards-span",
                _("{text} runs from long to short", text=quote(text)),
                _("write {text}", text=f"{last}..{first}"),
            )
        return Span(shortest_s=shortest_s, longest_s=longest_s)

    def format(self, value: Span) -> str:
        """Write one time, or two for an elastic span."""
        return "..".join(map(format_duration, dict.fromkeys((value.shortest_s, value.longest_s))))

    def _canonicalize(self, text: str) -> str:
        """Keep two equal times as two."""
        ends = _split(text) if ".." in text else (text,)
        return "..".join(format_duration(parse_positive_duration(end)) for end in ends)

    def _repair(self, text: str) -> str | None:
        """Accept a time, or two with anything between that means "to". A bare number from 60 on is seconds."""
        normalized = normalize_typing(text)
        whole = repair_duration(normalized, bare_from=SURELY_SECONDS)
        if whole is not None:
            return whole
        ends = _ENDS.split(normalized)
        if len(ends) != 2 or not all(ends):  # noqa: PLR2004 - two ends
            return None
        unit = re.search(rf"({TIME_WORD_PATTERN})\.?$", ends[1])
        if unit and re.fullmatch(LENIENT_NUMBER, ends[0]):
            ends[0] += unit[1]
        lengths = [read_leniently(end) for end in ends]
        known = sorted(length for length in lengths if length is not None)
        return "..".join(map(format_duration, known)) if len(known) == len(ends) else None


def _split(text: str) -> tuple[str, str]:
    first, last = (part.strip() for part in text.split("..", 1))
    return first, last.removeprefix(".")


SPAN = SpanKind()


_MEANT = {"true": "on", "yes": "on", "ja": "on", "aan": "on"} | dict.fromkeys(
    ("false", "no", "nee", "none", "uit"), "off"
)


class Switch(ValueKind[float]):
    """Seconds from the block's start: infinite for ``on``, 0 for ``off``, else the given time."""

    name = mark_message("on, off or a time")
    advice = mark_message("write on, off, or how long, like 90s")
    pattern = match_whole(rf"[oO][nN]|[oO][fF][fF]|{DURATION_PATTERN}")
    examples = ("90s", "on", "off")

    def _parse(self, text: str) -> float:
        word = text.strip().lower()
        if word in ("on", "off"):
            return THROUGHOUT_S if word == "on" else 0.0
        try:
            return parse_duration(text)
        except ScalarError as error:
            if error.code != "not-a-time":
                raise
            raise ScalarError(
                "not-a-switch", _("{text} is not on, off or a time", text=quote(text)), self.describe_advice()
            ) from None

    def format(self, value: float) -> str:
        """Write a word where there is one, else a time."""
        return "on" if value == THROUGHOUT_S else "off" if value == 0.0 else format_duration(value)

    def _canonicalize(self, text: str) -> str:
        """Keep a time of zero a time."""
        word = text.strip().lower()
        return word if word in ("on", "off") else format_duration(parse_duration(text))

    def _repair(self, text: str) -> str | None:
        """Accept on, off, a word for one of them, or a time."""
        normalized = normalize_typing(text)
        known = normalized if normalized in ("on", "off") else _MEANT.get(normalized)
        return known or repair_duration(normalized, bare_from=SURELY_SECONDS)


SWITCH = Switch()
