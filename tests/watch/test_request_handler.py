"""Which bytes a `Range` header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.watch.publisher import NEVER, LiveState
from coach.watch.server import ByteRange, ServedContent, UnsatisfiableRangeError, parse_range
from coach.watch.virtual_wav import SoundVersions


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
def test_a_range_is_a_stretch(header: str, start: int, end: int) -> None:
    assert parse_range(header, 1000) == ByteRange(start=start, end=end)


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2,5-6", "items=0-1", "bytes=٣-٤"],
)
def test_what_makes_no_sense_asks_for_the_whole(header: str | None) -> None:
    assert parse_range(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0", f"bytes={10**18}-"])
def test_what_is_not_there_is_refused(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 1000)


@given(st.text(alphabet="bytes=0123456789-, ", max_size=30), st.integers(1, 10**12))
def test_whatever_is_asked_nothing_outside_is_given(header: str, size_bytes: int) -> None:
    try:
        stretch = parse_range(header, size_bytes)
    except UnsatisfiableRangeError:
        return
    assert stretch is None or 0 <= stretch.start < stretch.end <= size_bytes


@pytest.fixture
def content() -> ServedContent:
    return ServedContent(live_state=LiveState(), versions=SoundVersions())


@pytest.mark.parametrize(
    ("host", "port", "is_ours"),
    [
        ("127.0.0.1:8123", 8123, True),
        ("localhost:8123", 8123, True),
        ("localhost:8124", 8123, False),
        ("localhost", 8123, False),
        ("localhost", 80, True),
        ("evil.example:8123", 8123, False),
        ("127.0.0.1.evil.example:8123", 8123, False),
        ("", 8123, False),
        (None, 8123, False),
    ],
)
def test_it_goes_by_the_names_of_this_machine_alone(
    content: ServedContent,
    host: str | None,
    port: int,
    is_ours: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert content.is_own_host(host, port) is is_ours


def test_a_page_knows_what_it_has_seen(content: ServedContent) -> None:
    assert content.parse_event_id(content.to_event_id(7)) == 7


@pytest.mark.parametrize("event_id", ["", "7", "0.7", "..", "<script>"])
def test_a_mark_that_is_not_ours_is_of_nothing_seen(content: ServedContent, event_id: str) -> None:
    assert content.parse_event_id(event_id) == NEVER


def test_a_page_of_another_run_has_seen_nothing_of_this_one(content: ServedContent) -> None:
    assert (
        content.parse_event_id(ServedContent(live_state=LiveState(), versions=SoundVersions()).to_event_id(7)) == NEVER
    )
