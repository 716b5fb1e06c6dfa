"""Values in the one way the coach writes them: `90s`, `3m30s`, `3m..8m`, `150 -> 160`, `3 in / 3 out`, `40%`.

Every form takes what an author wrote and gives it back unchanged where it is no such value, or where writing it anew
would lose a part of it.
"""

from collections.abc import Callable
from typing import TypeVar

from coach.session.session import NO_BREATH, CadenceValue
from coach.session.values import scalars
from coach.session.values.scalars import ScalarError
from coach.units import SECONDS_PER_MINUTE

SECONDS_UNTIL_S = 2 * SECONDS_PER_MINUTE

T = TypeVar("T")


def duration(seconds: float) -> str:
    """A time that is not below zero: whole minutes as minutes, under two minutes in seconds, else in both.

    >>> [duration(60), duration(90), duration(210), duration(3900)]
    ['1m', '90s', '3m30s', '1h5m']
    """
    if seconds < SECONDS_UNTIL_S and seconds % SECONDS_PER_MINUTE:
        return f"{_number(seconds)}s"
    minutes, rest = divmod(seconds, SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, SECONDS_PER_MINUTE)
    parts = [f"{hours:.0f}h"] * bool(hours) + [f"{minutes:.0f}m"] * bool(minutes) + [f"{_number(rest)}s"] * bool(rest)
    return "".join(parts) or "0s"


def time(written: str) -> str:
    """The form of a time, which may be below zero."""
    return _same(written, _time, lambda text: scalars.time(text, below_zero=True))


def span(written: str) -> str:
    """The form of a length: a time, or two times with dots between."""
    return _same(written, lambda text: "..".join(_time(end.strip(" .")) for end in text.split("..", 1)), scalars.span)


def cadence(written: str) -> str:
    """The form of a cadence: a number, one relative to the session's, or a ramp."""
    return _same(written, _cadence, scalars.ramp)


def breath(written: str) -> str:
    """The form of a breath: `3 in / 3 out`, or `none`."""
    return _same(written, _breath, scalars.breath)


def switch(written: str) -> str:
    """The form of what is on, off, or on for a time."""
    word = written.strip().lower()
    return word if word in ("on", "off") else time(written)


def place(written: str) -> str:
    """The form of a cue's place: a time, or a share."""
    if not written.strip().endswith("%"):
        return time(written)
    return _same(written, lambda text: f"{_number(float(text.strip(' %')))}%", scalars.percent)


def _time(text: str) -> str:
    seconds = scalars.time(text, below_zero=True)
    sign = "-" * text.strip().startswith("-")
    return sign + duration(abs(seconds))


def _cadence(text: str) -> str:
    ramp = scalars.ramp(text)
    ends = [ramp.start, ramp.end] if "->" in text or "→" in text else [ramp.start]
    return " -> ".join(_spm(end) for end in ends)


def _spm(value: CadenceValue) -> str:
    sign = "+" if value.relative and value.spm >= 0 else ""
    return f"{sign}{_number(value.spm)}"


def _breath(text: str) -> str:
    breath = scalars.breath(text)
    return "none" if breath == NO_BREATH else f"{breath.steps_in} in / {breath.steps_out} out"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _same(written: str, form: Callable[[str], str], read: Callable[[str], T]) -> str:
    try:
        formed = form(written)
        return formed if read(formed) == read(written) else written
    except ScalarError:
        return written
