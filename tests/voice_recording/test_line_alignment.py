"""Lines are aligned with segments by length and order alone, or are reported as unsure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.voice_recording.line_alignment import ExpectedLine, LineMatch, align_lines
from coach.voice_recording.speech_features import SpeechSegment

LENGTHS_S = (2.0, 5.0, 3.2, 1.1, 7.5, 4.1, 2.6, 9.0)


def expected(*lengths_s: float) -> list[ExpectedLine]:
    return [ExpectedLine(sounding_s=length_s) for length_s in lengths_s]


def make_segments(*lengths_s: float, gap_s: float = 1.5) -> list[SpeechSegment]:
    found: list[SpeechSegment] = []
    now_s = 1.0
    for length_s in lengths_s:
        found.append(SpeechSegment(start_s=now_s, end_s=now_s + length_s))
        now_s += length_s + gap_s
    return found


def list_runs(found: list[LineMatch]) -> list[tuple[int, int]]:
    return [(match.first, match.end) for match in found]


def test_each_line_is_one_segment() -> None:
    found = align_lines(expected(*LENGTHS_S), make_segments(*LENGTHS_S))
    assert list_runs(found) == [(index, index + 1) for index in range(8)]
    assert all(match.is_sure for match in found)


def test_a_slow_reader_is_followed() -> None:
    found = align_lines(expected(*LENGTHS_S), make_segments(*(1.5 * length_s for length_s in LENGTHS_S)))
    assert list_runs(found) == [(index, index + 1) for index in range(8)]


def test_a_line_with_a_pause_inside_is_two_segments() -> None:
    found = align_lines(expected(*LENGTHS_S), make_segments(2.0, 5.0, 3.2, 1.1, 3.5, 4.0, 4.1, 2.6, 9.0))
    assert list_runs(found)[4] == (4, 6)


def test_a_cough_belongs_to_no_line() -> None:
    found = align_lines(expected(*LENGTHS_S), make_segments(2.0, 5.0, 0.2, 3.2, 1.1, 7.5, 4.1, 2.6, 9.0))
    assert list_runs(found)[1:3] == [(1, 2), (3, 4)]


def test_a_missing_line_is_reported() -> None:
    found = align_lines(expected(*LENGTHS_S), make_segments(2.0, 5.0, 3.2, 1.1, 4.1, 2.6, 9.0))
    assert [match.is_missing for match in found] == [False] * 4 + [True] + [False] * 3
    assert found[4].is_sure


def test_equal_lines_of_which_one_is_missing_are_not_sure() -> None:
    found = align_lines(expected(9.0, 2.0, 2.0, 2.0, 7.0), make_segments(9.0, 2.0, 2.0, 7.0))
    assert [match.is_sure for match in found] == [True, False, False, False, True]


def test_the_sound_decides_where_lengths_cannot() -> None:
    words = [0, 1, 3, 4]

    def sound_cost(line: int, first: int, end: int) -> float:
        return -4.0 if end == first + 1 and words[first] == line else 4.0

    found = align_lines(expected(9.0, 2.0, 2.0, 2.0, 7.0), make_segments(9.0, 2.0, 2.0, 7.0), sound_cost)
    assert list_runs(found) == [(0, 1), (1, 2), (0, 0), (2, 3), (3, 4)]
    assert all(match.is_sure for match in found)


@pytest.mark.parametrize("heard", [[], make_segments(0.1)])
def test_without_speech_every_line_is_missing(heard: list[SpeechSegment]) -> None:
    assert all(match.is_missing for match in align_lines(expected(9.0, 8.0), heard))


@settings(deadline=None, max_examples=60)
@given(
    lengths_s=st.lists(st.floats(0.3, 9.0), min_size=1, max_size=8),
    heard_s=st.lists(st.floats(0.07, 12.0), max_size=14),
    gap_s=st.floats(0.17, 4.0),
)
def test_segments_belong_to_lines_in_order_and_none_to_two(
    lengths_s: list[float], heard_s: list[float], gap_s: float
) -> None:
    heard = make_segments(*heard_s, gap_s=gap_s)
    found = align_lines(expected(*lengths_s), heard)
    assert len(found) == len(lengths_s)
    assert all(match.margin >= 0.0 for match in found)
    assigned = [index for match in found for index in range(match.first, match.end)]
    assert assigned == sorted(set(assigned))
    assert set(assigned) <= set(range(len(heard)))


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), times=st.sampled_from([0, 2]))
def test_sure_lines_are_right_if_one_is_left_out_or_read_twice(seed: int, times: int) -> None:
    random = np.random.default_rng(seed)
    lengths_s = np.round(random.uniform(1.0, 9.0, 12), 2).tolist()
    odd = int(random.integers(12))
    heard = [line for line in range(12) for _ in range(times if line == odd else 1)]
    said_s = [lengths_s[line] * float(random.uniform(0.97, 1.03)) for line in heard]
    found = align_lines(expected(*lengths_s), make_segments(*said_s, gap_s=1.2))
    claimed = [(line, heard[match.first : match.end]) for line, match in enumerate(found) if match.is_sure]
    assert claimed == [(line, [line] if line in heard else []) for line, _ in claimed]
