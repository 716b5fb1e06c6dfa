import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sounds.breath_sounds import BreathPhase, make_breath
from coach.sounds.registry import BREATHS

RATE_HZ = 48_000


def thirds(name: str, phase: BreathPhase, length_s: float) -> tuple[list[float], list[float]]:
    """Level in dB and spectral centre in Hz of the first, second and last third of a breath."""
    parts = np.array_split(make_breath(name, phase, length_s, RATE_HZ).samples[:, 0].astype(np.float64), 3)
    pitches_hz = np.fft.rfftfreq(1 << 17, 1 / RATE_HZ)
    energies = [np.abs(np.fft.rfft(part[: 1 << 17], 1 << 17)) ** 2 for part in parts]
    return (
        [10 * np.log10(np.mean(part**2)) for part in parts],
        [np.sum(pitches_hz * energy) / np.sum(energy) for energy in energies],
    )


@given(
    name=st.sampled_from(BREATHS),
    phase=st.sampled_from(["in", "out"]),
    length_s=st.floats(0.5, 5.0),
)
@settings(deadline=None, max_examples=10)
def test_every_breath_fills_its_time_at_full_scale_between_two_silences(
    name: str, phase: BreathPhase, length_s: float
) -> None:
    samples = make_breath(name, phase, length_s, RATE_HZ).samples
    assert samples.shape == (round(length_s * RATE_HZ), 1)
    assert np.abs(samples).max() == 1.0
    assert np.abs(samples[[0, -1]]).max() == 0.0
    assert np.abs(samples[: RATE_HZ // 200]).max() < 0.1


@pytest.mark.parametrize("name", BREATHS)
@pytest.mark.parametrize("length_s", [0.6, 1.14, 4.0])
def test_an_in_breath_rises_in_level_and_pitch(name: str, length_s: float) -> None:
    (soft, louder, _), (low, middle, high) = thirds(name, "in", length_s)
    assert louder > soft + 3
    assert high > 1.3 * middle > 1.5 * low


@pytest.mark.parametrize("name", BREATHS)
@pytest.mark.parametrize("length_s", [0.6, 1.14, 4.0])
def test_an_out_breath_winds_down(name: str, length_s: float) -> None:
    (loud, softer, softest), (high, middle, low) = thirds(name, "out", length_s)
    assert loud > softer + 1 > softest + 8
    assert high > 1.2 * middle > 1.35 * low


def test_a_breath_is_the_same_each_time() -> None:
    assert np.array_equal(
        make_breath("air", "in", 1.2, RATE_HZ).samples, make_breath("air", "in", 1.2, RATE_HZ).samples
    )
