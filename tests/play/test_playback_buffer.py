"""The playback buffer: what is pulled, where it comes from, and what happens to what was mixed ahead."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.play.playback_buffer import GUARD_S, LEAD_S, Piece, PlaybackBuffer, SwitchPoint

RATE_HZ = 1000
GUARD = round(GUARD_S * RATE_HZ)


def counting(first: int, *, pieces: int = 10_000, frames: int = 200) -> Iterator[Piece]:
    """A session whose every sample is its own frame number."""
    for start in range(first, first + pieces * frames, frames):
        numbers = np.arange(start, start + frames, dtype=np.float32)
        yield Piece(samples=np.stack([numbers, numbers], axis=1), frame=start)


def resting() -> Iterator[Piece]:
    while True:
        yield Piece(samples=np.zeros((200, 2), np.float32), frame=None)


def pulled(buffer: PlaybackBuffer, frames: int) -> list[float]:
    buffer.fill()
    return [float(each) for each in buffer.pull(frames)[:, 0]]


def test_frames_come_in_order_whatever_sizes_are_pulled() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0))
    assert [each for frames in (1, 199, 3, 500, 7) for each in pulled(buffer, frames)] == list(range(710))
    assert (buffer.pulled, buffer.missed_frames, buffer.find_next_frame()) == (710, 0, 710)


def test_it_mixes_a_second_ahead_and_no_further() -> None:
    asked: list[int] = []

    def noted() -> Iterator[Piece]:
        for piece in counting(0):
            asked.append(piece.frame or 0)
            yield piece

    buffer = PlaybackBuffer(RATE_HZ, noted())
    buffer.fill()
    buffer.fill()
    assert asked == list(range(0, round(LEAD_S * RATE_HZ), 200))


def test_frames_not_ready_are_silent_and_count_as_missed() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0))
    buffer.fill()
    assert [float(each) for each in buffer.pull(1010)[-11:, 0]] == [999.0, *[0.0] * 10]
    assert buffer.missed_frames == 10
    assert pulled(buffer, 2) == [1000.0, 1001.0]


def test_the_end_is_no_missed_frame_and_is_known_when_it_has_been_heard() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0, pieces=1))
    assert pulled(buffer, 190) == list(range(190))
    assert not buffer.is_over(0)
    assert pulled(buffer, 20) == [*range(190, 200), *[0.0] * 10]
    assert (buffer.is_over(10), buffer.is_over(11), buffer.missed_frames) == (True, False, 0)


def test_the_frame_heard_is_the_one_pulled_a_latency_earlier() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(5000))
    assert buffer.find_heard_frame(30) is None
    pulled(buffer, 20)
    assert buffer.find_heard_frame(30) == 5000
    pulled(buffer, 300)
    assert buffer.find_heard_frame(30) == 5290


def test_a_switch_that_skips_missed_frames_continues_at_the_same_position() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0))
    pulled(buffer, 100)
    spots: list[SwitchPoint] = []

    def same(point: SwitchPoint) -> Iterator[Piece]:
        spots.append(point)
        return counting(point.frame or 0)

    buffer.switch(same, fade_s=0.05, skip_missed=True)
    assert spots == [SwitchPoint(at=100 + GUARD, frame=100 + GUARD)]
    assert pulled(buffer, 900) == pytest.approx(range(100, 1000), rel=1e-6)


def test_a_switch_to_another_position_crossfades() -> None:
    buffer = PlaybackBuffer(RATE_HZ, resting())
    pulled(buffer, 100)
    buffer.switch(lambda _spot: counting(5000), fade_s=0.1, skip_missed=False)
    heard = pulled(buffer, GUARD + 200)
    assert heard[:GUARD] == [0.0] * GUARD
    slope = [each / (5000 + nth) for nth, each in enumerate(heard[GUARD : GUARD + 100])]
    assert slope == sorted(slope)
    assert (slope[0], slope[-1]) == (0.0, 1.0)
    assert heard[GUARD + 100 :] == list(range(5100, 5200))
    assert buffer.find_next_frame() == 5200


def test_frames_pulled_while_mixing_are_skipped_only_where_asked() -> None:
    for skip_missed, first in ((True, 100 + GUARD + 40), (False, 100 + GUARD)):
        buffer = PlaybackBuffer(RATE_HZ, counting(0))
        pulled(buffer, 100)

        def slow(point: SwitchPoint, buffer: PlaybackBuffer = buffer) -> Iterator[Piece]:
            buffer.pull(GUARD + 40)
            return counting(point.frame or 0)

        buffer.switch(slow, fade_s=0.0, skip_missed=skip_missed)
        assert pulled(buffer, 3) == [first, first + 1, first + 2]
        assert buffer.missed_frames == 0


def test_a_source_that_is_mixed_slowly_is_still_faded_in_whole_and_in_time() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0))
    heard = pulled(buffer, 100)

    def slow(point: SwitchPoint) -> Iterator[Piece]:
        for piece in counting(point.frame or 0):
            if len(heard) < 500:
                heard.extend(float(each) for each in buffer.pull(190)[:, 0])
            yield piece

    buffer.switch(slow, fade_s=0.1, skip_missed=True)
    heard += pulled(buffer, 500)
    assert heard == pytest.approx(list(range(len(heard))), rel=1e-5, abs=1e-3)


def test_a_source_that_ends_at_once_lets_the_old_one_fade_out() -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(1000))
    pulled(buffer, 100)
    buffer.switch(lambda _spot: iter(()), fade_s=0.1, skip_missed=False)
    heard = pulled(buffer, GUARD + 200)
    assert heard[GUARD] == 1100.0 + GUARD
    assert heard[GUARD + 100 :] == [0.0] * 100
    assert buffer.is_over(100)


@given(
    pulls=st.lists(st.integers(1, 400), min_size=1, max_size=30),
    switches=st.dictionaries(st.integers(0, 29), st.floats(0.0, 0.2), max_size=6),
)
@example(pulls=[1, GUARD + 1], switches={0: 1 / RATE_HZ})  # a fade of a single frame
@settings(max_examples=60, deadline=None)
def test_switches_at_the_same_position_are_inaudible(pulls: list[int], switches: dict[int, float]) -> None:
    buffer = PlaybackBuffer(RATE_HZ, counting(0))
    heard: list[float] = []
    for turn, frames in enumerate(pulls):
        heard += pulled(buffer, frames)
        if turn in switches:
            buffer.switch(lambda point: counting(point.frame or 0), fade_s=switches[turn], skip_missed=True)
    assert heard == pytest.approx(list(range(len(heard))), rel=1e-5, abs=1e-3)
    assert (buffer.missed_frames, buffer.find_next_frame()) == (0, len(heard))
