import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sounds.clip import Samples
from coach.sounds.limiter import limited
from coach.sounds.peaks import true_peak_db

RATE_HZ = 48_000


def voice_with_a_shout(channels: int = 1) -> Samples:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    loudness = 0.3 + 1.2 * np.exp(-(((time_s - 1.0) / 0.002) ** 2))
    wave = np.sin(2 * np.pi * 190 * time_s) + 0.3 * np.sin(2 * np.pi * 2300 * time_s)
    return np.repeat((loudness * wave)[:, None], channels, axis=1).astype(np.float32)


def test_what_is_under_the_ceiling_comes_back_untouched() -> None:
    samples = 0.1 * voice_with_a_shout()
    assert limited(samples, RATE_HZ, -1.0) is samples


def test_only_the_neighbourhood_of_a_peak_is_turned_down() -> None:
    samples = voice_with_a_shout()
    quieter = limited(samples, RATE_HZ, -1.0)
    reach = round(0.02 * RATE_HZ)
    assert np.allclose(quieter[: RATE_HZ - reach], samples[: RATE_HZ - reach], rtol=1e-3)
    assert np.allclose(quieter[RATE_HZ + reach :], samples[RATE_HZ + reach :], rtol=1e-3)
    assert true_peak_db(quieter) == pytest.approx(-1.0, abs=0.5)


def test_the_gain_moves_smoothly() -> None:
    samples = voice_with_a_shout()
    heard = np.abs(samples) > 0.05
    gain = (limited(samples, RATE_HZ, -6.0)[heard] / samples[heard]).astype(np.float64)
    assert np.max(np.abs(np.diff(gain))) < 0.03


def test_both_channels_are_turned_down_alike() -> None:
    samples = voice_with_a_shout(2) * np.array([1.0, 0.5], np.float32)
    quieter = limited(samples, RATE_HZ, -3.0)
    assert np.allclose(quieter[:, 1], 0.5 * quieter[:, 0], atol=1e-6)


@given(
    seed=st.integers(0, 1000),
    frames=st.integers(1, 5000),
    level=st.floats(0.01, 20.0),
    ceiling_db=st.floats(-20.0, 0.0),
)
@settings(deadline=None, max_examples=25)
def test_no_true_peak_passes_the_ceiling(seed: int, frames: int, level: float, ceiling_db: float) -> None:
    samples = np.random.default_rng(seed).normal(0.0, level, (frames, 2)).astype(np.float32)
    quieter = limited(samples, RATE_HZ, ceiling_db)
    assert quieter.dtype == np.float32
    assert quieter.shape == samples.shape
    assert true_peak_db(quieter) <= ceiling_db
