"""Byte ranges: what a client asks for of a file of a known size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.http.byte_range import ByteRange, UnsatisfiableRangeError, parse_range


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-", 0, 1000),
        ("bytes=0-0", 0, 1),
        ("bytes=200-299", 200, 300),
        ("bytes=999-", 999, 1000),
        ("bytes=200-5000", 200, 1000),
        ("bytes=-1", 999, 1000),
        ("bytes=-5000", 0, 1000),
        ("Bytes= 5-6 ", 5, 7),
    ],
)
def test_a_valid_range_is_parsed(header: str, start: int, end: int) -> None:
    assert parse_range(header, 1000) == ByteRange(start=start, end=end)


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2,5-6", "items=0-1", "bytes=٣-٤"],
)
def test_an_invalid_header_asks_for_the_whole(header: str | None) -> None:
    assert parse_range(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0", f"bytes={10**18}-"])
def test_a_range_after_the_end_is_refused(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 1000)


@given(st.text(alphabet="bytes=0123456789-, ", max_size=30), st.integers(1, 10**12))
def test_whatever_is_asked_the_range_lies_within_the_file(header: str, size_bytes: int) -> None:
    try:
        stretch = parse_range(header, size_bytes)
    except UnsatisfiableRangeError:
        return
    assert stretch is None or 0 <= stretch.start < stretch.end <= size_bytes
