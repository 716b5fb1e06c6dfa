"""Which bytes of a whole are asked for: the ``Range`` header of HTTP, RFC 9110, section 14."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=\s*(\d{0,19})-(\d{0,19})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Bytes from ``start``, ``end`` exclusive."""

    start: int
    end: int


class OutsideTheWholeError(ValueError):
    """Nothing of what is asked for is there."""


def asked(header: str | None, size_bytes: int) -> Stretch | None:
    """The stretch that a header asks for, or None for the whole.

    A header that makes no sense is no header, and whoever asks for several stretches at once gets the whole, as the
    standard allows.

    Args:
        header: its value, if it was sent.
        size_bytes: how many bytes there are.

    Raises:
        OutsideTheWholeError: the stretch begins after the last byte, or is of none.
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found[1] == found[2] == "":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size_bytes - int(last)), size_bytes
    else:
        start, end = int(first), min(size_bytes, int(last) + 1) if last else size_bytes
        if last and int(last) < start:
            return None
    if start >= size_bytes:
        raise OutsideTheWholeError
    return Stretch(start=start, end=end)
