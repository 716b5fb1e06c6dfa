import math

import numpy as np
import pyebur128
import pytest

from coach.sounds.clip import Samples
from coach.sounds.peaks import frame_peaks, true_peak_db


def tone(pitch_hz: float, level: float, turn: float = 0.0) -> Samples:
    """A tone that fades in and out, so that it has no edges to ring."""
    frames = 9600
    wave = level * np.sin(2 * np.pi * pitch_hz * np.arange(frames) / 48_000 + turn) * np.hanning(frames) ** 0.25
    return wave.astype(np.float32)[:, None]


@pytest.mark.parametrize("pitch_hz", [100.0, 997.0, 6000.0, 12_000.0])
@pytest.mark.parametrize("level_db", [0.0, -1.0, -9.0, -40.0])
def test_the_peak_of_a_tone_is_its_level_wherever_its_samples_fall(pitch_hz: float, level_db: float) -> None:
    samples = tone(pitch_hz, 10 ** (level_db / 20), turn=math.pi / 4)
    assert true_peak_db(samples) == pytest.approx(level_db, abs=0.1)


def test_agrees_with_libebur128_on_noise() -> None:
    samples = np.random.default_rng(1).normal(0, 0.2, (48_000, 2)).astype(np.float32)
    samples[1:] = 0.5 * (samples[1:] + samples[:-1])
    state = pyebur128.R128State(2, 48_000, pyebur128.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(samples.astype(np.float64).reshape(-1), 48_000)
    theirs = max(pyebur128.get_true_peak(state, channel) for channel in (0, 1))
    assert true_peak_db(samples) == pytest.approx(20 * math.log10(theirs), abs=0.1)


def test_silence_and_nothing_have_no_peak() -> None:
    assert true_peak_db(np.zeros((10, 2), np.float32)) == -math.inf
    assert true_peak_db(np.zeros((0, 1), np.float32)) == -math.inf


def test_peaks_are_placed_at_the_frames_on_both_sides_of_the_swing() -> None:
    samples = np.zeros((100, 2), np.float32)
    samples[50:52, 1] = 0.8
    peaks = frame_peaks(samples)
    assert peaks.shape == (100,)
    assert peaks[50] == peaks[51] == peaks.max() > 0.9
    assert peaks[[0, 40, 60, 99]].max() < 0.1
