import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.sounds.clip import Samples, blocks_to_pcm16


def quantised(*blocks: Samples) -> NDArray[np.int16]:
    return np.frombuffer(b"".join(blocks_to_pcm16(blocks)), "<i2").reshape(-1, 2)


def test_is_within_a_step_and_a_half_of_the_sound(samples: Samples) -> None:
    assert np.abs(quantised(samples) - samples * 32_767.0).max() <= 1.5


def test_does_not_shift_the_sound(samples: Samples) -> None:
    assert abs((quantised(samples) - samples * 32_767.0).mean()) < 0.01


def test_clips_what_is_too_loud() -> None:
    loud = np.array([[2.0, -2.0]], np.float32)
    assert quantised(loud).tolist() == [[32_767, -32_768]]


def test_silence_keeps_a_breath_of_noise_in_both_ears() -> None:
    silence = quantised(np.zeros((48_000, 2), np.float32))
    assert set(silence.ravel().tolist()) == {-1, 0, 1}
    assert np.abs(np.asarray(np.corrcoef(silence.T))[0, 1]) < 0.02
    longest_zeros = max(map(len, "".join("01"[bool(frame.any())] for frame in silence).split("1")))
    assert longest_zeros < 48


def test_the_same_samples_make_the_same_bytes_for_ever() -> None:
    quarter_steps = np.full((8, 2), 0.25 / 32_767, np.float32)
    assert quantised(quarter_steps).tolist() == [[1, 1], [0, 1], [0, 1], [0, 0], [1, 0], [0, 0], [0, 1], [1, 0]]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 150_000), max_size=4))
def test_does_not_depend_on_how_the_sound_is_cut(cuts: list[int]) -> None:
    sound = np.zeros((300_000, 2), np.float32)
    assert np.array_equal(quantised(*np.split(sound, sorted(cuts))), quantised(sound))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 299_999))
def test_begun_anywhere_it_is_the_same_from_there(start: int) -> None:
    sound = np.zeros((300_000, 2), np.float32)
    assert b"".join(blocks_to_pcm16([sound[start:]], start)) == quantised(sound)[start:].tobytes()


@pytest.mark.parametrize("blocks", [[], [np.zeros((0, 2), np.float32)]])
def test_nothing_is_refused(blocks: list[Samples]) -> None:
    with pytest.raises(ValueError, match="nothing to write: not one sample"):
        list(blocks_to_pcm16(blocks))
