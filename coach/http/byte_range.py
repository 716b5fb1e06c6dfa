"""Byte ranges: what the ``Range`` header of HTTP asks for, RFC 9110, section 14."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=\s*(\d{0,19})-(\d{0,19})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ByteRange:
    """Bytes from ``start``, ``end`` exclusive."""

    start: int
    end: int


class UnsatisfiableRangeError(ValueError):
    """The requested range lies outside the content."""


def parse_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """Parse the range that a header requests; None for the whole.

    An invalid header is ignored, and a request for several ranges gets the whole, as the standard allows.

    Raises:
        UnsatisfiableRangeError: the range begins after the last byte, or is empty.
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
        raise UnsatisfiableRangeError
    return ByteRange(start=start, end=end)
