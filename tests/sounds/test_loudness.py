import math
import re
import subprocess
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import sosfilt

from coach.sounds.clip import Samples
from coach.sounds.decode import find_ffmpeg
from coach.sounds.loudness import (
    _make_high_pass_filter,
    _make_shelf_filter,
    apply_k_weighting,
    find_frame_peaks,
    gate_loudness_lufs,
    limit_peaks,
    measure_loudness_lufs,
    measure_true_peak_db,
)


def speech_like(rate_hz: int, channels: int, seconds: int = 12) -> Samples:
    """Bursts of voiced noise with pauses between them, some far quieter than others."""
    time_s = np.arange(seconds * rate_hz) / rate_hz
    bursts = (np.sin(2 * np.pi * 1.7 * time_s) > 0) * np.where(time_s % 6 > 4, 0.01, 0.3 + 0.2 * np.sin(time_s))
    voiced = np.sin(2 * np.pi * 170 * time_s)[:, None] + np.random.default_rng(2).normal(size=(time_s.size, channels))
    return (0.2 * bursts[:, None] * voiced).astype(np.float32)


def noise(rate_hz: int, channels: int) -> Samples:
    return np.random.default_rng(5).normal(0, 0.03, (8 * rate_hz, channels)).astype(np.float32)


def measure_by_ffmpeg(samples: Samples, rate_hz: int) -> dict[str, float]:
    """What ffmpeg's meter prints last: ``I`` in LUFS, ``true_peaks_ch0`` as a share of full scale."""
    given_as = f"-f f32le -ar {rate_hz} -ac {samples.shape[1]} -i -"
    meter = "apad=pad_dur=0.1,ebur128=framelog=quiet:metadata=1:peak=true,ametadata=print:file=-"
    printed = subprocess.run(
        [find_ffmpeg(), "-hide_banner", "-loglevel", "error", *given_as.split(), "-af", meter, "-f", "null", "-"],
        input=samples.tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    return {name: float(value) for name, value in re.findall(r"lavfi\.r128\.(\w+)=(\S+)", printed)}


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000])
@pytest.mark.parametrize("sound", [speech_like, noise])
class TestIntegratedLoudness:
    def test_agrees_with_ffmpeg(self, sound: Callable[[int, int], Samples], rate_hz: int) -> None:
        samples = sound(rate_hz, 2)
        theirs_lufs = measure_by_ffmpeg(samples, rate_hz)["I"]
        assert measure_loudness_lufs(samples, rate_hz) == pytest.approx(theirs_lufs, abs=0.02)

    def test_of_mono_is_that_of_the_same_sound_in_both_ears(
        self, sound: Callable[[int, int], Samples], rate_hz: int
    ) -> None:
        mono = sound(rate_hz, 1)
        assert measure_loudness_lufs(mono, rate_hz) == pytest.approx(
            measure_loudness_lufs(np.repeat(mono, 2, axis=1), rate_hz)
        )


def test_a_full_scale_997_hz_tone_in_one_of_two_channels_is_minus_3_lufs() -> None:
    """The calibration point that ITU-R BS.1770-4 itself gives: -3.01 LKFS."""
    tone = np.zeros((48_000 * 5, 2), np.float32)
    tone[:, 0] = np.sin(2 * np.pi * 997 * np.arange(len(tone)) / 48_000)
    assert measure_loudness_lufs(tone, 48_000) == pytest.approx(-3.01, abs=0.02)


def test_silence_has_no_loudness() -> None:
    assert measure_loudness_lufs(np.zeros((48_000, 2), np.float32), 48_000) == -math.inf
    assert measure_loudness_lufs(np.zeros((100, 1), np.float32), 48_000) == -math.inf
    assert measure_loudness_lufs(np.zeros((0, 1), np.float32), 48_000) == -math.inf


def test_silence_around_a_sound_does_not_count() -> None:
    sound = noise(48_000, 1)
    silence = np.zeros((480_000, 1), np.float32)
    alone, within = (
        measure_loudness_lufs(samples, 48_000) for samples in (sound, np.concatenate([silence, sound, silence]))
    )
    assert within == pytest.approx(alone, abs=0.2)


@pytest.mark.parametrize("length_s", [0.15, 0.3, 0.39])
def test_a_word_too_short_to_gate_has_the_loudness_of_a_longer_one(length_s: float) -> None:
    sound = noise(48_000, 1)
    assert measure_loudness_lufs(sound[: round(length_s * 48_000)], 48_000) == pytest.approx(
        measure_loudness_lufs(sound, 48_000), abs=0.5
    )


@given(frames=st.integers(1, 200_000))
@settings(deadline=None, max_examples=8)
def test_weighting_piece_by_piece_is_weighting_the_whole(frames: int) -> None:
    samples = speech_like(48_000, 1)[:frames]
    sections = np.array([_make_shelf_filter(48_000), _make_high_pass_filter(48_000)])
    whole = sosfilt(sections, samples.astype(np.float64), axis=0)
    np.testing.assert_allclose(apply_k_weighting(samples, 48_000), whole, atol=2e-5)


def test_weighting_keeps_the_middle_lifts_the_treble_and_drops_the_bass() -> None:
    def gain_db(pitch_hz: float) -> float:
        tone = np.sin(2 * np.pi * pitch_hz * np.arange(48_000) / 48_000).astype(np.float32)[:, None]
        late = apply_k_weighting(tone, 48_000)[24_000:]
        return float(20 * np.log10(np.sqrt(2 * np.mean(late**2))))

    assert [gain_db(hz) for hz in (20, 997, 10_000)] == pytest.approx([-13.3, 0.69, 4.0], abs=0.2)


def test_too_few_hops_have_no_gated_loudness() -> None:
    assert gate_loudness_lufs([0.1, 0.1, 0.1]) == -math.inf


RATE_HZ = 48_000


def voice_with_a_shout(channels: int = 1) -> Samples:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    loudness = 0.3 + 1.2 * np.exp(-(((time_s - 1.0) / 0.002) ** 2))
    wave = np.sin(2 * np.pi * 190 * time_s) + 0.3 * np.sin(2 * np.pi * 2300 * time_s)
    return np.repeat((loudness * wave)[:, None], channels, axis=1).astype(np.float32)


def test_a_sound_under_the_ceiling_is_unchanged() -> None:
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


def test_agrees_with_ffmpeg_on_noise() -> None:
    samples = np.random.default_rng(1).normal(0, 0.2, (48_000, 2)).astype(np.float32)
    samples[1:] = 0.5 * (samples[1:] + samples[:-1])
    measured = measure_by_ffmpeg(samples, 48_000)
    theirs = max(measured["true_peaks_ch0"], measured["true_peaks_ch1"])
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
