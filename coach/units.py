"""Conversions between units, by functions named ``a_to_b``, and quantities in texts; nothing else multiplies by 60."""

import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

SECONDS_PER_MINUTE = 60.0

TIME_WORDS_S = {
    **dict.fromkeys(["hours", "hour", "hrs", "hr", "uren", "uur", "h", "u"], 3600),
    **dict.fromkeys(["minuten", "minuut", "minutes", "minute", "mins", "min", "m"], 60),
    **dict.fromkeys(["seconden", "seconde", "seconds", "second", "secs", "sec", "s"], 1),
}
"""Units of time as authors write them, with their seconds. No unit comes before one that begins with it."""

TIME_WORD_PATTERN = "|".join(TIME_WORDS_S)


def seconds_to_frames(seconds: float, rate_hz: int) -> int:
    """Convert seconds to the nearest sample frame; the only place where a time is rounded."""
    return round(seconds * rate_hz)


def frames_to_seconds(frames: int, rate_hz: int) -> float:
    """Convert a sample frame to the time at which it begins."""
    return frames / rate_hz


def seconds_to_ms(seconds: float) -> int:
    """Convert seconds to the nearest millisecond, the unit of tags and captions."""
    return round(seconds * 1000.0)


def db_to_gain(level_db: float) -> float:
    """Convert decibels to a linear amplitude factor: 0 dB is 1, -6.02 dB is one half."""
    return math.pow(10.0, level_db / 20.0)


def gain_to_db(gain: float) -> float:
    """Convert a linear amplitude factor to decibels; zero gives minus infinity."""
    return 20.0 * math.log10(gain) if gain > 0.0 else -math.inf


def spm_to_period_s(cadence_spm: float) -> float:
    """Convert steps per minute to seconds per step."""
    return SECONDS_PER_MINUTE / cadence_spm


def steps_to_seconds(steps: float, cadence_spm: float) -> float:
    """Convert steps to seconds at a steady cadence."""
    return steps * SECONDS_PER_MINUTE / cadence_spm


def seconds_to_text(seconds: float) -> str:
    """Format seconds as authors write a duration: ``45s``, ``3m``, ``3m30s``, ``1h5m``; tenths only if not zero.

    >>> seconds_to_text(210)
    '3m30s'
    """
    sign = "-" if seconds < 0 else ""
    tenths = round(abs(seconds) * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}h"] * bool(hours) + [f"{minutes}m"] * bool(minutes)
    if tenths or not parts:
        parts.append(f"{tenths / 10:g}s")
    return sign + "".join(parts)


def seconds_to_clock(seconds: float) -> str:
    """Format seconds as a clock shows a time: ``4:30``, ``1:05:00``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


_QUANTITY = re.compile(
    r"(?P<clock>[0-9]+(?::[0-9]{2}){1,2})(?![0-9])|(?P<number>[0-9]+(?:[.,][0-9]+)?)"
    rf"(?: ?(?P<unit>{TIME_WORD_PATTERN})(?![a-z]))?"
)

_BETWEEN_PARTS = re.compile(r"\.?,? ?(?:(?:and|en) )?")


def have_same_quantities(written: str, better: str) -> bool:
    """Return whether two spellings of a value hold the same numbers, times counted in seconds.

    A number may get a unit, or in a span the unit of the one after it; it never loses one.
    """
    after = sorted(_list_quantities(better))
    return any(_are_equal(sorted(before), after) for before in (_list_quantities(written), _list_span(written)))


def _are_equal(before: Sequence[tuple[Decimal, bool]], after: Sequence[tuple[Decimal, bool]]) -> bool:
    return len(before) == len(after) and all(
        one == other and (is_time or not was_time)
        for (one, was_time), (other, is_time) in zip(before, after, strict=True)
    )


def _list_quantities(text: str) -> list[tuple[Decimal, bool]]:
    """List the numbers in a value, each with whether it is a time, which is in seconds."""
    found: list[tuple[Decimal, bool]] = []
    last: re.Match[str] | None = None
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    for each in _QUANTITY.finditer(plain):
        amount, is_time = _measure(each)
        if last and last["unit"] and each["unit"] and _continues(last, each, plain):
            found[-1] = (found[-1][0] + amount, True)
        else:
            found.append((amount, is_time))
        last = each
    return found


def _continues(last: re.Match[str], each: re.Match[str], plain: str) -> bool:
    """Return whether a number with a unit goes on with the time before it, as in 1h 5m."""
    order = "hms"
    units = [unit[0].replace("u", "h") for unit in (last["unit"], each["unit"])]
    between = plain[last.end() : each.start()]
    return order.index(units[0]) < order.index(units[1]) and bool(_BETWEEN_PARTS.fullmatch(between))


def _measure(found: re.Match[str]) -> tuple[Decimal, bool]:
    if found["clock"]:
        total = Decimal(0)
        for part in found["clock"].split(":"):
            total = total * 60 + Decimal(part)
        return total, True
    amount = Decimal(found["number"].replace(",", "."))
    return (amount * TIME_WORDS_S[found["unit"]], True) if found["unit"] else (amount, False)


def _list_span(text: str) -> list[tuple[Decimal, bool]]:
    """List the numbers of a span whose first has the unit of the second, as in 3-5m."""
    units = [found["unit"] for found in _QUANTITY.finditer(text.casefold()) if found["number"]]
    if len(units) != 2 or units[0] or not units[1]:  # noqa: PLR2004 - two ends
        return []
    first = _QUANTITY.search(text.casefold())
    end = first.end() if first else 0
    return _list_quantities(f"{text[:end]}{units[1]} {text[end:]}")


# Words that a value may lose or gain without another meaning: units, and what stands between two numbers.
_VALUE_WORDS = TIME_WORDS_S.keys() | set(
    re.findall(
        r"\w+",
        "in out uit to tot à naar en and percent procent pct spm steps bpm db decibel decibels x time times keer pause"
        " pauze wait wacht",
    )
)


def list_value_names(text: str) -> list[str]:
    """List the words of a value that are neither numbers nor units."""
    words = re.sub(r"[0-9]+", " ", text).casefold().split()
    return [word for word in words if word not in _VALUE_WORDS]


def is_length(value: str) -> bool:
    """Return whether a value is only a time, or two: numbers with their units."""
    words = re.findall(r"[^\W\d_]+", value.lower())
    units = [word for word in words if word in TIME_WORDS_S]
    others = set(words) - {*units, "to", "tot", "en", "and", "à"}
    signs = set(re.sub(r"[\w\s]", "", value))
    return value[:1].isdigit() and not others and bool(units or ":" in signs) and signs <= set(".,:-–…")
