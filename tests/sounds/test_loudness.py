import math
import re
import subprocess
from collections.abc import Callable

import numpy as np
import pyebur128
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
    gate_loudness_lufs,
    measure_loudness_lufs,
)


def speech_like(rate_hz: int, channels: int, seconds: int = 12) -> Samples:
    """Bursts of voiced noise with pauses between them, some far quieter than others."""
    time_s = np.arange(seconds * rate_hz) / rate_hz
    bursts = (np.sin(2 * np.pi * 1.7 * time_s) > 0) * np.where(time_s % 6 > 4, 0.01, 0.3 + 0.2 * np.sin(time_s))
    voiced = np.sin(2 * np.pi * 170 * time_s)[:, None] + np.random.default_rng(2).normal(size=(time_s.size, channels))
    return (0.2 * bursts[:, None] * voiced).astype(np.float32)


def noise(rate_hz: int, channels: int) -> Samples:
    return np.random.default_rng(5).normal(0, 0.03, (8 * rate_hz, channels)).astype(np.float32)


def libebur128_lufs(samples: Samples, rate_hz: int) -> float:
    state = pyebur128.R128State(samples.shape[1], rate_hz, pyebur128.MeasurementMode.MODE_I)
    state.add_frames(samples.astype(np.float64).reshape(-1), samples.shape[0])
    return float(pyebur128.get_loudness_global(state))


def ffmpeg_lufs(samples: Samples, rate_hz: int) -> float:
    given_as = f"-f f32le -ar {rate_hz} -ac {samples.shape[1]} -i -"
    told = subprocess.run(
        [find_ffmpeg(), "-hide_banner", *given_as.split(), "-af", "ebur128=framelog=quiet", "-f", "null", "-"],
        input=samples.tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stderr.decode()
    return float(re.findall(r"I:\s+(\S+) LUFS", told)[-1])


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000])
@pytest.mark.parametrize("sound", [speech_like, noise])
class TestIntegratedLoudness:
    def test_agrees_with_libebur128(self, sound: Callable[[int, int], Samples], rate_hz: int) -> None:
        samples = sound(rate_hz, 2)
        assert measure_loudness_lufs(samples, rate_hz) == pytest.approx(libebur128_lufs(samples, rate_hz), abs=0.01)

    def test_agrees_with_ffmpeg(self, sound: Callable[[int, int], Samples], rate_hz: int) -> None:
        samples = sound(rate_hz, 2)
        assert measure_loudness_lufs(samples, rate_hz) == pytest.approx(ffmpeg_lufs(samples, rate_hz), abs=0.1)

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
