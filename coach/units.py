"""Conversions between units, as pure functions named ``a_to_b``; no other module multiplies by 60."""

import math

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
