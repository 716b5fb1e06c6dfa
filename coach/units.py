"""Every conversion between units, as pure functions named ``a_to_b``; nothing else in the coach multiplies by 60."""

import math

SECONDS_PER_MINUTE = 60.0


def seconds_to_frames(seconds: float, rate_hz: int) -> int:
    """The sample frame nearest to a time; the only place where a time is rounded."""
    return round(seconds * rate_hz)


def frames_to_seconds(frames: int, rate_hz: int) -> float:
    """The time at which a sample frame begins."""
    return frames / rate_hz


def seconds_to_ms(seconds: float) -> int:
    """The nearest millisecond, as tags and captions count time."""
    return round(seconds * 1000.0)


def db_to_gain(level_db: float) -> float:
    """Decibels to a linear amplitude factor: 0 dB is 1, -6.02 dB is one half."""
    return math.pow(10.0, level_db / 20.0)


def gain_to_db(gain: float) -> float:
    """A linear amplitude factor to decibels; zero gives minus infinity."""
    return 20.0 * math.log10(gain) if gain > 0.0 else -math.inf


def spm_to_period_s(cadence_spm: float) -> float:
    """Steps per minute to seconds per step."""
    return SECONDS_PER_MINUTE / cadence_spm


def spm_to_steps(cadence_spm: float, seconds: float) -> float:
    """How many steps (not rounded) fit in a time at a steady cadence."""
    return cadence_spm * seconds / SECONDS_PER_MINUTE


def steps_to_seconds(steps: float, cadence_spm: float) -> float:
    """How long a number of steps takes at a steady cadence."""
    return steps * SECONDS_PER_MINUTE / cadence_spm


def seconds_to_text(seconds: float) -> str:
    """A time as an author writes it: ``45s``, ``3m``, ``3m30s``, ``1h5m``; tenths only where there are any.

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
    """A time as a clock shows it: ``4:30``, ``1:05:00``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
