import numpy as np
import pytest

from coach.sounds.bells import ring_bell
from coach.sounds.clip import Clip, Samples
from coach.sounds.registry import BELL_LENGTHS_S, BELLS

RATE_HZ = 48_000


@pytest.fixture(scope="module", params=BELLS)
def struck(request: pytest.FixtureRequest) -> tuple[str, Clip]:
    return request.param, ring_bell(request.param, RATE_HZ)


def level_db(signal: Samples, start_s: float, length_s: float = 0.4) -> float:
    part = signal[round(start_s * RATE_HZ) : round((start_s + length_s) * RATE_HZ)]
    return float(10 * np.log10(np.mean(part.astype(np.float64) ** 2)))


def test_lengths_are_known_without_making_a_sound() -> None:
    assert BELL_LENGTHS_S == {"bowl": 6.0, "chime": 4.0, "gong": 8.0}


def test_a_bell_lasts_as_long_as_was_said(struck: tuple[str, Clip]) -> None:
    name, clip = struck
    assert clip.length_s == BELL_LENGTHS_S[name]


def test_a_bell_peaks_at_full_scale_soon_but_not_at_once(struck: tuple[str, Clip]) -> None:
    _, clip = struck
    loudest = np.abs(clip.samples).max(axis=1)
    assert loudest.max() == 1.0
    assert 0.005 < np.argmax(loudest) / RATE_HZ < 0.2
    assert loudest[: round(0.001 * RATE_HZ)].max() < 0.1


def test_a_bell_rings_on_and_ends_in_silence(struck: tuple[str, Clip]) -> None:
    _, clip = struck
    start, late = level_db(clip.samples, 0.0), level_db(clip.samples, 0.55 * clip.length_s)
    assert 6 < start - late < 30
    assert np.abs(clip.samples[-1]).max() == 0.0
    assert level_db(clip.samples, clip.length_s - 0.4) < start - 35


def test_a_bell_is_the_same_bell_on_both_sides_but_not_quite_alike(struck: tuple[str, Clip]) -> None:
    _, clip = struck
    assert 0.8 < np.asarray(np.corrcoef(clip.samples.T))[0, 1] < 0.99


def test_a_bowl_beats_slowly() -> None:
    signal = ring_bell("bowl", RATE_HZ).samples[:, 0]
    levels = [level_db(signal, start_s, 0.1) for start_s in np.arange(0.2, 4.0, 0.1)]
    swings = np.diff(np.sign(np.diff(levels)))
    assert 2 <= np.count_nonzero(swings) <= 24


def test_a_gong_is_lower_than_a_bowl_and_a_bowl_than_a_chime() -> None:
    def lowest_strong_hz(name: str) -> float:
        energy = np.abs(np.fft.rfft(ring_bell(name, RATE_HZ).samples[:, 0]))
        return float(np.argmax(energy)) / BELL_LENGTHS_S[name]

    assert lowest_strong_hz("gong") < 0.6 * lowest_strong_hz("bowl") < 0.3 * lowest_strong_hz("chime")
