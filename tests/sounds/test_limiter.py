import math

import numpy as np
import pyebur128
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sounds.clip import Samples
from coach.sounds.limiter import find_frame_peaks, limit_peaks, measure_true_peak_db

RATE_HZ = 48_000


def voice_with_a_shout(channels: int = 1) -> Samples:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    loudness = 0.3 + 1.2 * np.exp(-(((time_s - 1.0) / 0.002) ** 2))
    wave = np.sin(2 * np.pi * 190 * time_s) + 0.3 * np.sin(2 * np.pi * 2300 * time_s)
    return np.repeat((loudness * wave)[:, None], channels, axis=1).astype(np.float32)


def test_what_is_under_the_ceiling_comes_back_untouched() -> None:
    samples = 0.1 * voice_with_a_shout()
    assert limit_peaks(samples, RATE_HZ, -1.0) is samples


def test_only_the_neighbourhood_of_a_peak_is_turned_down() -> None:
    samples = voice_with_a_shout()
    quieter = limit_peaks(samples, RATE_HZ, -1.0)
    reach = round(0.02 * RATE_HZ)
    assert np.allclose(quieter[: RATE_HZ - reach], samples[: RATE_HZ - reach], rtol=1e-3)
    assert np.allclose(quieter[RATE_HZ + reach :], samples[RATE_HZ + reach :], rtol=1e-3)
    assert measure_true_peak_db(quieter) == pytest.approx(-1.0, abs=0.5)


def test_the_gain_moves_smoothly() -> None:
    samples = voice_with_a_shout()
    heard = np.abs(samples) > 0.05
    gain = (limit_peaks(samples, RATE_HZ, -6.0)[heard] / samples[heard]).astype(np.float64)
    assert np.max(np.abs(np.diff(gain))) < 0.03


def test_both_channels_are_turned_down_alike() -> None:
    samples = voice_with_a_shout(2) * np.array([1.0, 0.5], np.float32)
    quieter = limit_peaks(samples, RATE_HZ, -3.0)
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
    quieter = limit_peaks(samples, RATE_HZ, ceiling_db)
    assert quieter.dtype == np.float32
    assert quieter.shape == samples.shape
    assert measure_true_peak_db(quieter) <= ceiling_db


def tone(pitch_hz: float, level: float, turn: float = 0.0) -> Samples:
    """A tone that fades in and out, so that it has no edges to ring."""
    frames = 9600
    wave = level * np.sin(2 * np.pi * pitch_hz * np.arange(frames) / 48_000 + turn) * np.hanning(frames) ** 0.25
    return wave.astype(np.float32)[:, None]


@pytest.mark.parametrize("pitch_hz", [100.0, 997.0, 6000.0, 12_000.0])
@pytest.mark.parametrize("level_db", [0.0, -1.0, -9.0, -40.0])
def test_the_peak_of_a_tone_is_its_level_wherever_its_samples_fall(pitch_hz: float, level_db: float) -> None:
    samples = tone(pitch_hz, 10 ** (level_db / 20), turn=math.pi / 4)
    assert measure_true_peak_db(samples) == pytest.approx(level_db, abs=0.1)


def test_agrees_with_libebur128_on_noise() -> None:
    samples = np.random.default_rng(1).normal(0, 0.2, (48_000, 2)).astype(np.float32)
    samples[1:] = 0.5 * (samples[1:] + samples[:-1])
    state = pyebur128.R128State(2, 48_000, pyebur128.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(samples.astype(np.float64).reshape(-1), 48_000)
    theirs = max(pyebur128.get_true_peak(state, channel) for channel in (0, 1))
    assert measure_true_peak_db(samples) == pytest.approx(20 * math.log10(theirs), abs=0.1)


def test_silence_and_nothing_have_no_peak() -> None:
    assert measure_true_peak_db(np.zeros((10, 2), np.float32)) == -math.inf
    assert measure_true_peak_db(np.zeros((0, 1), np.float32)) == -math.inf


def test_peaks_are_placed_at_the_frames_on_both_sides_of_the_swing() -> None:
    samples = np.zeros((100, 2), np.float32)
    samples[50:52, 1] = 0.8
    peaks = find_frame_peaks(samples)
    assert peaks.shape == (100,)
    assert peaks[50] == peaks[51] == peaks.max() > 0.9
    assert peaks[[0, 40, 60, 99]].max() < 0.1
