from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.outputs.crc import crc16


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
