import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.encoders.lame_tag import FrameIndex, crc16, frame_header, frame_size_bytes


def bit_by_bit(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def test_the_check_value_of_the_catalogue() -> None:
    assert crc16(b"123456789") == 0xBB3D


def test_of_nothing_is_what_it_was() -> None:
    assert crc16(b"", 0x1234) == 0x1234


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=300))
def test_agrees_with_the_definition(data: bytes) -> None:
    assert crc16(data) == bit_by_bit(data)


@settings(deadline=None, max_examples=40)
@given(st.binary(min_size=1, max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_carries_on_over_any_cut(data: bytes, cuts: list[int]) -> None:
    crc = 0
    for start, end in pairwise([0, *sorted(cuts), len(data)]):
        crc = crc16(data[start:end], crc)
    assert crc == crc16(data)


def test_data_longer_than_a_chunk() -> None:
    data = bytes(range(256)) * 300
    assert crc16(data) == bit_by_bit(data)


@pytest.mark.parametrize(
    ("kbps", "rate_hz", "size_bytes"),
    [(32, 48_000, 96), (128, 48_000, 384), (128, 44_100, 417), (320, 32_000, 1440), (320, 48_000, 960)],
)
def test_a_frame_is_as_long_as_its_bit_rate_says(kbps: int, rate_hz: int, size_bytes: int) -> None:
    assert frame_size_bytes(frame_header(kbps, rate_hz)) == size_bytes


def test_a_padded_frame_is_one_byte_longer() -> None:
    assert frame_size_bytes(bytes.fromhex("fffb9264")) == 418


@pytest.mark.parametrize("header", ["49443303", "fff39444", "fffb0444", "fffbf444", "fffb9c44"])
def test_other_bytes_are_no_frame(header: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"not a frame of MPEG-1 Layer III: {header}")):
        frame_size_bytes(bytes.fromhex(header))


def a_stream(kbps_of_frames: list[int]) -> tuple[bytes, list[int]]:
    stream, offsets = b"", []
    for kbps in kbps_of_frames:
        offsets.append(len(stream))
        header = frame_header(kbps, 48_000)
        stream += header.ljust(frame_size_bytes(header), b"\xff")
    return stream, offsets


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([32, 64, 128, 320]), min_size=1, max_size=12), st.integers(1, 2000))
def test_frames_are_found_however_the_stream_is_cut(kbps_of_frames: list[int], piece_bytes: int) -> None:
    stream, offsets = a_stream(kbps_of_frames)
    index = FrameIndex()
    for start in range(0, len(stream), piece_bytes):
        index.feed(stream[start : start + piece_bytes])
    assert (index.frames, index.bytes) == (len(offsets), len(stream))
    assert [index.offset_bytes(frame) for frame in range(index.frames)] == offsets


def test_a_long_stream_keeps_few_points_each_near_its_frame() -> None:
    stream, _ = a_stream([32] * 100)
    index = FrameIndex()
    for _ in range(300):
        index.feed(stream)
    assert index.frames == 30_000
    assert len(index._points) < 1024
    assert all(0 <= frame * 96 - index.offset_bytes(frame) <= index.bytes / 500 for frame in range(0, 30_000, 7))


def test_a_stream_that_loses_its_step_is_refused() -> None:
    with pytest.raises(ValueError, match="not a frame of MPEG-1 Layer III: 00000000"):
        FrameIndex().feed(frame_header(32, 48_000).ljust(96, b"\0") + bytes(96))
