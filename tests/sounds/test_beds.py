import subprocess
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.sounds.beds import BED_PEAK_DB, BED_RMS_DB, FLOOR, FLOOR_RMS_DB, MAKERS, AmbientBed, loop_recording, make_bed
from coach.sounds.clip import Clip, Samples
from coach.sounds.decode import find_ffmpeg
from coach.sounds.forest import choose_call
from coach.sounds.registry import BEDS

RATE_HZ = 48_000
BLOCK_FRAMES = RATE_HZ * 2 // 5


@cache
def made(name: str) -> AmbientBed:
    return make_bed(name, RATE_HZ)


def level_db(power: Any) -> Any:
    return 10 * np.log10(power)


@cache
def block_powers(name: str, minutes: int = 12) -> NDArray[np.float64]:
    """The mean square of each 0.2 s, from somewhere in the second hour."""
    starts = range(3600 * RATE_HZ, (3600 + minutes * 60) * RATE_HZ, BLOCK_FRAMES)
    blocks = (made(name).render(start, BLOCK_FRAMES).reshape(2, -1) for start in starts)
    return np.concatenate([np.mean(block.astype(np.float64) ** 2, axis=1) for block in blocks])


@pytest.mark.parametrize("name", [*BEDS, FLOOR])
class TestEveryBed:
    @given(start=st.integers(0, 4 * 3600 * RATE_HZ), cuts=st.lists(st.integers(1, 9000), min_size=1, max_size=5))
    @settings(deadline=None, max_examples=15)
    def test_is_the_same_however_it_is_cut(self, name: str, start: int, cuts: list[int]) -> None:
        whole = made(name).render(start, sum(cuts))
        edges = np.cumsum([0, *cuts])
        parts = [made(name).render(start + int(edge), frames) for edge, frames in zip(edges, cuts, strict=False)]
        assert whole.dtype == np.float32
        assert whole.shape == (sum(cuts), 2)
        assert np.array_equal(whole, np.concatenate(parts))

    def test_keeps_its_level_over_minutes(self, name: str) -> None:
        expected_db = FLOOR_RMS_DB if name == FLOOR else BED_RMS_DB
        assert level_db(np.mean(block_powers(name))) == pytest.approx(expected_db, abs=0.6)

    def test_never_comes_forward(self, name: str) -> None:
        powers = block_powers(name)
        assert level_db(np.max((powers[1:] + powers[:-1]) / 2)) < BED_PEAK_DB

    def test_is_wide(self, name: str) -> None:
        assert abs(np.asarray(np.corrcoef(made(name).render(0, 10 * RATE_HZ).T))[0, 1]) < 0.3

    def test_has_little_above_6_khz(self, name: str) -> None:
        signal = made(name).render(0, 1 << 18)[:, 0]
        energy = np.abs(np.fft.rfft(signal)) ** 2
        assert np.sum(energy[energy.size // 4 :]) < 0.02 * np.sum(energy)

    def test_does_not_repeat_itself(self, name: str) -> None:
        """The correlation with any later stretch stays far from the 1 of a loop that has come round."""
        heard = made(name).render(0, 100 * RATE_HZ)[::6, 0].astype(np.float64)
        start = np.zeros_like(heard)
        start[: 5 * RATE_HZ // 6] = heard[: 5 * RATE_HZ // 6]
        size = 2 * heard.size
        likeness = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(start, size)), size)[: heard.size]
        assert np.max(likeness[RATE_HZ // 6 :]) < 0.75 * likeness[0]


def test_a_bed_that_is_not_the_floor_weighs_under_40_mb() -> None:
    for make in MAKERS.values():
        scenery = make(RATE_HZ)
        arrays = [layer.loop for layer in scenery.layers]
        arrays += [call for sound in scenery.intermittents for call in getattr(sound, "calls", ())]
        assert sum(array.nbytes for array in arrays) < 40_000_000


def test_ffmpeg_finds_no_silence_in_the_floor() -> None:
    ran = subprocess.run(
        [find_ffmpeg(), *f"-f f32le -ar {RATE_HZ} -ac 2 -i - -af silencedetect=n=-75dB:d=0.3 -f null -".split()],
        input=made(FLOOR).render(0, 120 * RATE_HZ).tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stderr.decode()
    assert "time=00:02:00" in ran
    assert "silence_start" not in ran


def test_the_sea_comes_in_every_7_to_12_seconds_and_not_like_a_clock() -> None:
    powers = np.convolve(block_powers("sea"), np.ones(10) / 10, mode="same")
    middle = powers[1:-1]
    crests_s = 0.2 * np.flatnonzero((middle > powers[:-2]) & (middle >= powers[2:]) & (middle > 0.8 * powers.mean()))
    crests_s = crests_s[np.concatenate([[True], np.diff(crests_s) > 4])]
    assert 8.5 < np.mean(np.diff(crests_s)) < 10.5
    assert np.std(np.diff(crests_s)) > 0.8


def test_birds_are_few_but_come() -> None:
    visits = sum(choose_call(slot) is not None for slot in range(400))
    assert 3 < visits / 60 < 6


def test_no_bird_has_called_before_the_beginning() -> None:
    assert choose_call(-1) is None


def noise(frames: int, channels: int = 1) -> Samples:
    return np.random.default_rng(3).normal(0.0, 0.1, (frames, channels)).astype(np.float32)


class TestAnAuthorsBed:
    def test_comes_to_the_level_of_the_others_on_both_sides(self) -> None:
        samples = loop_recording(Clip(samples=noise(5 * RATE_HZ), rate_hz=RATE_HZ)).render(7, 60 * RATE_HZ)
        assert level_db(np.mean(samples.astype(np.float64) ** 2)) == pytest.approx(BED_RMS_DB, abs=0.05)
        assert np.array_equal(samples[:, 0], samples[:, 1])

    def test_keeps_its_power_through_the_seam(self) -> None:
        played = loop_recording(Clip(samples=noise(10 * RATE_HZ, 2), rate_hz=RATE_HZ)).render(0, 16 * RATE_HZ)
        tenths = np.mean(played.astype(np.float64).reshape(160, -1) ** 2, axis=1)
        assert np.max(np.abs(level_db(tenths) - BED_RMS_DB)) < 0.5

    def test_joins_its_end_to_its_start_without_a_jump(self) -> None:
        climbing = np.linspace(-0.5, 0.5, 10 * RATE_HZ, dtype=np.float32)[:, None]
        around = loop_recording(Clip(samples=climbing, rate_hz=RATE_HZ)).render(0, 20 * RATE_HZ)
        assert np.max(np.abs(np.diff(around[:, 0]))) < 1e-4 * np.max(np.abs(around))

    @given(start=st.integers(0, 10**9), cut=st.integers(1, 4000))
    @settings(deadline=None, max_examples=20)
    def test_is_the_same_however_it_is_cut(self, start: int, cut: int) -> None:
        around = loop_recording(Clip(samples=noise(1001, 2), rate_hz=RATE_HZ))
        parts = [around.render(start, cut), around.render(start + cut, 4001 - cut)]
        assert np.array_equal(around.render(start, 4001), np.concatenate(parts))

    def test_may_be_a_single_frame(self) -> None:
        assert loop_recording(Clip(samples=np.ones((1, 1), np.float32), rate_hz=RATE_HZ)).render(0, 5).shape == (5, 2)

    def test_stays_silent_if_it_was(self) -> None:
        around = loop_recording(Clip(samples=np.zeros((100, 2), np.float32), rate_hz=RATE_HZ))
        assert not around.render(0, 500).any()
