from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.sounds.breath_sounds import BreathPhase
from coach.sounds.clip import Clip
from coach.sounds.registry import TICKS
from coach.sounds.ticks import PEAK_S, make_tick

RATE_HZ = 48_000
PHASES: tuple[BreathPhase | None, ...] = ("in", None, "out")
VARIANTS = tuple(product(TICKS, PHASES, (False, True)))


def spectrum(signal: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pitches in Hz, and the energy at each."""
    pitches_hz = np.asarray(np.fft.rfftfreq(1 << 15, 1 / RATE_HZ), np.float64)
    return pitches_hz, np.asarray(np.abs(np.fft.rfft(signal, 1 << 15)) ** 2, np.float64)


def centre_hz(clip: Clip) -> float:
    pitches_hz, energy = spectrum(clip.samples[:, 0])
    return float(np.sum(pitches_hz * energy) / np.sum(energy))


@pytest.fixture(params=VARIANTS, ids=str)
def clip(request: pytest.FixtureRequest) -> Clip:
    name, phase, strong = request.param
    return make_tick(name, phase, strong, RATE_HZ)


class TestEveryTick:
    def test_peaks_at_full_scale_at_the_same_moment(self, clip: Clip) -> None:
        assert np.argmax(np.abs(clip.samples)) == round(PEAK_S * RATE_HZ)
        assert np.abs(clip.samples).max() == 1.0

    def test_is_short_mono_and_begins_and_ends_in_silence(self, clip: Clip) -> None:
        assert clip.samples.shape == (round(0.085 * RATE_HZ), 1)
        assert (clip.samples[0, 0], clip.samples[-1, 0]) == (0.0, 0.0)

    def test_is_dry(self, clip: Clip) -> None:
        energy = clip.samples**2
        assert np.sum(energy[round(0.06 * RATE_HZ) :]) < 0.02 * np.sum(energy)

    def test_starts_softly(self, clip: Clip) -> None:
        rising = np.maximum.accumulate(np.abs(clip.samples[: round(PEAK_S * RATE_HZ) + 1, 0]))
        assert np.searchsorted(rising, 0.9) - np.searchsorted(rising, 0.05) > 0.0008 * RATE_HZ

    def test_has_no_harsh_treble(self, clip: Clip) -> None:
        pitches_hz, energy = spectrum(clip.samples[:, 0])
        assert np.sum(energy[pitches_hz > 5000]) < 0.002 * np.sum(energy)


@pytest.mark.parametrize("name", TICKS)
class TestTicksOfOneName:
    def test_are_higher_on_the_in_breath_than_without_breath_than_on_the_out_breath(self, name: str) -> None:
        high, middle, low = (centre_hz(make_tick(name, *variant, RATE_HZ)) for variant in product(PHASES, [False]))
        assert high > 1.1 * middle > 1.2 * low

    @pytest.mark.parametrize("phase", PHASES)
    def test_are_fuller_when_strong_and_no_weaker(self, name: str, phase: BreathPhase | None) -> None:
        plain, strong = (make_tick(name, phase, strong, RATE_HZ) for strong in (False, True))
        assert centre_hz(strong) < 0.95 * centre_hz(plain)
        assert np.mean(strong.samples**2) > 0.85 * np.mean(plain.samples**2)

    def test_peak_as_late_at_another_rate(self, name: str) -> None:
        clip = make_tick(name, "in", strong=True, rate_hz=44_100)
        assert np.argmax(np.abs(clip.samples)) == round(PEAK_S * 44_100)

    def test_are_the_same_each_time(self, name: str) -> None:
        first, second = (make_tick(name, "out", strong=True, rate_hz=RATE_HZ) for _ in range(2))
        assert np.array_equal(first.samples, second.samples)
