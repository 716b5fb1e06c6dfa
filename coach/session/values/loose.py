"""What an author certainly meant by a value that is not quite one: `90 sec`, `2,5 min`, `3m - 5m`, `3-3`.

Each reader gives the value as it should be written, or None where more than one could be meant. Whether that is a
value at all is for the strict reader to say.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise

from coach.session.values import forms
from coach.units import SECONDS_PER_MINUTE

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")  # noqa: RUF001 - those that word processors put for one's own

_QUOTES = " \"'`´“”„‟‘’‚‛«»"  # noqa: RUF001 - those that word processors put round what one types

_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?"

_UNIT = r"hours?|hrs?|uren|uur|[hu]|minuten|minuut|minutes?|mins?|m|seconden|seconds?|seconde|secs?|s"

_PART = re.compile(rf"({_NUMBER}) ?({_UNIT})\.?(?:,? (?:(?:and|en) )?)?")

_CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{2})")

_BARE = re.compile(r"-?[0-9]{1,5}")

_ENDS = re.compile(r" ?(?:\.\.+|…|(?<!\.)-(?!-)| (?:to|tot) ) ?")

_ARROW = re.compile(r" ?(?:[-=]*>|→| (?:to|tot|naar) ) ?")

_STEPS = re.compile(r"(?:in )?([0-9]{1,2}) ?-?(?:in\b)?(?: ?[-:,/&+] ?| )(?:out |uit )?([0-9]{1,2}) ?-?(?:out|uit)?")

_SECONDS = {"h": SECONDS_PER_MINUTE**2, "u": SECONDS_PER_MINUTE**2, "m": SECONDS_PER_MINUTE, "s": 1.0}

_SWITCHES = {"true": "on", "yes": "on", "ja": "on", "aan": "on"} | dict.fromkeys(
    ("false", "no", "nee", "none", "uit"), "off"
)

_NONE = ("no", "off", "nee", "geen", "false")

SURELY_SECONDS = 60

SURELY_NO_MINUTES = 180

Loose = Callable[[str], str | None]


def plain(written: str) -> str:
    """A value as a keyboard types it: no curly quotes around it, no typographic dashes, no odd spaces or capitals."""
    known = unicodedata.normalize("NFKC", written).translate(_DASHES)
    return " ".join(known.strip(_QUOTES).split()).lower()


def time(written: str) -> str | None:
    """A time, perhaps below zero. A bare number is seconds once it is too long for minutes."""
    return _time(plain(written), bare_from=SURELY_NO_MINUTES)


def span(written: str) -> str | None:
    """A time, or two with anything between that means up to. A bare number is seconds once it is 60."""
    text = plain(written)
    whole = _time(text, bare_from=SURELY_SECONDS)
    if whole is not None:
        return whole
    ends = _ENDS.split(text)
    if len(ends) != 2 or not all(ends):  # noqa: PLR2004 - two ends
        return None
    unit = re.search(rf"({_UNIT})\.?$", ends[1])
    if unit and re.fullmatch(_NUMBER, ends[0]):
        ends[0] += unit[1]
    lengths = [_seconds(end) for end in ends]
    known = sorted(length for length in lengths if length is not None)
    return "..".join(map(forms.duration, known)) if len(known) == len(ends) else None


def place(written: str) -> str | None:
    """A cue's place: a time from an end, or a share."""
    text = plain(written)
    share = re.fullmatch(rf"({_NUMBER}) ?(?:%|percent|procent|pct)", text)
    if share:
        return forms.place(_dotted(share[1]) + "%")
    return _time(text, bare_from=1 if text.startswith("-") else SURELY_SECONDS)


def switch(written: str) -> str | None:
    """On, off, or a time."""
    text = plain(written)
    return text if text in ("on", "off") else _SWITCHES.get(text) or _time(text, bare_from=SURELY_SECONDS)


def cadence(written: str) -> str | None:
    """A cadence, perhaps a ramp with another arrow or with words for it."""
    text = re.sub(rf"({_NUMBER}) ?(?:spm|steps/min|bpm)\b", r"\1", plain(written))
    return " -> ".join(_dotted(end) for end in _ARROW.split(text))


def breath(written: str) -> str | None:
    """Steps in and out, with anything between the two numbers."""
    text = plain(written)
    if text in _NONE:
        return "none"
    steps = _STEPS.fullmatch(text)
    return f"{steps[1]} in / {steps[2]} out" if steps else None


def times(written: str) -> str | None:
    """How many times."""
    found = re.fullmatch(r"(?:x ?)?([1-9][0-9]{0,2}) ?(?:x|times?|keer)?", plain(written))
    return found[1] if found else None


def _time(text: str, *, bare_from: int) -> str | None:
    sign = "-" * text.startswith("-")
    bare = text.removeprefix("-").strip()
    if _BARE.fullmatch(bare):
        return f"{sign}{bare}s" if int(bare) >= bare_from else None
    seconds = _seconds(bare)
    return None if seconds is None else sign + forms.duration(seconds)


def _seconds(text: str) -> float | None:
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * SECONDS_PER_MINUTE + int(clock[2])
    parts = list(_PART.finditer(text))
    joined = [0, *(part.end() for part in parts)]
    units = [part[2][0].replace("u", "h") for part in parts]
    whole = bool(parts) and [part.start() for part in parts] == joined[:-1] and joined[-1] == len(text)
    if not whole or any("hms".index(first) >= "hms".index(later) for first, later in pairwise(units)):
        return None
    return sum(float(_dotted(part[1])) * _SECONDS[part[2][0]] for part in parts)


def _dotted(number: str) -> str:
    return number.replace(",", ".").strip()


READERS: Mapping[str, Loose] = {
    "a time": time,
    "a length": span,
    "a place": place,
    "on, off or a time": switch,
    "a cadence": cadence,
    "a breath": breath,
    "a number": times,
}
