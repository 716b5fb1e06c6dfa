import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.mixer import Envelope

spans = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 800)).map(lambda pair: (pair[0], sum(pair))), max_size=6
)


def heights(envelope: Envelope, start: int, frames: int) -> list[float]:
    return np.broadcast_to(np.asarray(envelope.at(start, frames)).reshape(-1), frames).tolist()


def test_it_has_arrived_when_a_span_begins_and_leaves_after_its_end() -> None:
    envelope = Envelope([(100, 200)], rise_frames=50, fall_frames=50)
    assert heights(envelope, 0, 50) == [0.0] * 50
    assert heights(envelope, 100, 101) == [1.0] * 101
    assert heights(envelope, 75, 1) == [0.5]
    assert heights(envelope, 225, 1) == [0.5]
    assert heights(envelope, 250, 10) == [0.0] * 10


def test_spans_whose_shoulders_meet_become_one() -> None:
    envelope = Envelope([(100, 200), (290, 300)], rise_frames=50, fall_frames=50)
    assert heights(envelope, 150, 150) == [1.0] * 150


def test_without_a_span_it_rests() -> None:
    assert Envelope([], rise_frames=1, fall_frames=1).at(0, 10) == 0.0


@given(spans, st.integers(0, 6000), st.integers(1, 700))
def test_it_is_the_same_however_it_is_cut(some: list[tuple[int, int]], start: int, frames: int) -> None:
    envelope = Envelope(some, rise_frames=40, fall_frames=90)
    whole = heights(envelope, 0, 8000)
    assert heights(envelope, start, frames) == pytest.approx(whole[start : start + frames])


@given(spans)
def test_it_never_jumps(some: list[tuple[int, int]]) -> None:
    line = np.array(heights(Envelope(some, rise_frames=40, fall_frames=90), 0, 8000))
    assert np.abs(np.diff(line)).max() <= 1.5 / 40 + 1e-6
    assert line.min() >= 0.0
    assert line.max() <= 1.0
